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
      theme: one("theme", ["light", "dark"]),
    };
    document.documentElement.lang = key.lang;
    document.documentElement.dataset.theme = key.theme;
    if (before && ["path", "lang", "mode", "theme"].every((part) => before[part] === key[part])) {
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
    const bounds = [[west, south], [east, north]];
    map.fitBounds(bounds, { padding: clearOfLegend(map, bounds), animate }, byHand);
  }

  // The legend lies over the map's left: what is shown moves to the right of it, as far as there is room at its size.
  function clearOfLegend(map, bounds) {
    const edge = 16;
    const whole = map.cameraForBounds(bounds, { padding: edge });
    const legend = document.getElementById("map-legend");
    if (!whole || !legend || getComputedStyle(legend).position !== "absolute") return edge;
    const width = ((bounds[1][0] - bounds[0][0]) / 360) * 512 * 2 ** whole.zoom;
    const free = Math.max(map.getContainer().clientWidth - width - 2 * edge, 0);
    const hidden = Math.max(legend.offsetLeft + legend.offsetWidth - edge - free / 2, 0);
    return { top: edge, bottom: edge, right: edge, left: edge + Math.min(2 * hidden, free) };
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

  // --- hatching, signs, numbers ------------------------------------------------------------------------------------
  // The traces by their place: dashboard/figures/traces.py has the same order, and the colour that becomes hatching.
  const AREAS = 0;
  const SIGNS = 6;
  const NUMBERS = 7;
  const HATCH = /^rgba?\(255, ?255, ?254\b/;
  const PAPER = "#FFFFFF";
  const INK = "#16202C";

  function canvas(side) {
    const made = document.createElement("canvas");
    made.width = side;
    made.height = side;
    return made;
  }

  // A dark line beside a white one: seen on the palest class and on the darkest.
  function hatchImage() {
    const side = 16;
    const pen = canvas(side).getContext("2d");
    for (const [colour, width, shift] of [["rgba(255,255,255,.85)", 3.2, 0], ["rgba(22,32,44,.7)", 1.6, 2.4]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.beginPath();
      for (const start of [-side, 0, side]) {
        pen.moveTo(start + shift - 2, side + 2);
        pen.lineTo(start + shift + side + 2, -2);
      }
      pen.stroke();
    }
    return pen.getImageData(0, 0, side, side);
  }

  // All signs are equally large, whatever the font that has them.
  function signImage(sign) {
    const side = 36;
    const pen = canvas(side).getContext("2d");
    const font = (px) => `700 ${px}px Roboto, sans-serif`;
    pen.font = font(100);
    const whole = pen.measureText(sign);
    const extent = Math.max(
      whole.actualBoundingBoxLeft + whole.actualBoundingBoxRight,
      whole.actualBoundingBoxAscent + whole.actualBoundingBoxDescent,
    );
    pen.font = font((100 * 20) / Math.max(extent, 40));
    const size = pen.measureText(sign);
    const x = (side + size.actualBoundingBoxLeft - size.actualBoundingBoxRight) / 2;
    const y = (side + size.actualBoundingBoxAscent - size.actualBoundingBoxDescent) / 2;
    pen.lineJoin = "round";
    pen.lineWidth = 6;
    pen.strokeStyle = PAPER;
    pen.strokeText(sign, x, y);
    pen.fillStyle = INK;
    pen.fillText(sign, x, y);
    return pen.getImageData(0, 0, side, side);
  }

  // A cluster's number on a disc that stands on its outline.
  function numberImage(text) {
    const side = 44;
    const pen = canvas(side).getContext("2d");
    pen.font = `700 ${text.length < 3 ? 26 : 18}px Roboto, sans-serif`;
    pen.textAlign = "center";
    const size = pen.measureText(text);
    for (const [colour, radius] of [[PAPER, 22], [INK, 19]]) {
      pen.fillStyle = colour;
      pen.beginPath();
      pen.arc(side / 2, side / 2, radius, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.fillStyle = PAPER;
    pen.fillText(text, side / 2, (side + size.actualBoundingBoxAscent - size.actualBoundingBoxDescent) / 2);
    return pen.getImageData(0, 0, side, side);
  }

  function addImage(map, name, make) {
    if (!map.hasImage(name)) map.addImage(name, make(), { pixelRatio: 2 });
  }

  // Style sources start empty, also when plotly sets the style anew: what they hold is told by the key.
  function feed(map, name, trace, draw) {
    const source = map.getSource(name);
    const { lon = [], lat = [], text = [] } = trace || {};
    const key = JSON.stringify([lon, lat, text]);
    if (!source || (source.serialize().data?.key ?? "[[],[],[]]") === key) return;
    for (const each of new Set(text)) addImage(map, `${name} ${each}`, () => draw(each));
    const features = text.map((each, i) => ({
      type: "Feature",
      properties: { text: each },
      geometry: { type: "Point", coordinates: [lon[i], lat[i]] },
    }));
    source.setData({ type: "FeatureCollection", key, features });
  }

  // Cells share what they tell: it comes as places in a list. Dash keeps its own figure, which stays packed.
  function spellOut(cells) {
    if (!cells?.meta || !ArrayBuffer.isView(cells.customdata)) return;
    cells.customdata = Array.from(cells.customdata, (place) => cells.meta[place]);
  }

  function decorate() {
    const drawn = graph();
    const map = camera();
    if (!drawn?.data) return;
    spellOut(drawn._fullData?.[AREAS]);
    if (!map) return decorateSvg(drawn);
    if (!map.style?._loaded) return;
    const hatched = "plotly-trace-layer-hatched-fill";
    if (map.getLayer(hatched) && map.getPaintProperty(hatched, "fill-pattern") !== "hatch") {
      addImage(map, "hatch", hatchImage);
      map.setPaintProperty(hatched, "fill-pattern", "hatch");
    }
    feed(map, "signs", drawn.data[SIGNS], signImage);
    feed(map, "numbers", drawn.data[NUMBERS], numberImage);
  }

  function decorateSvg(drawn) {
    if (!document.getElementById("hatch")) {
      const made = canvas(16);
      made.getContext("2d").putImageData(hatchImage(), 0, 0);
      const image = `<image href="${made.toDataURL()}" width="8" height="8"/>`;
      const pattern = `<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse">${image}</pattern>`;
      document.body.insertAdjacentHTML("beforeend", `<svg width="0" height="0" style="position: absolute" aria-hidden="true">${pattern}</svg>`);
    }
    for (const area of drawn.querySelectorAll(".choroplethlayer path")) {
      const hatched = HATCH.test(area.getAttribute("fill"));
      area.style.fill = hatched ? "url(#hatch)" : "";
      area.style.fillOpacity = hatched ? 1 : "";
    }
  }

  // plotly makes its map some time after the page and again with another style; dataset.bounds changes with the question.
  let touched; // a person has chosen what to see; before, it all stays in sight
  let decorated;
  let followed;
  let shown;
  let fitted; // the map's size when all of it was last brought into sight
  const size = (map) => `${map.getContainer().clientWidth}x${map.getContainer().clientHeight}`;

  // plotly tells of a new size at every drawing: to move the camera then would draw again, and again.
  function onResize(map) {
    if (touched || size(map) === fitted) return;
    fitted = size(map);
    setTimeout(() => showWhole(false));
  }

  setInterval(() => {
    // Dash hides this helper from screen readers but not from the Tab key, which would stop there for nothing.
    for (const stop of document.querySelectorAll(".dash-dropdown-focus-target[tabindex='0']")) stop.tabIndex = -1;
    const map = camera();
    const drawn = graph();
    if (drawn?.on && drawn !== decorated) {
      decorated = drawn;
      drawn.on("plotly_afterplot", decorate);
      decorate();
    }
    if (!map) return;
    if (map !== followed) {
      followed = map;
      map.on("styledata", decorate);
      decorate();
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
      showWhole(shown !== undefined);
      shown = wanted;
    }
  }, 200);

  document.addEventListener("click", (event) => {
    const zoom = event.target.closest("[data-map-zoom]")?.dataset.mapZoom;
    const map = camera();
    if (zoom && map) {
      touched = zoom !== "home";
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
