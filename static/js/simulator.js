// The phone: read at its end, Enter sends, what was sent leaves the field.
(() => {
  const form = document.getElementById("write");
  const screen = document.querySelector(".phone-screen");
  if (!form) return;
  const field = form.elements.body;

  // A chosen file is sent by htmx; without it, by the browser.
  const attached = document.getElementById("attached");
  if (!window.htmx) attached.addEventListener("change", () => attached.form.requestSubmit());

  // Who has scrolled up to read is left there.
  let atTheEnd = true;
  const follow = () => {
    if (atTheEnd) screen.scrollTop = screen.scrollHeight;
  };
  screen.addEventListener("scroll", () => {
    atTheEnd = screen.scrollHeight - screen.scrollTop - screen.clientHeight < 48;
  }, { passive: true });
  screen.addEventListener("htmx:afterSwap", follow);
  new ResizeObserver(follow).observe(screen);
  follow();

  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const sent = event.detail.requestConfig.parameters.body;
    if (event.detail.xhr.status === 200 && event.target === form && field.value.startsWith(sent)) {
      field.value = field.value.slice(sent.length); // what was typed meanwhile begins the next
      screen.querySelectorAll("[name=quoted]").forEach((each) => { each.checked = false; });
      atTheEnd = true;
      follow();
    }
  });
})();
