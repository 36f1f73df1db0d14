// The map as it stands on the screen, saved or copied as a picture: drawn anew at two or three times the screen's
// sharpness, its words written with the page's own letters. Counts nothing, asks the server nothing.
(function () {
  "use strict";

  const PAD = 24; // CSS pixels around everything
  const LARGEST = 4096; // pixels a side that MapLibre draws at most
  const DRAWN_MS = 15000;
  const SHOWN_MS = 12000;
  const HEADING = { px: 22, weight: 700, lead: 1.35 };
  const QUESTION = { px: 16, weight: 400, lead: 1.4 };
  const MARKING = { px: 15, weight: 700, lead: 1.4 };
  const FOOT = { px: 13, weight: 400, lead: 1.45 };

  const { colour, over, placed, seen, words } = window.diemnong.tracing; // assets/canvas.js, which comes first
  const box = () => document.getElementById("map-box");
  const cameraOf = (id) => document.querySelector(`#${id} .js-plotly-plot`)?._fullLayout?.map?._subplot?.map;

  // --- the map's own canvas ------------------------------------------------------------------------------------------
  const settled = (map) =>
    new Promise((go) => {
      setTimeout(go, DRAWN_MS);
      map.once("idle", go);
      map.triggerRepaint();
    });

  // What WebGL drew can be read only while it is being drawn.
  const read = (map) =>
    new Promise((go, fail) => {
      setTimeout(() => fail(new Error("the map was not drawn")), DRAWN_MS);
      map.once("render", () => go(createImageBitmap(map.getCanvas())));
      map.triggerRepaint();
    });

  async function sharp(map, scale) {
    const before = map.getPixelRatio();
    try {
      map.setPixelRatio(scale);
      await settled(map);
      return await read(map);
    } finally {
      map.setPixelRatio(before);
    }
  }

  // Without WebGL the map is a drawing: its shapes as a picture, its words by hand, or they would lose their letters.
  function drawing(svg) {
    const copy = svg.cloneNode(true);
    for (const text of copy.querySelectorAll("text")) text.remove();
    const patterns = document.getElementById("hatch");
    if (patterns) copy.prepend(patterns.cloneNode(true));
    const theme = [...getComputedStyle(document.documentElement)].filter((name) => name.startsWith("--"));
    for (const name of theme) copy.style.setProperty(name, colour(name));
    const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
    const image = new Image();
    image.src = url;
    return image.decode().then(() => image).finally(() => URL.revokeObjectURL(url));
  }

  // --- the whole picture ---------------------------------------------------------------------------------------------
  function broken(text, style, pen, width) {
    pen.font = `${style.weight} ${style.px}px Roboto, sans-serif`;
    const lines = [];
    for (const word of text.split(" ")) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.map((line) => line.replace(/^· | ·$/g, ""));
  }

  const high = (lines, style) => lines.length * style.px * style.lead;

  function write(lines, style, ink, pen, x, y) {
    pen.font = `${style.weight} ${style.px}px Roboto, sans-serif`;
    pen.fillStyle = colour(ink);
    lines.forEach((line, i) => pen.fillText(line, x, y + (i * style.lead + 1.08) * style.px));
    return y + high(lines, style);
  }

  function told(button) {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: button.dataset.zone, dateStyle: "short", timeStyle: "short" });
    const time = parts.format(new Date()).replace(",", "");
    const { marking, title, question, stamp, printed } = button.dataset;
    const frame = document.documentElement.dataset.playing && document.querySelector(".legend-now")?.textContent;
    return { marking, title: frame || title, question, stamp: `${stamp} · ${printed.replace("{time}", time)}` };
  }

  async function picture(button) {
    const frame = box().getBoundingClientRect();
    const scale = Math.min(frame.width <= 1400 ? 3 : 2, LARGEST / Math.max(frame.width, frame.height));
    await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 16px Roboto`, "ộ")));
    const pen = document.createElement("canvas").getContext("2d");
    const said = told(button);
    const width = frame.width;
    const lines = {
      marking: said.marking ? broken(said.marking, MARKING, pen, width - 24) : [],
      title: broken(said.title, HEADING, pen, width),
      question: broken(said.question, QUESTION, pen, width),
      stamp: broken(said.stamp, FOOT, pen, width),
    };
    const marked = lines.marking.length ? high(lines.marking, MARKING) + 22 : 0;
    const top = PAD + marked + high(lines.title, HEADING) + high(lines.question, QUESTION) + 12;
    pen.canvas.width = Math.round((width + 2 * PAD) * scale);
    pen.canvas.height = Math.round((top + frame.height + 12 + high(lines.stamp, FOOT) + PAD) * scale);
    pen.scale(scale, scale);
    pen.fillStyle = colour("--paper");
    pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
    if (marked) {
      Object.assign(pen, { strokeStyle: colour("--hot"), lineWidth: 2 });
      pen.font = `${MARKING.weight} ${MARKING.px}px Roboto, sans-serif`;
      const framed = Math.max(...lines.marking.map((line) => pen.measureText(line).width));
      pen.strokeRect(PAD + 1, PAD, framed + 24, marked - 12);
      write(lines.marking, MARKING, "--hot", pen, PAD + 13, PAD + 4);
    }
    const below = write(lines.title, HEADING, "--ink", pen, PAD, PAD + marked);
    write(lines.question, QUESTION, "--ink-soft", pen, PAD, below);
    write(lines.stamp, FOOT, "--ink-soft", pen, PAD, top + frame.height + 12);
    await map(pen, frame, top, scale);
    return new Promise((go, fail) => pen.canvas.toBlob((made) => (made ? go(made) : fail(new Error("no picture"))), "image/png"));
  }

  async function map(pen, frame, top, scale) {
    pen.save();
    pen.translate(PAD, top);
    Object.assign(pen, { left: frame.left, top: frame.top });
    pen.beginPath();
    pen.rect(0, 0, frame.width, frame.height);
    pen.clip();
    pen.fillStyle = colour("--map-ground");
    pen.fillRect(0, 0, frame.width, frame.height);
    await ground("map", pen, scale);
    const divider = document.querySelector("#swipe .divider");
    if (seen(divider)) {
      const cut = divider.getBoundingClientRect();
      pen.save();
      pen.beginPath();
      pen.rect(0, 0, cut.left + cut.width / 2 - frame.left, frame.height);
      pen.clip();
      await ground("map-before", pen, scale);
      pen.restore();
      pen.fillStyle = colour("--ink");
      pen.fillRect(cut.left + cut.width / 2 - frame.left - 1, 0, 2, frame.height);
      for (const label of document.querySelectorAll("#swipe .side-label")) over(label, pen);
    }
    const legend = ["map-legend", "map-scale"].map((id) => document.getElementById(id));
    for (const part of [...legend, document.querySelector(".player-legend")]) over(part, pen);
    pen.restore();
  }

  async function ground(id, pen, scale) {
    const plot = document.querySelector(`#${id} .js-plotly-plot`);
    const camera = cameraOf(id);
    if (camera) {
      const at = placed(camera.getContainer(), pen);
      pen.drawImage(await sharp(camera, scale), at.x, at.y, at.width, at.height);
      return;
    }
    for (const svg of plot.querySelectorAll(".main-svg")) {
      const at = placed(svg, pen);
      if (at.width && at.height) pen.drawImage(await drawing(svg), at.x, at.y, at.width, at.height);
    }
    words(plot, pen);
  }

  // --- what is pressed -----------------------------------------------------------------------------------------------
  function save(blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `diem-nong-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, "-")}.png`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function say(text, failed) {
    let line = document.getElementById("capture-told");
    if (!line) {
      line = document.createElement("p");
      line.id = "capture-told";
      line.setAttribute("role", "status");
      document.body.append(line);
    }
    line.classList.toggle("failed", Boolean(failed));
    line.textContent = text;
    clearTimeout(say.later);
    say.later = setTimeout(() => (line.textContent = ""), SHOWN_MS);
  }

  // Browsers hand the clipboard only to pages of https and of this machine.
  const mayCopy = () => Boolean(window.isSecureContext && navigator.clipboard?.write && window.ClipboardItem);

  async function take(button) {
    const { capture, saved, copied, refused, failed } = button.dataset;
    try {
      if (capture === "copy" && mayCopy()) {
        const made = picture(button);
        try {
          // Handed over before it is made: some browsers allow it only in the moment of the press.
          await navigator.clipboard.write([new ClipboardItem({ "image/png": made })]);
          return say(copied);
        } catch {
          save(await made);
          return say(refused, true);
        }
      }
      save(await picture(button));
      say(capture === "copy" ? refused : saved, capture === "copy");
    } catch {
      say(failed, true);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-capture]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const menu = button.closest("details.more");
    if (menu) menu.open = false;
    take(button).finally(() => button.removeAttribute("aria-disabled"));
  });
})();
