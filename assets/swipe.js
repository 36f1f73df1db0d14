// Two maps under one line: the line is drawn by mouse, finger or arrow keys, and both maps have one camera.
(function () {
  "use strict";

  const camera = (id) => document.querySelector(`#${id} .js-plotly-plot`)?._fullLayout?.map?._subplot?.map;
  const byHand = { originalEvent: true };

  // --- the line -----------------------------------------------------------------------------------------------------
  function cut(divider, share) {
    const now = Math.round(Math.max(0, Math.min(100, share)));
    divider.closest(".swipe").style.setProperty("--cut", `${now}%`);
    divider.setAttribute("aria-valuenow", now);
  }

  const KEYS = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100 };
  document.addEventListener("keydown", (event) => {
    const divider = event.target.closest?.(".divider");
    if (!divider || !(event.key in KEYS)) return;
    event.preventDefault();
    cut(divider, Number(divider.getAttribute("aria-valuenow")) + KEYS[event.key]);
  });

  document.addEventListener("pointerdown", (event) => {
    const divider = event.target.closest?.(".divider");
    if (!divider) return;
    divider.setPointerCapture(event.pointerId);
    divider.focus({ preventScroll: true });
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    const divider = event.target.closest?.(".divider");
    if (!divider?.hasPointerCapture(event.pointerId)) return;
    const box = divider.closest(".swipe").getBoundingClientRect();
    cut(divider, (100 * (event.clientX - box.left)) / box.width);
  });

  // --- one camera ---------------------------------------------------------------------------------------------------
  let follows = false;
  function follow(from, to) {
    if (follows || !from || !to) return;
    follows = true;
    to.jumpTo({ center: from.getCenter(), zoom: from.getZoom(), bearing: from.getBearing(), pitch: from.getPitch() }, byHand);
    follows = false;
  }

  let paired = [];
  setInterval(() => {
    const maps = [camera("map"), camera("map-before")];
    if (!maps[0] || !maps[1] || (maps[0] === paired[0] && maps[1] === paired[1])) return;
    paired = maps;
    follow(...maps);
    maps[0].on("move", () => paired[0] === maps[0] && follow(maps[0], paired[1]));
    maps[1].on("move", () => paired[1] === maps[1] && follow(maps[1], paired[0]));
  }, 200);
})();
