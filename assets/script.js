// Slides of a script change their places: dragged by mouse, and the keyboard stays with the slide that was moved. What
// was opened and is being written outlives the list, which is drawn anew with each change that is kept.
(function () {
  "use strict";

  const row = (node) => node?.closest?.("ol.script > li[data-n]");
  const mark = (over) => {
    for (const each of document.querySelectorAll("ol.script > li.over")) if (each !== over) each.classList.remove("over");
    over?.classList.add("over");
  };
  let dragged = null;

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.matches?.("ol.script > li[data-n]") ? event.target : null;
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && row(event.target);
    mark(over);
    if (over) event.preventDefault();
  });
  document.addEventListener("dragend", () => mark((dragged = null)));
  document.addEventListener("drop", (event) => {
    const over = dragged && row(event.target);
    if (!over) return;
    event.preventDefault();
    mark(null);
    opened.clear();
    const data = { from: Number(dragged.dataset.n), to: Number(over.dataset.n), at: Date.now() };
    if (data.from !== data.to) window.dash_clientside.set_props("script-move", { data });
  });

  // After the list is drawn anew the same button belongs to another slide.
  let follow = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("ol.script .icon-act");
    if (!button) return;
    opened.clear(); // the numbers belong to other slides now
    const { act, of, type } = JSON.parse(button.id);
    const to = act === "up" ? of - 1 : act === "down" ? of + 1 : of;
    follow = { id: JSON.stringify({ act, of: to, type }), list: document.querySelector("ol.script").textContent };
  });
  new MutationObserver(() => {
    const list = follow && document.querySelector("ol.script");
    if (!list || list.textContent === follow.list) return;
    const wanted = document.getElementById(follow.id);
    follow = null;
    const other = wanted?.disabled ? wanted.parentElement.querySelector("button:enabled") : wanted;
    other?.focus();
  }).observe(document, { childList: true, subtree: true, characterData: true });

  const opened = new Set(); // numbers of the slides whose texts are open
  let writing = null; // the field under the hand, what it says, where the caret is

  const note = ({ target }) => {
    const field = target.closest?.("ol.script textarea");
    if (field) writing = { field, value: field.value, caret: field.selectionEnd };
  };
  for (const kind of ["focusin", "input", "keyup"]) document.addEventListener(kind, note, true); // before anyone draws
  document.addEventListener(
    "toggle",
    ({ target }) => {
      const slide = target.isConnected && row(target);
      if (slide) opened[target.open ? "add" : "delete"](slide.dataset.n);
    },
    true,
  );

  function giveBack() {
    soon = 0;
    if (!location.pathname.endsWith("/present")) opened.clear();
    for (const details of document.querySelectorAll("ol.script details:not([open])")) {
      if (opened.has(row(details).dataset.n)) details.open = true;
    }
    if (!writing) return;
    const { field, value, caret } = writing;
    const now = field.isConnected ? field : document.getElementById(field.id);
    const taken = !field.isConnected && document.activeElement === document.body; // by the list, not left by the hand
    if (!now || (now !== document.activeElement && !taken)) return void (writing = null);
    writing.field = now;
    if (taken) now.focus({ preventScroll: true });
    if (now.value === value) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(now, value);
    now.setSelectionRange(caret, caret);
    now.dispatchEvent(new Event("input", { bubbles: true })); // so that it is kept when it is left
  }
  let soon = 0;
  const later = () => (soon = soon || requestAnimationFrame(giveBack)); // a click that leaves one field enters another
  const drawn = () => (writing && !writing.field.isConnected ? giveBack() : later()); // a letter waits for no frame
  new MutationObserver(drawn).observe(document, { childList: true, subtree: true });
})();
