// The card at the pointer over the map: what plotly would say there, and the area's months as small bars.
// Asks the server once a question for the months of all areas; what is said is made there, nothing is counted here.
(function () {
  "use strict";

  const AREAS = 0; // trace by place, as dashboard/figures/traces.py has them
  const POINTS = 5;
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 216;
  const HEIGHT = 40;
  const card = () => document.getElementById("map-card");

  // --- months, once a question ---------------------------------------------------------------------------------------
  const kept = { asked: null, months: null };

  async function months() {
    const asked = location.search;
    if (kept.asked === asked) return kept.months;
    Object.assign(kept, { asked, months: null });
    try {
      const answer = await fetch(`/months.json${asked}`);
      const told = answer.ok ? await answer.json() : null;
      if (kept.asked === asked) kept.months = told;
      return told;
    } catch {
      if (kept.asked === asked) kept.asked = null; // the next touch asks again
      return null;
    }
  }

  // --- what the card says -------------------------------------------------------------------------------------------
  function line(text, className) {
    const made = document.createElement("p");
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  // The server's lines are written for plotly: <br> between them, <b> around the count.
  function lines(told) {
    return String(told ?? "").split("<br>").filter(Boolean).map((each) => {
      const plain = each.replace(/<\/?b>/g, "");
      return line(plain, plain === each ? "" : "many");
    });
  }

  function bars(told, n) {
    const drawn = document.createElementNS(SVG, "svg");
    drawn.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    const most = Math.max(...n, 1);
    const step = WIDTH / n.length;
    n.forEach((count, i) => {
      const bar = document.createElementNS(SVG, "rect");
      const height = (count / most) * (HEIGHT - 1);
      const inset = told.partial.includes(i) ? 0.5 : 0;
      const place = { x: i * step + 1 + inset, y: HEIGHT - height, width: Math.max(step - 2 - 2 * inset, 1), height };
      for (const [name, value] of Object.entries(place)) bar.setAttribute(name, value.toFixed(1));
      bar.setAttribute("class", told.partial.includes(i) ? "partial" : told.asked.includes(i) ? "asked" : "");
      drawn.append(bar);
    });
    const ground = document.createElementNS(SVG, "line");
    for (const [name, value] of Object.entries({ x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT })) ground.setAttribute(name, value);
    drawn.append(ground);
    const axis = document.createElement("div");
    axis.className = "axis";
    axis.append(...told.span.map((each) => Object.assign(document.createElement("span"), { textContent: each })));
    return [drawn, axis];
  }

  async function say(point) {
    const place = card();
    const code = point.location;
    place.dataset.code = code ?? "";
    const area = point.curveNumber === AREAS;
    place.replaceChildren(...(area ? [line(point.properties?.name ?? "", "name")] : []), ...lines(point.customdata));
    if (!area || String(code).startsWith("cell ")) return;
    const room = document.createElement("div");
    room.className = "months";
    place.append(room);
    const told = await months();
    if (!room.isConnected || !told) return;
    const n = told.n[code];
    if (n?.length) room.append(...bars(told, n));
    else room.remove();
    if (told.notes[code]) place.append(line(told.notes[code], "notes"));
    stand();
  }

  // --- where it stands ----------------------------------------------------------------------------------------------
  const pointer = { x: 0, y: 0 };

  function stand() {
    const place = card();
    const box = document.getElementById("map-box")?.getBoundingClientRect();
    if (!place || place.hidden || !box) return;
    const [x, y] = [pointer.x - box.left, pointer.y - box.top];
    const { offsetWidth: width, offsetHeight: height } = place;
    const left = x + 16 + width <= box.width ? x + 16 : x - 16 - width;
    const top = y + 16 + height <= box.height ? y + 16 : y - 16 - height;
    const within = (at, room) => Math.max(4, Math.min(at, room - 4));
    place.style.transform = `translate(${within(left, box.width - width)}px, ${within(top, box.height - height)}px)`;
  }

  function hide() {
    const place = card();
    if (place) place.hidden = true;
  }

  // plotly tells of a point once: forgotten, it is told of again when the pointer is still there or comes back.
  function forget() {
    if (card()?.hidden !== false) return;
    hide();
    for (const drawn of document.querySelectorAll("#map .js-plotly-plot, #map-before .js-plotly-plot")) drawn._hoverdata = undefined;
  }

  let told; // the point the card speaks of

  // A patch may change what is to be said under a pointer that rests: what the card says is then an old number.
  function check(drawn) {
    const now = told && drawn._fullData?.[told.curveNumber]?.customdata?.[told.pointNumber];
    if (now !== told?.customdata) forget();
  }

  function show({ points }) {
    const point = points?.[0];
    const place = card();
    if (!place || (point?.curveNumber !== AREAS && point?.curveNumber !== POINTS)) return;
    told = point;
    place.hidden = false;
    say(point);
    stand();
  }

  document.addEventListener("pointermove", (event) => {
    Object.assign(pointer, { x: event.clientX, y: event.clientY });
    if (event.target.closest?.("#map, #map-before")) stand();
    else forget();
  });
  document.addEventListener("pointerdown", (event) => Object.assign(pointer, { x: event.clientX, y: event.clientY }), true);

  const known = new WeakSet();
  setInterval(() => {
    for (const drawn of document.querySelectorAll("#map .js-plotly-plot, #map-before .js-plotly-plot")) {
      if (!drawn.on || known.has(drawn)) continue;
      known.add(drawn);
      drawn.on("plotly_hover", show);
      drawn.on("plotly_unhover", hide);
      drawn.on("plotly_relayouting", hide);
      drawn.on("plotly_afterplot", () => check(drawn));
    }
  }, 200);
})();
