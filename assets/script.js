// Slides of a script change their places: dragged by mouse, and the keyboard stays with the slide that was moved.
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
    const data = { from: Number(dragged.dataset.n), to: Number(over.dataset.n), at: Date.now() };
    if (data.from !== data.to) window.dash_clientside.set_props("script-move", { data });
  });

  // After the list is drawn anew the same button belongs to another slide.
  let follow = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("ol.script .icon-act");
    if (!button) return;
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
})();
