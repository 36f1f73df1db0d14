// Hatching, signs and numbers over the map's colours, drawn here: the map loads no images. Knows nothing of the camera.
(function () {
  "use strict";

  // The traces by their place: dashboard/figures/traces.py has the same order, and the colour that becomes hatching.
  const AREAS = 0;
  const SIGNS = 6;
  const NUMBERS = 7;
  const HATCH = /^rgba?\(255, ?255, ?254\b/;

  // As the theme has it: another theme draws the page anew, and with it all images.
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function canvas(side) {
    const made = document.createElement("canvas");
    made.width = side;
    made.height = side;
    return made;
  }

  // A dark line beside a pale one: seen on the palest class and on the darkest.
  function hatchImage() {
    const side = 16;
    const pen = canvas(side).getContext("2d");
    for (const [colour, alpha, width, shift] of [["--paper", 0.85, 3.2, 0], ["--ink", 0.7, 1.6, 2.4]]) {
      pen.strokeStyle = token(colour);
      pen.globalAlpha = alpha;
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
    pen.strokeStyle = token("--paper");
    pen.strokeText(sign, x, y);
    pen.fillStyle = token("--ink");
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
    for (const [colour, radius] of [["--paper", 22], ["--ink", 19]]) {
      pen.fillStyle = token(colour);
      pen.beginPath();
      pen.arc(side / 2, side / 2, radius, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.fillStyle = token("--paper");
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

  function decorate(drawn) {
    if (!drawn.data) return;
    const map = drawn._fullLayout?.map?._subplot?.map;
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

  const LINES =
    '<path d="M-2 10L10 -2M-6 6L6 -6M2 14L14 2" style="stroke: var(--paper); stroke-opacity: .85; stroke-width: 1.6"/>' +
    '<path d="M-1 11L11 -1M-5 7L7 -5M3 15L15 3" style="stroke: var(--ink); stroke-opacity: .7; stroke-width: .8"/>';

  function decorateSvg(drawn) {
    if (!document.getElementById("hatch")) {
      const pattern = `<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse">${LINES}</pattern>`;
      document.body.insertAdjacentHTML("beforeend", `<svg width="0" height="0" style="position: absolute" aria-hidden="true">${pattern}</svg>`);
    }
    for (const area of drawn.querySelectorAll(".choroplethlayer path")) {
      const hatched = HATCH.test(area.getAttribute("fill"));
      area.style.fill = hatched ? "url(#hatch)" : "";
      area.style.fillOpacity = hatched ? 1 : "";
    }
  }

  // plotly makes its map some time after the page, and again where it is given another one.
  const known = new WeakSet();

  setInterval(() => {
    for (const drawn of document.querySelectorAll(".map-box .js-plotly-plot, .small-map .js-plotly-plot")) {
      if (drawn.on && !known.has(drawn)) {
        known.add(drawn);
        drawn.on("plotly_afterplot", () => decorate(drawn));
        decorate(drawn);
      }
      const map = drawn._fullLayout?.map?._subplot?.map;
      if (!map || known.has(map)) continue;
      known.add(map);
      // The map calls itself "Map" in every language: it gets the name that its frame has.
      const named = drawn.closest("[aria-label]");
      if (named) map.getCanvas().setAttribute("aria-label", named.getAttribute("aria-label"));
      map.on("styledata", () => decorate(drawn));
      decorate(drawn);
    }
  }, 200);
})();
