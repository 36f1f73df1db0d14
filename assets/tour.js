// The guided tour of the demo: a card that points at one part of the map page after the other. Its texts are the server's.
(function () {
  "use strict";

  const SEEN = "diemnong-tour-seen"; // kept for ever: the tour comes by itself once
  const WANTED = "diemnong-tour-wanted"; // kept until the map page stands: asked for on another page
  const PATIENCE_MS = 30000;
  let card;
  let pointed;
  let step = 0;
  let before;

  const texts = () => document.querySelector(`#tour [lang="${document.documentElement.lang}"]`);
  const stops = () => [...texts().querySelectorAll("[data-at]")];
  const isSeen = (part) => part && part.checkVisibility({ visibilityProperty: true });
  const partOf = (stop) => stop.dataset.at.split(",").map((at) => document.querySelector(at.trim())).find(isSeen);

  function button(label, does, kind) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = kind;
    made.textContent = label;
    made.addEventListener("click", does);
    return made;
  }

  function unpoint() {
    pointed?.classList.remove("pointed");
    pointed = undefined;
  }

  function end() {
    unpoint();
    card?.remove();
    card = undefined;
    localStorage.setItem(SEEN, "yes");
    (before?.isConnected ? before : document.getElementById("main"))?.focus?.();
  }

  function go(to) {
    const all = stops();
    if (to >= all.length) return end();
    step = Math.max(to, 0);
    unpoint();
    pointed = partOf(all[step]);
    pointed?.classList.add("pointed");
    pointed?.scrollIntoView({ block: "nearest" });
    fill(all[step], all.length);
    place();
  }

  function fill(stop, count) {
    const said = texts().dataset;
    const last = step === count - 1;
    const told = document.createElement("div");
    told.append(...[...stop.children].map((part) => part.cloneNode(true)));
    told.querySelector("h2").id = "tour-title";
    const how = document.createElement("span");
    how.className = "hint";
    how.textContent = stop.dataset.count;
    const acts = document.createElement("div");
    acts.className = "acts";
    const on = button(last ? said.done : said.next, () => go(step + 1), "act first");
    acts.append(on);
    if (step) acts.append(button(said.back, () => go(step - 1), "act"));
    if (!last) acts.append(button(said.skip, end, "act plain"));
    card.replaceChildren(how, told, acts);
    on.focus({ preventScroll: true });
  }

  // Beside what it points at, never over its middle.
  function place() {
    const box = pointed?.getBoundingClientRect();
    const atRight = box && box.left + box.width / 2 > innerWidth / 2;
    card.classList.toggle("left", Boolean(atRight));
    card.classList.toggle("top", Boolean(box && innerWidth < 800 && box.top + Math.min(box.height, innerHeight) / 2 > innerHeight / 2));
  }

  function begin() {
    if (card || !document.getElementById("tour")) return;
    before = document.activeElement;
    card = document.createElement("div");
    card.className = "tour-card";
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-labelledby", "tour-title");
    document.body.append(card);
    go(0);
  }

  // Begins once the map page stands: what it points at is there and its language known.
  function whenReady(since) {
    const ready = location.pathname === "/" && document.querySelector("#map .js-plotly-plot") && texts();
    if (ready) {
      sessionStorage.removeItem(WANTED);
      begin();
    } else if (Date.now() - since < PATIENCE_MS) {
      setTimeout(whenReady, 300, since);
    }
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#tour-begin")) return;
    if (location.pathname === "/") return whenReady(Date.now());
    sessionStorage.setItem(WANTED, "yes");
    location.assign(`/${location.search}`);
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (!card || event.key !== "Escape") return;
      event.stopImmediatePropagation(); // one press closes one thing
      end();
    },
    true,
  );

  // Dash takes parts of the page away and brings new ones: the page left, the tour ends; drawn anew, it points again.
  window.addEventListener("popstate", () => card && location.pathname !== "/" && end());

  function look(since) {
    const told = document.getElementById("tour");
    if (!told) {
      if (Date.now() - since < PATIENCE_MS) setTimeout(look, 500, since);
      return;
    }
    const wanted = sessionStorage.getItem(WANTED);
    const projecting = new URLSearchParams(location.search).get("mode") === "projector";
    if (wanted || (!localStorage.getItem(SEEN) && !projecting && location.pathname === "/")) whenReady(Date.now());
  }
  look(Date.now());
})();
