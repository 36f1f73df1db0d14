// A small file is chosen and read here; its text goes to the store that the button names (components/chooser.py).
(function () {
  "use strict";

  let chosen = 0;

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-chooses]");
    if (button) choose(button.dataset);
  });

  function choose(told) {
    const field = document.createElement("input");
    field.type = "file";
    field.accept = ".json,application/json";
    field.onchange = async () => {
      const file = field.files[0];
      if (!file) return;
      const write = window.dash_clientside.set_props;
      if (file.size > Number(told.largest)) return write(told.said, { children: told.tooLarge });
      chosen += 1; // the same file chosen again is read again
      write(told.chooses, { data: { text: await file.text(), chosen } });
    };
    field.click();
  }
})();
