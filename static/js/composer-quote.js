// What is replied to stands above the text, with a cross, and is still there after a reload.
document.addEventListener("pane", ({ detail: { signal } }) => {
  const form = document.getElementById("composer");
  const strip = document.getElementById("composer-quote");
  if (!form || !strip) return;
  const field = form.elements.quote;
  const parts = ["speaker", "line"].map((name) => [name, strip.querySelector(`[data-${name}]`)]);
  const name = `quote-${form.elements.author.value}-${form.dataset.participant}`;

  const show = (quote) => {
    field.value = quote?.id ?? "";
    for (const [part, element] of parts) element.textContent = quote?.[part] ?? "";
    strip.hidden = !quote;
    if (quote) sessionStorage.setItem(name, JSON.stringify(quote));
    else sessionStorage.removeItem(name);
  };
  const kept = JSON.parse(sessionStorage.getItem(name) || "null");
  if (kept && kept.key === form.dataset.sent) sessionStorage.removeItem(name);
  else if (kept && !field.value) show(kept);

  document.addEventListener("click", (event) => {
    const reply = event.target.closest("[data-quote]");
    if (!reply || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { quote: id, speaker, line } = reply.dataset;
    show({ id, speaker, line, key: form.elements.form_key.value });
    form.elements.body.focus();
  }, { signal });
  document.getElementById("unquote").addEventListener("click", (event) => {
    event.preventDefault();
    show(null);
    form.elements.body.focus();
  });
  strip.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    show(null);
    form.elements.body.focus();
  });
  let sent = "";
  form.addEventListener("htmx:beforeRequest", () => {
    sent = field.value;
  });
  form.addEventListener("sent", () => {
    if (field.value === sent) show(null);
  });
});
