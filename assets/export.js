// The menu of exports: what is pressed is begun, followed and saved; the link of the view is copied.
(function () {
  "use strict";

  const HELD = "diemnong-exports"; // tokens under way, so that another page of the dashboard follows them on
  const headers = () => ({ "X-Diem-Nong": "export", ...window.diemnong.ownHeaders() });
  const QUICK_MS = 250;
  const CALM_MS = 1000;
  const PATIENCE = 5; // answers that may fail to come, one after the other
  const SHOWN_MS = 12000;

  const jobs = new Map(); // token -> { token, name, lang, told, line }
  const named = (text, name) => text.replace("{name}", name);

  function place() {
    let list = document.getElementById("exports-under-way");
    if (!list) {
      list = document.createElement("div");
      list.id = "exports-under-way";
      list.setAttribute("role", "status");
      document.body.append(list);
    }
    return list;
  }

  function remember() {
    const kept = [...jobs.values()].map(({ token, name, lang, told }) => ({ token, name, lang, told }));
    try {
      sessionStorage.setItem(HELD, JSON.stringify(kept.filter((job) => job.token)));
    } catch {
      // a browser that keeps nothing: the next page will not follow
    }
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "pick";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  // One line: words, buttons, and a bar while it is under way.
  function draw(job, words, acts, bar) {
    const said = document.createElement("p");
    said.textContent = words;
    const row = document.createElement("div");
    row.className = "acts";
    row.append(...acts);
    const within = [said, row];
    if (bar) {
      job.bar = document.createElement("progress");
      job.bar.setAttribute("aria-label", words);
      within.push(job.bar);
    }
    job.line.replaceChildren(...within);
  }

  function leave(job) {
    job.gone = true;
    jobs.delete(job.token);
    remember();
    job.line.remove();
  }

  function fail(job, words) {
    if (job.gone) return;
    jobs.delete(job.token);
    remember();
    job.line.classList.add("failed");
    draw(job, `${named(job.told.failed, job.name)} ${words}`, [button(job.told.close, () => leave(job))]);
  }

  function save(job) {
    const link = document.createElement("a");
    link.href = `/export/jobs/${job.token}`;
    link.download = "";
    document.body.append(link);
    link.click();
    link.remove();
  }

  function finish(job, file) {
    jobs.delete(job.token);
    remember();
    save(job);
    job.line.dataset.saved = file;
    draw(job, named(job.told.saved, job.name), [
      button(job.told.again, () => save(job)),
      button("×", () => leave(job)),
    ]);
    job.line.querySelector("button:last-child").setAttribute("aria-label", job.told.close);
    setTimeout(() => job.line.matches(":hover, :focus-within") || leave(job), SHOWN_MS);
  }

  async function cancel(job) {
    leave(job);
    if (job.token) await fetch(`/export/jobs/${job.token}/cancel`, { method: "POST", headers: headers() }).catch(() => {});
  }

  const pause = (ms) => new Promise((go) => setTimeout(go, ms));

  async function follow(job) {
    let missed = 0;
    for (let asked = 0; !job.gone; asked++) {
      await pause(asked < 20 ? QUICK_MS : CALM_MS);
      if (job.gone) return;
      let now;
      try {
        const answer = await fetch(`/export/jobs/${job.token}.json?lang=${job.lang}`, { cache: "no-store" });
        if (answer.status === 404) return fail(job, job.told.lost);
        now = await answer.json();
        missed = 0;
      } catch {
        if (++missed > PATIENCE) return fail(job, job.told.lost);
        continue;
      }
      if (job.gone) return;
      if (now.of) Object.assign(job.bar, { max: now.of, value: now.done });
      if (now.phase === "ready") return finish(job, now.name);
      if (now.phase === "failed") return fail(job, now.error);
      if (now.phase === "cancelled") return leave(job);
    }
  }

  function show(job) {
    job.line = document.createElement("div");
    job.line.className = "export-job";
    place().append(job.line);
    place().setAttribute("aria-label", job.told.underWay);
    draw(job, named(job.told.waiting, job.name), [button(job.told.cancel, () => cancel(job))], true);
  }

  async function begin(href, name, told) {
    const job = { token: "", name, told, lang: document.documentElement.lang };
    show(job);
    try {
      const answer = await fetch(href, { method: "POST", headers: headers() });
      if (!answer.ok) return fail(job, answer.headers.get("Content-Type")?.startsWith("text/plain") ? await answer.text() : told.lost);
      job.token = (await answer.json()).token;
    } catch {
      return fail(job, told.lost);
    }
    if (job.gone) return cancel(job); // called off before it had a token
    jobs.set(job.token, job);
    remember();
    follow(job);
  }

  async function copy(pressed) {
    const link = location.origin + pressed.dataset.copyLink;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      const field = document.createElement("textarea"); // older browsers, and those that were not allowed
      field.value = link;
      pressed.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      pressed.focus();
    }
    pressed.querySelector("span").textContent = pressed.dataset.copied;
    pressed.setAttribute("aria-live", "polite");
  }

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.(".export-item");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (pressed.dataset.copyLink) return void copy(pressed);
    if (!pressed.dataset.export) return;
    event.preventDefault();
    const menu = pressed.closest("details");
    begin(pressed.getAttribute("href"), pressed.dataset.export, { ...menu.dataset });
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  document.addEventListener("DOMContentLoaded", () => {
    let kept = [];
    try {
      kept = JSON.parse(sessionStorage.getItem(HELD) || "[]");
    } catch {
      // nothing was kept
    }
    for (const job of kept) {
      jobs.set(job.token, job);
      show(job);
      follow(job);
    }
  });
})();
