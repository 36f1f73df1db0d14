// The few things only the browser can do: the page key, the camera, the scale bar, folding, saying that the server is gone.
(function () {
  "use strict";

  // plotly would fetch a world outline for its SVG maps; ours have none to draw.
  window.PlotlyGeoAssets = window.PlotlyGeoAssets || {};
  const empty = { type: "Topology", objects: {}, arcs: [] };
  for (const layer of ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"]) {
    empty.objects[layer] = { type: "GeometryCollection", geometries: [] };
  }
  window.PlotlyGeoAssets.topojson = new Proxy({}, { get: () => empty, has: () => true });

  const saysWebgl2 = (() => {
    let known;
    return () => {
      if (known === undefined) known = Boolean(document.createElement("canvas").getContext("webgl2"));
      return known;
    };
  })();

  // A page is drawn anew only where path, language or mode changed; everything else follows by patches.
  function pageKey(path, search, before) {
    const asked = new URLSearchParams(search || "");
    const one = (name, allowed) => (allowed.includes(asked.getAll(name).pop()) ? asked.getAll(name).pop() : allowed[0]);
    const key = {
      path: path || "/",
      lang: one("lang", ["vi", "en"]),
      mode: one("mode", ["desk", "projector"]),
    };
    document.documentElement.lang = key.lang;
    if (before && ["path", "lang", "mode"].every((part) => before[part] === key[part])) {
      return window.dash_clientside.no_update;
    }
    return { ...key, width: window.innerWidth, height: window.innerHeight, webgl: saysWebgl2() };
  }
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.diemnong = { pageKey };

  // --- map ---------------------------------------------------------------------------------------------------------
  const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  const graph = () => document.querySelector("#map .js-plotly-plot");
  const camera = () => graph()?._fullLayout?.map?._subplot?.map;

  // Told that a person moved it, plotly keeps the camera where it is when numbers change.
  const byHand = { originalEvent: true };

  function showWhole(animate) {
    const map = camera();
    const edges = document.getElementById("map-box")?.dataset.bounds?.split(",").map(Number);
    if (!map || !edges) return;
    const [west, south, east, north] = edges;
    map.fitBounds([[west, south], [east, north]], { padding: 16, animate }, byHand);
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

  // plotly makes its map some time after the page and again with another style; dataset.bounds changes with the question.
  let followed;
  let shown;
  setInterval(() => {
    // Dash hides this helper from screen readers but not from the Tab key, which would stop there for nothing.
    for (const stop of document.querySelectorAll(".dash-dropdown-focus-target[tabindex='0']")) stop.tabIndex = -1;
    const map = camera();
    if (!map) return;
    if (map !== followed) {
      followed = map;
      map.on("move", drawScale);
      drawScale();
      shown = undefined;
    }
    const wanted = document.getElementById("map-box").dataset.bounds;
    if (wanted !== shown) {
      showWhole(shown !== undefined);
      shown = wanted;
    }
  }, 200);

  document.addEventListener("click", (event) => {
    const zoom = event.target.closest("[data-map-zoom]")?.dataset.mapZoom;
    const map = camera();
    if (zoom && map) {
      if (zoom === "in") map.zoomIn({}, byHand);
      if (zoom === "out") map.zoomOut({}, byHand);
      if (zoom === "home") showWhole(true);
    }
    const page = document.querySelector(".page");
    if (event.target.closest("#fold")) {
      page.classList.toggle(window.innerWidth >= 1500 ? "folded" : "unfolded");
      setTimeout(() => window.dispatchEvent(new Event("resize")), 50);
    } else if (page && !event.target.closest("#filters")) {
      page.classList.remove("unfolded");
    }
  });

  // plotly forgets to take its card away when the pointer leaves the map in one jump.
  document.addEventListener("pointermove", (event) => {
    if (!event.target.closest?.("#map")) for (const card of document.querySelectorAll("#map .hoverlayer > *")) card.remove();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector(".page")?.classList.remove("unfolded");
    if (document.querySelector(".page.projector")) document.getElementById("mode-link")?.click();
  });

  // --- the server is gone ------------------------------------------------------------------------------------------
  const words = {
    vi: "Mất kết nối với máy chủ. Những gì đang hiển thị có thể đã cũ; kiểm tra chương trình rồi tải lại trang.",
    en: "The server does not answer. What you see may be out of date; check the program, then reload the page.",
  };
  const fetchAsBefore = window.fetch;
  window.fetch = async (...request) => {
    const offline = document.getElementById("offline");
    try {
      const answer = await fetchAsBefore(...request);
      if (offline) offline.hidden = true;
      return answer;
    } catch (error) {
      if (offline && error.name !== "AbortError") {
        offline.textContent = words[document.documentElement.lang] || words.vi;
        offline.hidden = false;
      }
      throw error;
    }
  };
})();
