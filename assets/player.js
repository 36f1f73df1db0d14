// Plays the map through time: frames come at once, each is one restyle of what is drawn, and closing puts all back.
(function () {
  "use strict";

  // The traces by their place (dashboard/figures/traces.py), and what of each is changed while playing and put back.
  const AREAS = 0;
  const HATCHED = 2;
  const SIGNS = 6;
  const TOUCHED = {
    [AREAS]: ["z", "zmax", "colorscale", "customdata", "meta", "geojson", "locations", "marker.line.width"],
    1: ["locations", "z"],
    [HATCHED]: ["locations", "z", "geojson"],
    4: ["locations", "z"],
    5: ["lon", "lat", "customdata"],
    [SIGNS]: ["lon", "lat", "text"],
    7: ["lon", "lat", "text"],
  };
  const HALF_MONTH = 15 * 864e5; // bars of the trend stand about the first of their month

  let play; // what is being played: {drawn, kept, values, at, wanted, timer, ...}; undefined while the bar is folded

  const panel = () => document.getElementById("player");
  const part = (name) => panel()?.querySelector(name);
  const chosen = (name) => part(`[data-player-choice="${name}"]`);
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // --- the map -----------------------------------------------------------------------------------------------------
  const get = (trace, path) => path.split(".").reduce((value, step) => value?.[step], trace);

  // {trace: {path: value}} as one call, so that the map is drawn once.
  function restyle(drawn, changes) {
    const traces = Object.keys(changes).map(Number);
    const update = {};
    traces.forEach((trace, place) => {
      for (const [path, value] of Object.entries(changes[trace])) {
        update[path] ??= traces.map(() => undefined);
        update[path][place] = value;
      }
    });
    return window.Plotly.restyle(drawn, update, traces);
  }

  function keep(drawn) {
    const kept = {};
    for (const [trace, paths] of Object.entries(TOUCHED)) {
      kept[trace] = Object.fromEntries(paths.map((path) => [path, get(drawn.data[trace], path) ?? null]));
    }
    return kept;
  }

  function common(values) {
    const nothing = { lon: [], lat: [] };
    return {
      [AREAS]: {
        zmax: values.zmax,
        colorscale: values.colorscale,
        meta: null,
        geojson: values.polygons,
        locations: values.codes,
        "marker.line.width": 0.6,
      },
      1: { locations: [], z: [] },
      [HATCHED]: { geojson: values.polygons, locations: values.hatched, z: values.hatched.map(() => 0) },
      4: { locations: [], z: [] },
      5: { ...nothing, customdata: [] },
      [SIGNS]: { ...nothing, text: [] },
      7: { ...nothing, text: [] },
    };
  }

  function moment({ texts, middles }, { classes, told, signs }) {
    const changes = { [AREAS]: { z: classes, customdata: told.map((at) => texts[at]) } };
    const places = signs.flatMap((sign, at) => (sign && middles[at] ? [at] : []));
    if (!middles.length) return changes;
    changes[SIGNS] = {
      lon: places.map((at) => middles[at][0]),
      lat: places.map((at) => middles[at][1]),
      text: places.map((at) => signs[at]),
    };
    return changes;
  }

  function together(first, second) {
    const all = { ...first };
    for (const trace of Object.keys(second)) all[trace] = { ...all[trace], ...second[trace] };
    return all;
  }

  // Frames that come faster than the map is drawn are left out, never queued.
  async function draw() {
    if (play.drawing) return;
    const mine = play;
    mine.drawing = true;
    while (play === mine && mine.shown !== mine.at) {
      const at = mine.at;
      const first = mine.shown === undefined ? common(mine.values) : {};
      mine.shown = at;
      await restyle(mine.drawn, together(first, moment(mine.values, mine.values.frames[at])));
    }
    mine.drawing = false;
  }

  // --- what is written ---------------------------------------------------------------------------------------------
  function made(name, className, text) {
    const element = document.createElement(name);
    element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function legend({ legend: rows, legendTitle }) {
    const whole = made("div", "legend player-legend");
    whole.append(made("div", "legend-now"), made("div", "legend-title", legendTitle));
    for (const row of rows) {
      const line = made("div", "legend-row");
      const swatch = made("span", `swatch ${row.kind}`, row.sign);
      swatch.style.setProperty("--swatch", row.colour || "none");
      line.append(swatch, made("span", "", row.label));
      whole.append(line);
    }
    return whole;
  }

  // Where the frame lies in the chart of months, drawn over it: the chart itself stays as it is.
  function mark({ start, end }) {
    const axis = document.querySelector("#trend .js-plotly-plot")?._fullLayout?.xaxis;
    const band = play.band;
    const day = (text, days) => new Date(Date.parse(text) + days).toISOString().slice(0, 10);
    band.hidden = !axis?.d2p || axis.type !== "date";
    if (band.hidden) return;
    const inside = (x) => Math.min(Math.max(x, 0), axis._length);
    const left = inside(axis.d2p(day(start, -HALF_MONTH)));
    const right = inside(axis.d2p(day(end, -HALF_MONTH)));
    band.hidden = right <= left;
    band.style.left = `${axis._offset + left}px`;
    band.style.width = `${right - left}px`;
  }

  function write() {
    const frame = play.values.frames[play.at];
    play.scrub.value = play.at;
    play.scrub.setAttribute("aria-valuetext", frame.said);
    part(".player-now").textContent = frame.said;
    play.heading.replaceChildren(made("strong", "", frame.said), ` · ${play.values.heading}`);
    play.legend.querySelector(".legend-now").textContent = frame.said;
    panel().classList.toggle("lacking", frame.lacking > 0);
    mark(frame);
  }

  function show(at) {
    play.at = Math.min(Math.max(at, 0), play.values.frames.length - 1);
    write();
    return draw();
  }

  function announce() {
    part(".player-said").textContent = play.values.frames[play.at].said;
  }

  // --- playing -----------------------------------------------------------------------------------------------------
  function label(playing) {
    const button = part(".player-button.play");
    const says = playing ? panel().dataset.pause : panel().dataset.play;
    button.textContent = playing ? "❚❚" : "▶";
    button.title = says;
    button.setAttribute("aria-label", says);
  }

  function pause() {
    if (!play) return;
    clearTimeout(play.timer);
    play.timer = undefined;
    label(false);
  }

  function run() {
    if (play.at === play.values.frames.length - 1) show(0);
    label(true);
    const next = async () => {
      const mine = play;
      const begun = performance.now();
      await show(play.at + 1);
      if (play !== mine || mine.timer === undefined) return;
      if (mine.at === mine.values.frames.length - 1) pause();
      else mine.timer = setTimeout(next, Math.max(0, pace() - (performance.now() - begun)));
    };
    play.timer = setTimeout(next, pace());
  }

  const pace = () => Number(chosen("speed").value);

  // --- opening and closing -----------------------------------------------------------------------------------------
  function unfold(open) {
    part(".player-bar").hidden = !open;
    part(".player-open").hidden = open;
    part(".player-open").setAttribute("aria-expanded", String(open));
    part(".player-notes").replaceChildren();
    panel().classList.toggle("open", open);
  }

  function say(lines) {
    part(".player-notes").replaceChildren(...lines.map((line) => made("p", "", line)));
  }

  async function fetched() {
    const asked = new URLSearchParams(window.location.search);
    asked.set("step", chosen("step").value);
    asked.set("window", chosen("window").value);
    const answer = await fetch(`/frames.json?${asked}`);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function scrubber() {
    const place = part(".player-scrub");
    const range = place.querySelector("input") ?? made("input", "form-range");
    range.type = "range";
    range.min = 0;
    range.setAttribute("aria-label", panel().dataset.scrub);
    place.append(range);
    return range;
  }

  // Counts the frames and stands on the first or, where the pace was changed, on the one that ends when the last did.
  async function load() {
    const drawn = document.querySelector("#map .js-plotly-plot");
    if (!drawn?.data || !window.Plotly?.restyle) return;
    const before = play;
    const until = before?.values && before.values.frames[before.at].end;
    pause();
    say([panel().dataset.loading]);
    const mine = (play = { drawn, kept: before?.kept ?? keep(drawn), parts: before?.parts });
    try {
      mine.values = await fetched();
    } catch {
      if (play === mine) say([panel().dataset.failed]);
      return;
    }
    if (play !== mine) return;
    say(mine.values.notes);
    for (const name of ["step", "window"]) chosen(name).closest("label").hidden = mine.values.judged;
    begin(mine, until);
  }

  function begin(mine, until) {
    const { frames } = mine.values;
    for (const act of ["back", "play", "on", "ask"]) part(`[data-player="${act}"]`).disabled = !frames.length;
    clear();
    if (!frames.length) return void restyle(mine.drawn, mine.kept);
    mine.scrub = scrubber();
    mine.scrub.max = frames.length - 1;
    mine.legend = legend(mine.values);
    mine.heading = made("p", "player-heading");
    mine.band = made("div", "player-band");
    document.getElementById("map-box").append(mine.legend);
    document.getElementById("headline")?.prepend(mine.heading);
    document.querySelector("#trend .js-plotly-plot")?.append(mine.band);
    document.documentElement.dataset.playing = "true";
    const same = frames.findIndex((frame) => until && frame.end >= until);
    if (until || still()) return void show(same < 0 ? frames.length - 1 : same);
    show(0);
    run();
  }

  function clear() {
    delete document.documentElement.dataset.playing;
    for (const each of document.querySelectorAll(".player-legend, .player-heading, .player-band")) each.remove();
  }

  // ``put back`` what the address asks for, unless its own answer is on the way and brings everything but the shapes.
  function close(putBack) {
    if (!play) return;
    pause();
    const { drawn, kept, values, shown } = play;
    play = undefined;
    clear();
    if (panel()) unfold(false);
    const cells = values?.polygons && kept[AREAS].geojson !== values.polygons;
    if (drawn.isConnected && shown !== undefined && (putBack || cells)) restyle(drawn, kept);
  }

  const acts = {
    open() {
      unfold(true);
      part(".player-button.play").focus();
      load();
    },
    close() {
      close(true);
      part(".player-open").focus();
    },
    play: () => (play.timer === undefined ? run() : pause()),
    back: () => step(-1),
    on: () => step(1),
    ask() {
      const { query } = play.values.frames[play.at];
      if (query === window.location.search) acts.close();
      else window.dash_clientside.set_props("url", { search: query });
    },
  };

  function step(by) {
    pause();
    show(play.at + by);
    announce();
  }

  document.addEventListener("click", (event) => {
    const act = event.target.closest?.("[data-player]")?.dataset.player;
    if (act && (act === "open" || act === "close" || play?.values)) acts[act]();
  });

  document.addEventListener("input", (event) => {
    if (!play?.scrub || event.target !== play.scrub) return;
    pause();
    show(Number(play.scrub.value));
  });

  document.addEventListener("change", (event) => {
    const choice = event.target.dataset?.playerChoice;
    if (play && (choice === "step" || choice === "window")) load();
  });

  // Before anybody else: while something is played, Esc ends that and nothing else.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !play) return;
      event.stopImmediatePropagation();
      acts.close();
    },
    true,
  );

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.diemnong = window.dash_clientside.diemnong || {};
  window.dash_clientside.diemnong.endPlay = () => {
    close(false);
    return undefined;
  };
})();
