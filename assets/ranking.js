// Tables that are sorted by pressing a column's head, walked by arrow keys, and opened over the page. Asks for nothing.
(function () {
  "use strict";

  const orders = new Map(); // a table's name -> [column, direction] that a person chose; it outlives what Dash draws anew

  const bodyRows = (table) => [...table.tBodies[0].rows];
  const collator = () => new Intl.Collator(document.documentElement.lang || "vi", { numeric: true });

  // What has no value comes last whichever way; rows that are equal keep the order they came in.
  function sorted(table, column, direction) {
    const turn = direction === "ascending" ? 1 : -1;
    const compare = collator().compare;
    const keyed = bodyRows(table).map((row) => {
      const value = row.cells[column].dataset.sortValue ?? "";
      return { row, value, number: value === "" ? NaN : Number(value), place: Number(row.dataset.place) };
    });
    const numeric = keyed.every((each) => each.value === "" || !Number.isNaN(each.number));
    keyed.sort((one, other) => {
      if ((one.value === "") !== (other.value === "")) return one.value === "" ? 1 : -1;
      const apart = numeric ? one.number - other.number : compare(one.value, other.value);
      return turn * (apart || 0) || one.place - other.place;
    });
    return keyed.map((each) => each.row);
  }

  function order(table) {
    const chosen = orders.get(table.dataset.sortable);
    if (!chosen || !table.tBodies.length) return;
    const [key, direction] = chosen;
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex((head) => head.querySelector("button.sort")?.dataset.sort === key);
    if (column < 0) return; // a column that this question has not
    for (const [at, head] of heads.entries()) {
      if (at === column) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    }
    const wanted = sorted(table, column, direction);
    const present = bodyRows(table);
    if (wanted.some((row, at) => row !== present[at])) table.tBodies[0].append(...wanted);
  }

  function orderAll() {
    for (const table of document.querySelectorAll("table[data-sortable]")) order(table);
  }

  new MutationObserver((records) => {
    if (orders.size && records.some(({ target }) => target.closest?.("#ranking, #ranking-all, #page"))) orderAll();
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-sort-value"] });

  function choose(button) {
    const table = button.closest("table");
    const direction = button.closest("th").getAttribute("aria-sort");
    const other = direction === "ascending" ? "descending" : "ascending";
    orders.set(table.dataset.sortable, [button.dataset.sort, direction ? other : button.dataset.first]);
    order(table);
  }

  function close(dialog) {
    dialog.close();
    window.dash_clientside.set_props("ranking-all", { children: [] }); // what it shows must not flash up next time
  }

  document.addEventListener("click", (event) => {
    const sort = event.target.closest?.("button.sort");
    if (sort) choose(sort);
    const opener = event.target.closest?.("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const dialog = event.target.closest?.("dialog[open]");
    // Its own ground is what lies around the sheet; a name chosen is answered on the page below.
    if (dialog && (event.target === dialog || event.target.closest("[data-closes], a"))) close(dialog);
  });
  window.addEventListener("popstate", () => document.querySelectorAll("dialog[open]").forEach(close));

  // Escape closes what lies on top, and nothing below it hears of it.
  window.addEventListener(
    "keydown",
    (event) => {
      const dialog = event.key === "Escape" && document.querySelector("dialog[open]");
      if (!dialog) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      close(dialog);
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const link = step && event.target.closest?.("table[data-sortable] tbody a");
    if (!link) return;
    const links = [...link.closest("tbody").querySelectorAll("a")].filter((each) => each.checkVisibility());
    links[links.indexOf(link) + step]?.focus();
    event.preventDefault();
  });
})();
