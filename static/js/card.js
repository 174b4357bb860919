// The person beside a conversation: a number to copy, forms that open in their place, and, where
// there is no column for it, a sheet over the conversation.
(() => {
  const card = () => document.getElementById("card");

  const copy = async (words) => navigator.clipboard.writeText(words);
  // Over plain http a browser gives no clipboard, and copies only what is marked.
  const copyAsMarked = (words, button) => {
    const field = document.createElement("textarea");
    field.className = "unseen";
    field.value = words;
    button.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  };
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy]");
    if (!button) return;
    await copy(button.dataset.copy).catch(() => copyAsMarked(button.dataset.copy, button));
    const detail = { value: button.dataset.copied };
    document.dispatchEvent(new CustomEvent("toast", { detail }));
  });

  // A form keeps what it was opened with, whatever is shown meanwhile: by that the server sees
  // that somebody else was faster. Once the server has said so, it is what stands there now.
  const opened = new WeakMap();
  const seen = (form) => form.elements.seen?.value;
  let isBehind = false;
  document.addEventListener(
    "toggle",
    ({ target }) => {
      const form = target.matches(".card-row") && target.querySelector("form");
      if (!form) return;
      if (!target.open) {
        opened.delete(form);
        if (isBehind) htmx.trigger(document.body, "stale");
        return;
      }
      opened.set(form, seen(form));
      form.querySelector(".input")?.focus();
    },
    true,
  );
  // What was refused stands there with the reason until it is sent again or put away; what changes
  // meanwhile is fetched then.
  document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
    if (target !== card()) return;
    isBehind =
      detail.requestConfig.verb === "get" &&
      Boolean(target.querySelector(".card-row[open] .problem"));
    if (isBehind) detail.shouldSwap = false;
  });
  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    const was = opened.get(target);
    if (was === undefined) return;
    if (detail.parameters.set) detail.parameters.set("seen", was);
    else detail.parameters.seen = was;
  });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (!target.closest?.("#card") || !target.matches("form")) return;
    if (detail.xhr.status >= 400 || !detail.xhr.status) {
      if (opened.has(target)) opened.set(target, seen(target)); // it has been swapped by now
      return;
    }
    // It is kept: the form is as it would be opened, and closed.
    opened.delete(target);
    target.reset();
    const row = target.closest("details");
    if (!row || row.matches(".card-part")) return;
    row.open = false;
    row.querySelector("summary").focus({ preventScroll: true });
  });

  // What is offered while a tag is typed: by what stands there, a moment after it was typed.
  const WAIT_MS = 200;
  let waits = 0;
  const offer = async (input) => {
    const address = `${input.dataset.known}?${new URLSearchParams({ name: input.value })}`;
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && !answer.redirected) input.list.innerHTML = await answer.text();
  };
  for (const name of ["focusin", "input"]) {
    document.addEventListener(name, ({ target }) => {
      if (!target.matches?.("[data-known]")) return;
      clearTimeout(waits);
      waits = setTimeout(() => offer(target), WAIT_MS);
    });
  }

  // The sheet. Without this script the same is a page.
  let from = null;
  const behind = () => document.querySelectorAll(".pane > .reading, .pane > .composer");
  const shut = () => {
    const sheet = card();
    if (!sheet?.classList.contains("is-sheet")) return;
    sheet.classList.remove("is-sheet");
    for (const each of behind()) each.inert = false;
    from?.focus();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shut]")) return shut();
    const link = event.target.closest("a.to-plan");
    const sheet = card();
    if (!link || !sheet || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    from = link.closest("details")?.querySelector("summary") ?? link;
    link.closest("details")?.removeAttribute("open");
    sheet.classList.add("is-sheet");
    for (const each of behind()) each.inert = true;
    sheet.focus();
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && shut());
  // To a message that is named, the conversation is what one wants to see.
  document.addEventListener("click", ({ target }) => target.closest("#card a[href]") && shut());
})();
