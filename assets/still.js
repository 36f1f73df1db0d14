// Markup that came as text (components/still.py) is put where it belongs, before the browser paints.
(function () {
  "use strict";

  const TEXT = "data-still";
  const PRESSED = "a[href], button, summary, [tabindex]";
  const held = new WeakMap(); // a part -> the nodes that its text became: beside them Dash may put its own

  function unfold(part) {
    const focused = [...part.querySelectorAll(PRESSED)].indexOf(document.activeElement);
    for (const node of held.get(part) ?? []) node.remove();
    const made = document.createElement("template");
    made.innerHTML = part.getAttribute(TEXT) ?? "";
    held.set(part, [...made.content.childNodes]);
    part.append(made.content);
    if (focused >= 0) part.querySelectorAll(PRESSED)[focused]?.focus({ preventScroll: true });
  }

  new MutationObserver((records) => {
    const parts = new Set();
    for (const { type, target, addedNodes } of records) {
      if (type === "attributes") parts.add(target);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.hasAttribute(TEXT) && !held.has(node)) parts.add(node);
        for (const each of node.querySelectorAll(`[${TEXT}]`)) if (!held.has(each)) parts.add(each);
      }
    }
    parts.forEach(unfold);
  }).observe(document, { subtree: true, childList: true, attributeFilter: [TEXT] });
})();
