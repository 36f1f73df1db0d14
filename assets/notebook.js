// The notebook: Enter saves what a form holds, a link in the list closes the list.
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

  // A name is proposed: whoever types one of their own replaces it, from its first letter on.
  let typing = false;
  document.addEventListener("keydown", () => (typing = true), true);
  document.addEventListener("focusin", (event) => {
    typing = false;
    // The field has its focus before its text.
    if (event.target.matches?.(".notebook-form input[type=text]")) setTimeout(() => typing || event.target.select());
  });

  document.addEventListener("click", (event) => {
    const list = event.target.closest?.(".saved-list a")?.closest("details");
    if (list) setTimeout(() => (list.open = false));
  });
})();
