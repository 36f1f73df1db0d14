// What the program's own pages send along, so that no other site can ask in somebody's name (Dash does so by itself),
// and the way out: the session ends on the server before the door is shown.
(function () {
  "use strict";
  const diemnong = (window.diemnong = window.diemnong || {});
  diemnong.ownHeaders = () => {
    const told = document.cookie.split("; ").find((each) => each.startsWith("_csrf_token="));
    return told ? { "X-CSRFToken": told.slice(12) } : {};
  };

  document.addEventListener("click", async (event) => {
    if (!event.target.closest("#sign-out")) return;
    const answer = await fetch("/logout", { method: "POST", headers: diemnong.ownHeaders() }).catch(() => null);
    if (answer && (answer.ok || answer.status === 401)) location.assign(`/login?lang=${document.documentElement.lang}`);
  });
})();
