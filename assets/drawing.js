// plotly: it loads beside everything else, but is read only once the page stands, which takes a slow machine a second.
(function () {
  "use strict";

  const address = document.querySelector("meta[name='plotly']").content;
  fetch(address).catch(() => {}); // into the browser's cache; to preload it would be complained of where pages are slow

  // Dash's charts wait for a promise in its place, and take what it brings.
  window.Plotly = new Promise((have) => {
    let begun;
    function read() {
      if (begun) return;
      begun = true;
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => {
        finishFirst(window.Plotly);
        have(window.Plotly);
      };
      document.head.append(script);
    }
    new MutationObserver((_records, watch) => {
      if (!document.querySelector(".page")) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(read)); // after it has been painted
      setTimeout(read, 2000); // in a hidden tab nothing is painted
    }).observe(document.documentElement, { childList: true, subtree: true });
  });

  // plotly throws where a chart is taken off the page while it is still being drawn: it is let finish before it goes.
  function finishFirst(plotly) {
    const purge = plotly.purge;
    plotly.purge = (chart) => setTimeout(() => chart.isConnected || purge(chart), 4000);
  }

  // plotly would fetch a world outline for its SVG maps; ours have none to draw.
  window.PlotlyGeoAssets = window.PlotlyGeoAssets || {};
  const empty = { type: "Topology", objects: {}, arcs: [] };
  for (const layer of ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"]) {
    empty.objects[layer] = { type: "GeometryCollection", geometries: [] };
  }
  window.PlotlyGeoAssets.topojson = new Proxy({}, { get: () => empty, has: () => true });
})();
