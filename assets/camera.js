// What the map shows: all of the question in sight, the zoom buttons, the scale bar. Asks nothing.
(function () {
  "use strict";

  const diemnong = (window.diemnong = window.diemnong || {});
  const graph = () => document.querySelector("#map .js-plotly-plot");
  const camera = () => graph()?._fullLayout?.map?._subplot?.map;

  // Told that a person moved it, plotly keeps the camera where it is when numbers change.
  const byHand = { originalEvent: true };

  const FLIGHT_MS = 300; // none at all where the system asks for less motion: MapLibre sees to that

  // ``which``: "bounds" of what is asked, or the "whole" layer.
  function showAll(which, animate) {
    const map = camera();
    const edges = document.getElementById("map-box")?.dataset[which]?.split(",").map(Number);
    if (!map || !edges) return;
    const [west, south, east, north] = edges;
    const bounds = [[west, south], [east, north]];
    map.fitBounds(bounds, { padding: clearOfLegend(map, bounds), animate, duration: FLIGHT_MS, linear: true }, byHand);
  }

  // The legend lies over the map's left: what is shown moves to the right of it, as far as there is room at its size.
  function clearOfLegend(map, bounds) {
    const edge = 16;
    const label = document.querySelector("#swipe .side-label"); // which days are on which side stands above
    const clear = { top: edge + (label?.offsetHeight ?? 0), bottom: edge, right: edge, left: edge };
    const whole = map.cameraForBounds(bounds, { padding: clear });
    const legend = document.getElementById("map-legend");
    if (!whole || !legend || getComputedStyle(legend).position !== "absolute") return clear;
    const width = ((bounds[1][0] - bounds[0][0]) / 360) * 512 * 2 ** whole.zoom;
    const free = Math.max(map.getContainer().clientWidth - width - 2 * edge, 0);
    const hidden = Math.max(legend.offsetLeft + legend.offsetWidth - edge - free / 2, 0);
    return { ...clear, left: edge + Math.min(2 * hidden, free) };
  }

  function drawScale() {
    const map = camera();
    const bar = document.getElementById("map-scale");
    if (!map || !bar) return;
    const metresPerPixel = (40075016.7 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (512 * 2 ** map.getZoom());
    const most = 110 * metresPerPixel;
    const power = 10 ** Math.floor(Math.log10(most));
    const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= most);
    bar.style.width = `${metres / metresPerPixel}px`;
    bar.textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  }

  let touched; // a person has chosen what to see; before, it all stays in sight
  let followed;
  let shown;
  let fitted; // the map's size when all of it was last brought into sight
  const size = (map) => `${map.getContainer().clientWidth}x${map.getContainer().clientHeight}`;

  // plotly tells of a new size at every drawing: to move the camera then would draw again, and again.
  function onResize(map) {
    if (touched || size(map) === fitted) return;
    fitted = size(map);
    setTimeout(() => showAll("bounds", false));
  }

  // plotly makes its map some time after the page and again with another style; dataset.bounds changes with the question.
  setInterval(() => {
    // Dash would take every new camera for a new figure and draw all of it again.
    for (const drawn of document.querySelectorAll("#map .js-plotly-plot, #map-before .js-plotly-plot")) {
      drawn.removeAllListeners?.("plotly_relayout");
    }
    const map = camera();
    if (!map) return;
    if (map !== followed) {
      followed = map;
      map._fadeDuration = 0; // names stand at once: fading in they repaint the whole map for a third of a second
      map.on("move", drawScale);
      for (const act of ["dragstart", "wheel"]) map.on(act, () => (touched = true));
      map.on("resize", () => onResize(map));
      drawScale();
      shown = undefined;
    }
    const wanted = document.getElementById("map-box").dataset.bounds;
    if (wanted !== shown) {
      touched = false;
      fitted = size(map);
      showAll("bounds", shown !== undefined);
      shown = wanted;
    }
  }, 50);

  document.addEventListener("click", (event) => {
    const zoom = event.target.closest("[data-map-zoom]")?.dataset.mapZoom;
    const map = camera();
    if (!zoom || !map) return;
    touched = true;
    if (zoom === "in") map.zoomIn({}, byHand);
    if (zoom === "out") map.zoomOut({}, byHand);
    if (zoom === "home") showAll("whole", true);
  });

  // What is asked, in sight again although somebody has moved the map.
  function showQuestion() {
    touched = false;
    showAll("bounds", true);
  }

  Object.assign(diemnong, { showQuestion });
})();
