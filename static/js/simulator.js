// The phone: read at its end, Enter sends, what was sent leaves the field.
(() => {
  const form = document.getElementById("write");
  const screen = document.querySelector(".phone-screen");
  if (!form) return;
  const field = form.elements.body;
  const toTheEnd = () => { screen.scrollTop = screen.scrollHeight; };
  toTheEnd();

  // Who has scrolled up to read is left there.
  let atTheEnd = true;
  screen.addEventListener("htmx:beforeSwap", () => {
    atTheEnd = screen.scrollHeight - screen.scrollTop - screen.clientHeight < 48;
  });
  screen.addEventListener("htmx:afterSwap", () => { if (atTheEnd) toTheEnd(); });

  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const sent = event.detail.requestConfig.parameters.body;
    if (event.detail.xhr.status === 200 && event.target === form && field.value === sent) {
      field.value = "";
      atTheEnd = true;
    }
  });
})();
