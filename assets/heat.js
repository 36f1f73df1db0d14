// Shaded tables whose cells lead to other questions: a click stays on the page, the arrow keys walk from cell to cell.
(function () {
  "use strict";

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-within]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.dash_clientside.set_props("url", { search: link.getAttribute("href") });
  });

  // The nearest link in the direction, in the same row or column as it is seen: heads may stand over several columns.
  function nearest(link, [right, down]) {
    const here = link.getBoundingClientRect();
    const x = (here.left + here.right) / 2;
    const y = (here.top + here.bottom) / 2;
    let best;
    let least = Infinity;
    for (const other of link.closest("table").querySelectorAll("a[data-within]")) {
      const box = other.getBoundingClientRect();
      const inLine = right ? box.top <= y && y <= box.bottom : box.left <= x && x <= box.right;
      const away = right ? right * ((box.left + box.right) / 2 - x) : down * ((box.top + box.bottom) / 2 - y);
      if (!inLine || away <= 1 || away >= least) continue;
      best = other;
      least = away;
    }
    return best;
  }

  document.addEventListener("keydown", (event) => {
    const link = STEPS[event.key] && event.target.closest?.("table.heat a[data-within]");
    if (!link) return;
    event.preventDefault();
    const next = nearest(link, STEPS[event.key]);
    if (!next) return;
    link.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
})();
