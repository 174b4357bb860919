// Writing: Enter sends, what was typed stays until the server has it.
document.addEventListener("pane", ({ detail: { signal } }) => {
  const form = document.getElementById("composer");
  if (!form) return;
  const text = form.elements.body;
  const key = form.elements.form_key;
  const problem = document.getElementById("composer-problem");
  const name = `draft-${form.elements.author.value}-${form.dataset.participant}`;
  const onGlass = matchMedia("(pointer: coarse)"); // where Enter is the only way to a new line

  const grow = () => {
    if (CSS.supports("field-sizing", "content")) return;
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
  };
  const keep = () => {
    const typed = { body: text.value, key: key.value };
    if (typed.body) sessionStorage.setItem(name, JSON.stringify(typed));
    else sessionStorage.removeItem(name);
    grow();
  };
  const say = (words) => {
    problem.textContent = words;
  };

  // What was typed here is worth more than what the server only suggests, which is not kept.
  const draft = JSON.parse(sessionStorage.getItem(name) || "null");
  const suggested = "suggested" in form.dataset;
  if (draft && draft.key === form.dataset.sent) sessionStorage.removeItem(name);
  else if (draft && (suggested || !text.value)) text.value = draft.body;
  if (suggested && !sessionStorage.getItem(name)) grow();
  else keep();

  // What the assistant was about to say comes after what is being written, once.
  document.addEventListener("click", (event) => {
    const offer = event.target.closest("[data-draft]");
    if (!offer) return;
    event.preventDefault();
    const words = offer.dataset.draft;
    if (!text.value.includes(words)) {
      text.value = [text.value.trim(), words].filter(Boolean).join("\n\n");
    }
    say("");
    keep();
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  }, { signal });

  text.addEventListener("input", () => {
    say("");
    keep();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || onGlass.matches) return;
    event.preventDefault();
    if (text.value.trim() || form.elements.files.files.length) form.requestSubmit();
  });

  let sent = "";
  form.addEventListener("htmx:beforeRequest", () => {
    sent = text.value;
  });
  form.addEventListener("sent", (event) => {
    // What was typed since it was sent is the beginning of the next one.
    text.value = text.value.startsWith(sent) ? text.value.slice(sent.length) : text.value;
    key.value = event.detail.form_key;
    say("");
    keep();
    document.dispatchEvent(new CustomEvent("wrote"));
    window.htmx.trigger(document.body, "stale");
  });
  form.addEventListener("refused", (event) => {
    key.value = event.detail.form_key ?? key.value;
    say(event.detail.problem);
    keep();
    text.focus();
  });
  // What was said of who holds it is over once something was done about it.
  document.getElementById("actions")?.addEventListener("htmx:afterOnLoad", () => say(""));
  // The key stays: what the server may have got after all is not sent twice.
  form.addEventListener("htmx:sendError", () => say(form.dataset.offline));
});
