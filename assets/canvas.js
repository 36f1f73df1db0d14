// Parts of the page drawn into a canvas where they stand: boxes, swatches and words. Knows no map and saves nothing.
(function () {
  "use strict";

  const diemnong = (window.diemnong = window.diemnong || {});
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const seen = (part) => part && part.getClientRects().length && getComputedStyle(part).visibility !== "hidden";

  function placed(part, pen) {
    const { left, top, width, height } = part.getBoundingClientRect();
    return { x: left - pen.left, y: top - pen.top, width, height };
  }

  function edges(part, pen) {
    const look = getComputedStyle(part);
    const at = placed(part, pen);
    const round = Math.min(parseFloat(look.borderTopLeftRadius) || 0, at.width / 2, at.height / 2);
    const percent = look.borderTopLeftRadius.endsWith("%") ? Math.min(at.width, at.height) / 2 : round;
    pen.beginPath();
    pen.roundRect(at.x, at.y, at.width, at.height, percent);
    pen.fillStyle = look.backgroundColor;
    pen.fill();
    for (const [side, x, y, dx, dy] of [
      ["Top", 0, 0, 1, 0], ["Right", 1, 0, 0, 1], ["Bottom", 0, 1, 1, 0], ["Left", 0, 0, 0, 1],
    ]) {
      const wide = parseFloat(look[`border${side}Width`]);
      if (!wide || look[`border${side}Style`] === "none") continue;
      const within = wide / 2;
      const corner = [at.x + (x ? at.width - within : within * dy), at.y + (y ? at.height - within : within * dx)];
      pen.strokeStyle = look[`border${side}Color`];
      pen.lineWidth = wide;
      pen.beginPath();
      pen.moveTo(...corner);
      pen.lineTo(corner[0] + dx * at.width, corner[1] + dy * at.height);
      pen.stroke();
    }
  }

  // A swatch of lines or hatching is made of gradients, which a canvas does not know: drawn by hand.
  function swatch(part, pen) {
    const at = placed(part, pen);
    const own = part.style.getPropertyValue("--swatch");
    pen.save();
    if (part.classList.contains("dashes") || part.classList.contains("dots")) {
      pen.setLineDash(part.classList.contains("dashes") ? [9, 3, 2, 3] : [6, 4]);
      pen.strokeStyle = own;
      pen.lineWidth = at.height;
      pen.beginPath();
      pen.moveTo(at.x, at.y + at.height / 2);
      pen.lineTo(at.x + at.width, at.y + at.height / 2);
      pen.stroke();
    } else if (part.classList.contains("hatched")) {
      pen.beginPath();
      pen.rect(at.x, at.y, at.width, at.height);
      pen.fillStyle = own;
      if (own !== "none") pen.fill();
      pen.clip();
      for (const [ink, wide, shift] of [["--paper", 2.2, 0], ["--ink", 1.2, 1.6]]) {
        pen.strokeStyle = colour(ink);
        pen.lineWidth = wide;
        pen.globalAlpha = 0.75;
        pen.beginPath();
        for (let x = -at.height; x < at.width; x += 7.9) {
          pen.moveTo(at.x + x + shift, at.y + at.height);
          pen.lineTo(at.x + x + shift + at.height, at.y);
        }
        pen.stroke();
      }
    }
    pen.restore();
  }

  // A word with where it stands; the browser may have broken a date or a range over two lines.
  function pieces(node, start, length) {
    const range = document.createRange();
    const rect = (from, to) => {
      range.setStart(node, from);
      range.setEnd(node, to);
      return range.getBoundingClientRect();
    };
    const whole = rect(start, start + length);
    if (range.getClientRects().length < 2) return [[node.data.slice(start, start + length), whole]];
    const found = [];
    for (let i = start; i < start + length; i++) {
      const here = rect(i, i + 1);
      if (found.length && here.top < found.at(-1)[1].bottom) found.at(-1)[0] += node.data[i];
      else found.push([node.data[i], here]);
    }
    return found;
  }

  // Word by word where the browser has set it, with its halo where it has one.
  function words(root, pen) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!seen(node.parentElement) || node.parentElement.closest("[data-capture-not], .about")) continue;
      const look = getComputedStyle(node.parentElement);
      const inSvg = node.parentElement.namespaceURI.endsWith("svg");
      pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
      pen.fillStyle = inSvg ? look.fill : look.color;
      for (const found of node.data.matchAll(/\S+/g)) {
        for (const [text, rect] of pieces(node, found.index, found[0].length)) {
          const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(text);
          const at = [rect.left - pen.left, rect.top - pen.top + (rect.height - up - down) / 2 + up];
          if (inSvg && look.paintOrder.startsWith("stroke")) {
            Object.assign(pen, { strokeStyle: look.stroke, lineWidth: parseFloat(look.strokeWidth), lineJoin: "round" });
            pen.strokeText(text, ...at);
          }
          pen.fillText(text, ...at);
        }
      }
    }
  }

  function over(part, pen) {
    if (!seen(part)) return;
    for (const each of [part, ...part.querySelectorAll("*")]) {
      if (!seen(each) || each.closest(".about")) continue;
      edges(each, pen);
      if (each.classList.contains("swatch")) swatch(each, pen);
    }
    words(part, pen);
  }

  diemnong.tracing = { colour, over, placed, seen, words };
})();
