// Menus that open over the page (details.more): Escape, a press elsewhere or the focus gone elsewhere closes them.
(function () {
  "use strict";

  const opened = () => document.querySelector("details.more[open]");

  function closeUnless(inside) {
    const menu = opened();
    if (menu && !menu.contains(inside)) menu.open = false;
  }

  document.addEventListener("click", (event) => closeUnless(event.target));
  document.addEventListener("focusin", (event) => closeUnless(event.target));
  document.addEventListener(
    "keydown",
    (event) => {
      const menu = event.key === "Escape" && opened();
      if (!menu) return;
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopImmediatePropagation(); // one press closes one thing
    },
    true,
  );
})();
