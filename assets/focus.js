// When the control somebody just used goes away, the keyboard goes back to the one used before it, else to its heading.
(function () {
  "use strict";

  const used = []; // [control, its id, its section], the last one last

  document.addEventListener("focusin", (event) => {
    const section = event.target.closest?.("section.card-sheet");
    if (!section) return;
    used.push([event.target, event.target.id, section]);
    if (used.length > 8) used.shift();
  });

  new MutationObserver(() => {
    if (!used.length || document.activeElement !== document.body) return;
    const [last, , section] = used[used.length - 1];
    if (last.isConnected || !section.isConnected) return; // left by choice, not taken away
    for (const [, id] of [...used].reverse()) {
      const control = id && document.getElementById(id);
      if (control && !control.disabled && section.contains(control)) {
        control.focus({ preventScroll: true });
        return;
      }
    }
    const heading = section.querySelector("h2");
    if (!heading) return;
    used.length = 0;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }).observe(document, { childList: true, subtree: true });
})();
