// Says that the server is gone when a request is not answered, and takes it back when one is; that the session is over
// when the server knows nobody by it any more, with the way to the door and back to the same page.
(function () {
  "use strict";

  const words = {
    vi: {
      gone: "Mất kết nối với máy chủ. Những gì đang hiển thị có thể đã cũ; kiểm tra chương trình rồi tải lại trang.",
      over: "Phiên đăng nhập đã hết.",
      again: "Đăng nhập lại",
    },
    en: {
      gone: "The server does not answer. What you see may be out of date; check the program, then reload the page.",
      over: "Your session is over.",
      again: "Sign in again",
    },
  };
  const spoken = () => words[document.documentElement.lang] || words.vi;
  let isOver = false; // nothing on this page is answered any more

  function sayOver(offline) {
    const door = document.createElement("a");
    door.textContent = spoken().again;
    door.href = "#";
    // The address as it is when it is pressed: on this page the question may have changed since.
    door.addEventListener("click", (event) => {
      event.preventDefault();
      const here = encodeURIComponent(location.pathname + location.search);
      location.assign(`/login?lang=${document.documentElement.lang}&next=${here}`);
    });
    offline.replaceChildren(`${spoken().over} `, door);
    offline.hidden = false;
    isOver = true;
  }

  const fetchAsBefore = window.fetch;
  window.fetch = async (...request) => {
    const offline = document.getElementById("offline");
    try {
      const answer = await fetchAsBefore(...request);
      if (offline && answer.status === 401 && !isOver) sayOver(offline);
      if (offline && !isOver) offline.hidden = true;
      return answer;
    } catch (error) {
      if (offline && !isOver && error.name !== "AbortError") {
        offline.textContent = spoken().gone;
        offline.hidden = false;
      }
      throw error;
    }
  };
})();
