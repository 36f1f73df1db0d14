// The page around the charts: when it is drawn anew, the Escape key, what Dash leaves about.
(function () {
  "use strict";

  const saysWebgl2 = (() => {
    let known;
    return () => {
      if (known === undefined) known = Boolean(document.createElement("canvas").getContext("webgl2"));
      return known;
    };
  })();

  // A page is drawn anew only where path, language, mode or theme changed, or a show begins; everything else follows by patches.
  function pageKey(path, search, before) {
    const asked = new URLSearchParams(search || "");
    const one = (name, allowed) => (allowed.includes(asked.getAll(name).pop()) ? asked.getAll(name).pop() : allowed[0]);
    const key = {
      path: path || "/",
      lang: one("lang", ["vi", "en"]),
      mode: one("mode", ["desk", "projector"]),
      theme: one("theme", ["light", "dark"]),
      showing: path === "/present" && Number(asked.getAll("slide").pop()) > 0, // a show or its script
    };
    document.documentElement.lang = key.lang;
    document.documentElement.dataset.theme = key.theme;
    if (before && ["path", "lang", "mode", "theme", "showing"].every((part) => before[part] === key[part])) {
      return window.dash_clientside.no_update;
    }
    return { ...key, width: window.innerWidth, height: window.innerHeight, webgl: saysWebgl2() };
  }

  // The map first: the other panels are told of a question once its answer stands on the map, or takes long.
  const LONG_MS = 250;
  let questions = 0;
  function askedOnceDrawn(search) {
    const chart = document.querySelector("#map .js-plotly-plot");
    const question = ++questions;
    if (question === 1 || !chart?.once) return search;
    return new Promise((tell) => {
      const told = () => tell(question === questions ? search : window.dash_clientside.no_update);
      setTimeout(told, LONG_MS);
      chart.once("plotly_afterplot", () => {
        const map = chart._fullLayout?.map?._subplot?.map;
        if (map) map.once("idle", told);
        else told();
      });
    });
  }
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.diemnong = Object.assign(window.dash_clientside.diemnong || {}, { pageKey, askedOnceDrawn });

  // Before each list Dash puts a helper that screen readers do not see and the Tab key stops at; the list itself it skips.
  function reach() {
    for (const helper of document.querySelectorAll(".dash-dropdown-focus-target[tabindex='0']")) helper.tabIndex = -1;
    for (const list of document.querySelectorAll("button.dash-dropdown[tabindex='-1']")) list.tabIndex = 0;
    // Its hidden fields for files have no name to be told by: they take that of the button about them.
    for (const field of document.querySelectorAll(".page input[type='file']:not([aria-label], [id])")) {
      field.setAttribute("aria-label", field.parentElement.textContent);
    }
  }
  const stops = { childList: true, subtree: true, attributes: true, attributeFilter: ["tabindex"] };
  new MutationObserver(reach).observe(document.documentElement, stops);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.querySelector(".page.projector")) document.getElementById("mode-link")?.click();
  });
})();
