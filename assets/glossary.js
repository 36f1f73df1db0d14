// The glossary: goes to the word in the address, finds words while one types. What they mean the server says.
(function () {
  "use strict";

  // The same as dashboard/terms: no case, no diacritics.
  const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

  function goTo(key) {
    const entry = key && document.getElementById(key);
    if (!entry || !entry.closest("#glossary")) return;
    for (const other of document.querySelectorAll("#glossary .aimed")) other.classList.remove("aimed");
    entry.classList.add("aimed");
    entry.scrollIntoView({ block: "start" });
    entry.querySelector("h2").focus({ preventScroll: true });
  }

  const key = () => decodeURIComponent(location.hash.slice(1));

  // Called once the page stands: a browser looks for the word in the address before it is there.
  function aim() {
    requestAnimationFrame(() => goTo(key()));
    return window.dash_clientside.no_update;
  }

  function find(typed) {
    const wanted = fold(typed).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of document.querySelectorAll("#glossary article")) {
      const fits = wanted.every((word) => entry.dataset.words.includes(word));
      shown += fits;
      entry.hidden = !fits;
      document.querySelector(`#glossary [data-term="${entry.id}"]`).hidden = !fits;
    }
    document.getElementById("glossary-filter-none").classList.toggle("said", shown === 0);
  }

  window.addEventListener("hashchange", () => goTo(key()));
  document.addEventListener("input", (event) => {
    if (event.target.id === "glossary-filter") find(event.target.value);
  });

  // A link to a word keeps the question, also where the page asks another one by now than when it was drawn.
  for (const kind of ["pointerdown", "focusin", "click"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest?.("a.term-link");
      if (link && location.search) link.search = location.search;
    }, true);
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.diemnong = { ...window.dash_clientside.diemnong, aim };
})();
