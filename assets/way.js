// One step up with Escape, all the way with a double click: follows the links of the way above the map (breadcrumb.py).
(function () {
  "use strict";

  const steps = () => [...document.querySelectorAll("#breadcrumb nav a")];
  const OPEN = ".unfolded, dialog[open], .more[open], [role='dialog']:not([hidden]), [role='listbox'], [popover]:popover-open";
  const FIELD = "input, select, textarea, [contenteditable='true'], [role='slider'], [role='combobox']";

  // Before anybody else hears it: what is open now may be closed by the same key.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(".page.projector")) return;
      if (document.querySelector(OPEN) || event.target.closest?.(FIELD)) return;
      steps().pop()?.click();
    },
    true,
  );

  // The second click of two is none: it would ask for whatever lies there by then.
  const onMap = (event) => event.target.closest?.("#map, #map-before");
  document.addEventListener("click", (event) => event.detail > 1 && onMap(event) && event.stopPropagation(), true);

  // The first click asks nothing more if it has not been told yet; an answer on its way is undone when it comes.
  let until = 0;
  document.addEventListener(
    "dblclick",
    (event) => {
      if (!onMap(event)) return;
      event.stopPropagation();
      window.dash_clientside.set_props(event.target.closest("#map") ? "map" : "map-before", { clickData: null });
      until = Date.now() + 1500;
      steps()[0]?.click();
      window.diemnong.showQuestion();
    },
    true,
  );
  setInterval(() => {
    if (Date.now() < until && steps().length) steps()[0].click();
  }, 200);
})();
