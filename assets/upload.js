// Sends a chosen or dropped file to the server and shows how far it is. What is in the file the server says.
(function () {
  "use strict";

  const part = (name) => document.getElementById(name);
  let sending;

  function say(text, share) {
    const bar = part("upload-bar");
    const message = part("upload-message");
    if (message) message.textContent = text;
    if (bar) {
      bar.hidden = part("upload-cancel").hidden = share === undefined;
      bar.value = share || 0;
    }
  }

  // The page may have been left meanwhile: then the file waits for whoever comes back to it.
  function keep(token, store) {
    if (document.querySelector(`[data-store="${store}"]`)) window.dash_clientside.set_props(store, { data: token });
    else sessionStorage.setItem(store, JSON.stringify(token));
  }

  function send(files) {
    const place = part("upload-drop");
    if (!place || !files.length || sending) return;
    const words = place.dataset;
    if (files.length > 1) {
      say(words.one);
      return;
    }
    const file = files[0];
    if (file.size > Number(words.largest)) {
      say(words.tooLarge);
      return;
    }
    const language = document.documentElement.lang;
    sending = new XMLHttpRequest();
    sending.open("POST", `${words.to}?lang=${language}&name=${encodeURIComponent(file.name)}`);
    const own = { "X-Diem-Nong": "upload", ...window.diemnong.ownHeaders() };
    for (const [name, value] of Object.entries(own)) sending.setRequestHeader(name, value);
    sending.setRequestHeader("Content-Type", "application/octet-stream");
    sending.upload.onprogress = (event) => say(`${words.sending} ${file.name}`, event.loaded / (event.total || file.size));
    const request = sending;
    const finish = (text) => {
      sending = undefined;
      say(text);
    };
    sending.onerror = () => finish(words.failed);
    sending.onload = () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = {};
      }
      const token = request.status === 200 ? answer.token : undefined;
      finish(token ? "" : answer.message || words.failed);
      if (token) keep(token, words.store);
    };
    say(`${words.sending} ${file.name}`, 0);
    sending.send(file);
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#upload-choose")) return;
    const field = document.createElement("input");
    field.type = "file";
    field.accept = part("upload-drop").dataset.accept;
    field.onchange = () => send(field.files);
    field.click();
  });

  // On its way it is stopped here; while it is read, the server throws away what the page no longer holds.
  document.addEventListener("click", (event) => {
    const place = event.target.closest?.("[data-upload-cancel]") && part("upload-drop");
    if (!place) return;
    if (!sending) return keep(null, place.dataset.store);
    sending.abort();
    sending = undefined;
    say(place.dataset.cancelled);
  });

  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const place = event.target.closest?.("#upload-drop");
      if (!part("upload-drop")) return;
      event.preventDefault(); // a file dropped beside the field must not take the page's place
      part("upload-drop").classList.toggle("over", Boolean(place) && kind === "dragover");
      if (place && kind === "drop") send(event.dataTransfer.files);
    });
  }
})();
