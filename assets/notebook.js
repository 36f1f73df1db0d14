// The notebook: Enter saves what a form holds, a link in the list closes the list, a chosen file is read here.
(function () {
  "use strict";

  document.addEventListener("keydown", (event) => {
    const form = event.key === "Enter" && event.target.closest?.(".notebook-form");
    if (!form || event.target.closest("button") || event.isComposing) return;
    if (event.target.tagName === "TEXTAREA" && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    // Dash hears of the last letters only once the field has told it.
    setTimeout(() => form.querySelector(".act.first")?.click());
  });

  // A name is proposed: whoever types one of their own replaces it.
  document.addEventListener("focusin", (event) => {
    // The field has its focus before its text.
    if (event.target.matches?.(".notebook-form input[type=text]")) setTimeout(() => event.target.select());
  });

  document.addEventListener("click", (event) => {
    const list = event.target.closest?.(".saved-list a")?.closest("details");
    if (list) setTimeout(() => (list.open = false));
    const button = event.target.closest?.("#notebook-choose");
    if (button) choose(button.dataset);
  });

  let chosen = 0;

  function choose(told) {
    const field = document.createElement("input");
    field.type = "file";
    field.accept = ".json,application/json";
    field.onchange = async () => {
      const file = field.files[0];
      if (!file) return;
      const text = file.size > Number(told.largest) ? undefined : await file.text();
      chosen += 1; // the same file chosen again is read again
      if (text === undefined) document.getElementById("notebook-file-shown").textContent = told.tooLarge;
      else window.dash_clientside.set_props("notebook-file", { data: { text, chosen } });
    };
    field.click();
  }
})();
