// Says that the server is gone when a request is not answered, and takes it back when one is.
(function () {
  "use strict";

  const words = {
    vi: "Mất kết nối với máy chủ. Những gì đang hiển thị có thể đã cũ; kiểm tra chương trình rồi tải lại trang.",
    en: "The server does not answer. What you see may be out of date; check the program, then reload the page.",
  };
  const fetchAsBefore = window.fetch;
  window.fetch = async (...request) => {
    const offline = document.getElementById("offline");
    try {
      const answer = await fetchAsBefore(...request);
      if (offline) offline.hidden = true;
      return answer;
    } catch (error) {
      if (offline && error.name !== "AbortError") {
        offline.textContent = words[document.documentElement.lang] || words.vi;
        offline.hidden = false;
      }
      throw error;
    }
  };
})();
