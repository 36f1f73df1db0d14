// Hatching on the small maps: areas drawn in the colour that means hatched (dashboard/figures/traces.py) get a pattern.
(function () {
  "use strict";

  const HATCH = /^rgba?\(255, ?255, ?254\b/;
  const LINES =
    '<path d="M-2 10L10 -2M-6 6L6 -6M2 14L14 2" stroke="#FFFFFF" stroke-width="1.6"/>' +
    '<path d="M-1 11L11 -1M-5 7L7 -5M3 15L15 3" stroke="#16202C" stroke-opacity=".7" stroke-width=".8"/>';

  function hatch(drawn) {
    if (!document.getElementById("small-hatch")) {
      const pattern = `<pattern id="small-hatch" width="8" height="8" patternUnits="userSpaceOnUse">${LINES}</pattern>`;
      document.body.insertAdjacentHTML("beforeend", `<svg width="0" height="0" style="position: absolute" aria-hidden="true">${pattern}</svg>`);
    }
    for (const area of drawn.querySelectorAll(".choroplethlayer path")) {
      const hatched = HATCH.test(area.getAttribute("fill") || area.style.fill);
      if (hatched) area.style.fill = "url(#small-hatch)";
      if (hatched) area.style.fillOpacity = 1;
    }
  }

  const known = new WeakSet();
  setInterval(() => {
    for (const drawn of document.querySelectorAll(".small-map .js-plotly-plot")) {
      if (!drawn.on || known.has(drawn)) continue;
      known.add(drawn);
      drawn.on("plotly_afterplot", () => hatch(drawn));
      hatch(drawn);
    }
  }, 300);
})();
