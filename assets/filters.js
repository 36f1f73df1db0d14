// The filter panel: folded away and kept so, the focus into its sheet and back, what its slider says.
(function () {
  "use strict";

  const WIDE = 1500; // from here the panel stands beside the page, below it is a sheet over it: filters.css says the same
  const KEPT = "diemnong.filters";
  const RESTING_MS = 400; // the slider's months are taken when no handle has moved for so long
  const OPENERS = "#filters, #fold, [data-open-filter], [data-radix-popper-content-wrapper]";

  let sheet = false; // whether the sheet lies over the page
  let page; // the page's element, which Dash replaces

  const wide = () => window.innerWidth >= WIDE;
  const folded = () => sessionStorage.getItem(KEPT) === "folded";

  // Dash writes the class name anew with every page: what is folded is put back before anything is painted.
  function show() {
    if (!page) return;
    page.classList.toggle("folded", folded());
    page.classList.toggle("unfolded", sheet);
    const button = document.getElementById("fold");
    button?.setAttribute("aria-expanded", String(wide() ? !folded() : sheet));
    button?.setAttribute("aria-controls", "filters");
  }

  function fold(open) {
    const before = wide() ? !folded() : sheet;
    if (wide()) sessionStorage.setItem(KEPT, open ? "open" : "folded");
    else sheet = open;
    show();
    if (before === open) return;
    if (wide()) setTimeout(refit, 50);
    else document.getElementById(open ? "filters" : "fold")?.focus({ preventScroll: true });
  }

  // The charts take the room once each has been drawn: plotly fails where one under way is given another size.
  function refit() {
    const charts = [...document.querySelectorAll(".js-plotly-plot")];
    if (charts.every((chart) => chart._fullLayout)) window.dispatchEvent(new Event("resize"));
    else setTimeout(refit, 100);
  }

  const classes = new MutationObserver(show);
  new MutationObserver(() => {
    nameHandles();
    const now = document.querySelector(".page");
    if (now === page) return;
    page = now;
    classes.disconnect();
    if (page) classes.observe(page, { attributes: true, attributeFilter: ["class"] });
    show();
  }).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("resize", show);

  // To the control that something else on the page speaks of: its part unfolds, its list opens.
  function lead(id) {
    fold(true);
    const control = document.getElementById(id);
    for (let part = control?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    control?.scrollIntoView({ block: "center" });
    setTimeout(() => control?.click());
  }

  document.addEventListener("click", (event) => {
    const within = event.composedPath().filter((each) => each instanceof Element);
    const opener = within.find((each) => each.matches("[data-open-filter]"));
    if (opener) lead(opener.dataset.openFilter);
    else if (within.some((each) => each.id === "fold")) fold(wide() ? folded() : !sheet);
    else if (within.some((each) => each.matches("[data-fold-away]"))) fold(false);
    else if (sheet && !within.some((each) => each.matches(OPENERS))) {
      sheet = false; // the focus goes where it was clicked
      show();
    }
  });

  // A part that is opened at the foot of the panel comes into sight. Only where a hand opened it: Dash writes parts too.
  document.addEventListener("click", (event) => {
    const part = event.target.closest?.("#filters summary")?.parentElement;
    if (part) setTimeout(() => part.open && part.scrollIntoView({ block: "nearest" }));
  });

  // Before anyone else: Escape closes the sheet and does nothing more. An open list in it is closed first, by itself.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !sheet || document.querySelector("[data-radix-popper-content-wrapper]")) return;
      event.preventDefault();
      event.stopPropagation();
      fold(false);
    },
    true,
  );

  // --- the slider of months: a month is year * 12 + its place in the year --------------------------------------------
  const written = (month) => `${String((month % 12) + 1).padStart(2, "0")}/${Math.floor(month / 12)}`;
  const monthOf = (day) => Number(day?.slice(0, 4)) * 12 + Number(day?.slice(5, 7)) - 1;

  function nameHandles() {
    for (const slider of document.querySelectorAll(".month-slider")) {
      const [first, last] = slider.querySelectorAll("[role=slider]");
      if (!last) continue;
      for (const [handle, name] of [[first, slider.dataset.first], [last, slider.dataset.last]]) {
        const text = written(Number(handle.getAttribute("aria-valuenow")));
        if (handle.getAttribute("aria-valuetext") !== text) handle.setAttribute("aria-valuetext", text);
        if (handle.getAttribute("aria-label") !== name) handle.setAttribute("aria-label", name);
      }
    }
  }

  let moves = 0;
  function restingMonths(value) {
    const move = ++moves;
    const asked = new URLSearchParams(window.location.search);
    const known = [monthOf(asked.get("from")), monthOf(asked.get("to"))];
    const nothing = window.dash_clientside.no_update;
    if (!value || (value[0] === known[0] && value[1] === known[1])) return nothing; // it follows the address
    return new Promise((tell) => setTimeout(() => tell(move === moves ? value : nothing), RESTING_MS));
  }

  function monthsSaid(dragged, value) {
    const moving = window.dash_clientside.callback_context.triggered.some((each) => each.prop_id.endsWith("drag_value"));
    requestAnimationFrame(nameHandles);
    return ((moving && dragged) || value).map(written).join(" – ");
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.diemnong = Object.assign(window.dash_clientside.diemnong || {}, { restingMonths, monthsSaid });
})();
