// The show: turns the slides, fetches the next ones ahead, keys and remotes, full screen, the speaker's own window.
(function () {
  "use strict";

  const PIN = "diemnong.pin"; // the generation of the show under way, for this tab only
  const SPEAKER = "diemnong-speaker";
  const AHEAD = [0, 1, 2, -1]; // fetched around the slide that is shown, in this order
  const RESTS = 3000; // ms without a move
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("diemnong.show") : null;
  const deck = () => document.getElementById("deck");
  const last = () => Number(deck().dataset.slides);
  const slideOf = (n) => deck()?.querySelector(`.slide[data-n="${n}"]`);
  const shape = () => Math.round((100 * window.innerWidth) / window.innerHeight) / 100;
  const write = (id, props) => window.dash_clientside.set_props(id, props);
  const isSpeaker = () => window.name === SPEAKER;

  let wanted = new Map(); // slide -> the window's shape for which it was asked
  let shownAt = 0;
  let begun = 0;
  let typed = "";

  const pin = () => {
    try {
      return JSON.parse(sessionStorage.getItem(PIN));
    } catch {
      return null;
    }
  };

  // --- which slide -------------------------------------------------------------------------------------------------
  const asked = () => Number(new URLSearchParams(location.search).get("slide")) || 0;

  function go(n, told) {
    const to = Math.min(Math.max(n, 1), last());
    if (!told) channel?.postMessage({ slide: to });
    if (to === asked()) return;
    const query = new URLSearchParams(location.search);
    query.set("slide", to);
    turn(to); // at once; the address follows
    write("url", { search: `?${query}` });
  }

  function leave() {
    channel?.postMessage({ slide: 0 });
    if (isSpeaker()) return window.close();
    const query = new URLSearchParams(location.search);
    query.delete("slide");
    write("url", { search: `?${query}` });
  }

  function turn(n) {
    if (n === shownAt && !slideOf(n).hidden) return;
    shownAt = n;
    for (const slide of deck().querySelectorAll(".slide")) slide.hidden = Number(slide.dataset.n) !== n;
    deck().dataset.at = n;
    deck().querySelector(".progress").style.width = `${(100 * n) / last()}%`;
    document.getElementById("page-of").textContent = `${n}/${last()}`;
    tellTitle();
    fetchAround(n);
  }

  function tellTitle() {
    const slide = slideOf(shownAt);
    const title = slide?.querySelector("h1")?.textContent || "";
    const said = document.getElementById("said");
    if (said.textContent !== title) said.textContent = title;
    if (title) document.title = `${shownAt}/${last()} ${title}`;
    const next = slideOf(shownAt + 1)?.querySelector("h1")?.textContent || "";
    deck().dataset.then = shownAt === last() ? deck().dataset.last : deck().dataset.next.replace("{title}", next || "…");
  }

  // --- slides are made by the server, one after the other, the one that is waited for first -------------------------
  function fetchAround(n) {
    for (const step of AHEAD) {
      const at = n + step;
      const slide = slideOf(at);
      if (!slide || wanted.get(at) === shape()) continue;
      // One at a time, so that the slide on the wall never waits for one that nobody sees yet.
      if (step !== 0 && (!slideOf(n)?.childElementCount || underWay())) return;
      wanted.set(at, shape());
      write({ type: "slide-wanted", n: at }, { data: { n: at, shape: shape(), pin: pin() } });
      if (step === 0 && !slide.childElementCount) return;
    }
  }

  const underWay = () => [...wanted.keys()].some((n) => slideOf(n) && !slideOf(n).childElementCount);

  function arrived() {
    for (const place of deck().querySelectorAll(".drawing[data-drawing]")) {
      if (place.drawn === place.dataset.drawing) continue;
      place.drawn = place.dataset.drawing;
      const drawn = new DOMParser().parseFromString(place.drawn, "image/svg+xml").documentElement;
      if (drawn.nodeName === "svg") place.replaceChildren(document.importNode(drawn, true));
    }
    for (const held of deck().querySelectorAll(".pin[data-generation]")) {
      const told = { generation: Number(held.dataset.generation), since: held.dataset.since };
      const before = pin();
      if (before?.generation === told.generation) continue;
      // The first slide says which data the show holds; a server that lost them says which it has now.
      sessionStorage.setItem(PIN, JSON.stringify(told));
      if (!before) continue;
      wanted = new Map([[Number(held.closest(".slide").dataset.n), shape()]]);
      break;
    }
    tellTitle();
    fetchAround(shownAt);
  }

  // --- keys, remotes, mouse, fingers ---------------------------------------------------------------------------------
  const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "n", "N"];
  const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace", "p", "P"];
  const shownBox = (id) => !document.getElementById(id).hidden;
  const toggle = (id, on) => (document.getElementById(id).hidden = !(on ?? document.getElementById(id).hidden));

  function type(text) {
    typed = text;
    const box = document.getElementById("typed");
    box.textContent = typed;
    box.hidden = !typed;
  }

  function full() {
    if (document.fullscreenElement) return document.exitFullscreen();
    return document.documentElement.requestFullscreen?.().catch(() => {});
  }

  function shade() {
    const query = new URLSearchParams(location.search);
    query.set("theme", query.get("theme") === "dark" ? "light" : "dark");
    write("url", { search: `?${query}` });
  }

  function speak() {
    if (!isSpeaker()) window.open(location.href, SPEAKER, "width=1100,height=720");
  }

  const ACTS = { next: () => go(shownAt + 1), back: () => go(shownAt - 1), full, keys: () => toggle("keys") };

  function pressKey(key) {
    if (shownBox("blank")) return toggle("blank", false);
    if (shownBox("keys")) return toggle("keys", false);
    if (/^[0-9]$/.test(key)) return type((typed + key).slice(-2));
    const number = Number(typed);
    if (typed) type("");
    if (key === "Enter") return go(number || shownAt + 1);
    if (key === "Escape") return number ? undefined : leave();
    if (NEXT.includes(key)) return go(shownAt + 1);
    if (BACK.includes(key)) return go(shownAt - 1);
    if (key === "Home") return go(1);
    if (key === "End") return go(last());
    if (key === "b" || key === "B" || key === ".") return toggle("blank", true);
    if (key === "f" || key === "F") return full();
    if (key === "t" || key === "T") return shade();
    if (key === "s" || key === "S") return speak();
    if (key === "?") return toggle("keys", true);
    return false; // not ours
  }

  document.addEventListener("keydown", (event) => {
    if (!deck() || event.ctrlKey || event.altKey || event.metaKey) return;
    const button = event.target.closest?.("button");
    if (button && (event.key === " " || event.key === "Enter") && !typed) return; // it is pressed
    if (event.key === "Escape" && document.fullscreenElement) return; // the browser leaves full screen
    if (pressKey(event.key) !== false) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const start = event.target.closest?.("[data-full]");
    if (start) full();
    if (event.target.closest?.("#unpin")) {
      sessionStorage.removeItem(PIN);
      write("pinned", { data: null });
    }
    if (!deck()) return;
    const act = event.target.closest?.("[data-show]")?.dataset.show;
    if (act) return void ACTS[act]();
    if (shownBox("blank") || shownBox("keys")) return void (toggle("blank", false), toggle("keys", false));
    if (!event.target.closest?.(".slide") || String(getSelection())) return;
    const across = event.clientX / window.innerWidth;
    if (across > 0.85) go(shownAt + 1);
    if (across < 0.15) go(shownAt - 1);
  });

  // Buttons and pointer go where nobody moves the mouse, so that the room looks at the map; Tab brings them too.
  let rests = 0;
  function wake() {
    clearTimeout(rests);
    deck()?.classList.remove("calm");
    rests = setTimeout(() => deck()?.classList.add("calm"), RESTS);
  }
  for (const kind of ["pointermove", "pointerdown"]) document.addEventListener(kind, wake, { passive: true });

  let touch = null;
  document.addEventListener("touchstart", (event) => (touch = deck() && event.touches.length === 1 ? event.touches[0] : null), { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!touch || !deck()) return;
    const { clientX, clientY } = event.changedTouches[0];
    const [x, y] = [clientX - touch.clientX, clientY - touch.clientY];
    touch = null;
    if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) go(shownAt + (x < 0 ? 1 : -1));
  });

  channel?.addEventListener("message", ({ data }) => {
    if (!deck() || !Number.isInteger(data?.slide)) return;
    if (data.slide > 0) return go(data.slide, true);
    if (isSpeaker()) window.close();
  });

  // --- the page ------------------------------------------------------------------------------------------------------
  let deckBefore = null;
  let scriptBefore = null;

  function follow() {
    const now = deck();
    if (now !== deckBefore) {
      deckBefore = now;
      wanted = new Map();
      shownAt = 0;
      if (now) {
        begun = begun || Date.now();
        now.classList.toggle("speaker", isSpeaker());
        document.activeElement?.blur?.();
        wake();
      }
    }
    if (now) {
      const at = Math.min(asked(), last());
      if (at > 0) turn(at);
      arrived();
      return;
    }
    // The page of the script says whether there are newer data than those of a show that was left.
    const script = document.getElementById("script");
    if (script === scriptBefore) return;
    scriptBefore = script;
    begun = 0;
    if (script && pin()) setTimeout(() => write("pinned", { data: pin() }));
  }

  let soon = 0;
  new MutationObserver((changes) => {
    const ours = (node) => node.nodeType === 1 && !node.closest?.(".drawing, .deck-foot, #said");
    if (soon || !changes.some((change) => ours(change.target))) return;
    soon = requestAnimationFrame(() => {
      soon = 0;
      follow();
    });
  }).observe(document, { childList: true, subtree: true });

  window.addEventListener("popstate", () => deck() && setTimeout(follow));
  let resized = 0;
  window.addEventListener("resize", () => {
    if (!deck()) return;
    clearTimeout(resized);
    resized = setTimeout(() => deck() && fetchAround(shownAt), 300);
  });

  const two = (n) => String(n).padStart(2, "0");
  setInterval(() => {
    const clock = document.getElementById("clock");
    if (!clock) return;
    const now = new Date();
    clock.textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
    const seconds = Math.round((now - begun) / 1000);
    document.getElementById("elapsed").textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  }, 500);
})();
