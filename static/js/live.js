// While the event stream is down, fragments ask again by themselves, slowly, if anybody looks.
(() => {
  const POLL_MS = 15000;
  let streaming = false;
  document.addEventListener("htmx:sseOpen", () => { streaming = true; });
  document.addEventListener("htmx:sseError", () => { streaming = false; });
  document.addEventListener("htmx:sseClose", () => { streaming = false; });
  setInterval(() => {
    if (!streaming && document.visibilityState === "visible" && window.htmx) {
      window.htmx.trigger(document.body, "stale");
    }
  }, POLL_MS);

  // A thread is read at its end.
  const toTheEnd = (thread) => { thread.scrollTop = thread.scrollHeight; };
  document.querySelectorAll(".thread").forEach(toTheEnd);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.classList.contains("thread")) toTheEnd(event.target);
  });
})();
