// Quick replies: a stroke and the beginning of a shortcut bring those that fit; one is chosen with
// the arrows and Enter, or with a click. The text stands in the composer, to be changed and sent.
document.addEventListener("pane", ({ detail: { signal } }) => {
  const form = document.getElementById("composer");
  const offer = document.getElementById("quick-replies");
  if (!form || !offer) return;
  const text = form.elements.body;
  const note = document.getElementById("quick-note");
  const options = () => [...offer.querySelectorAll("[role=option]")];
  const at = () => options().findIndex((each) => each.ariaSelected === "true");

  const point = (index) => {
    const all = options();
    const place = all.length ? (index + all.length) % all.length : -1;
    all.forEach((each, number) => each.setAttribute("aria-selected", String(number === place)));
    if (place < 0) text.removeAttribute("aria-activedescendant");
    else text.setAttribute("aria-activedescendant", all[place].id);
    all[place]?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    clearTimeout(asked);
    offer.hidden = true;
    offer.replaceChildren();
    text.removeAttribute("aria-activedescendant");
  };
  const ask = (source, swap) =>
    window.htmx?.ajax("GET", source, { source: offer, target: offer, swap });
  // The stroke alone was for the offer.
  const leave = () => {
    close();
    if (text.value !== "/") return;
    text.value = "";
    text.dispatchEvent(new Event("input"));
  };
  let asked = 0;
  const look = () => {
    clearTimeout(asked);
    const typed = new URLSearchParams({ body: text.value });
    asked = setTimeout(() => ask(`${offer.dataset.source}?${typed}`, "innerHTML"), 100);
  };
  const choose = (option) => ask(option.dataset.use, "none");

  text.setAttribute("aria-controls", offer.id);
  text.setAttribute("aria-autocomplete", "list");
  text.addEventListener("input", () => {
    note.textContent = "";
    if (/^\/[\p{L}\p{N}_-]*$/u.test(text.value)) look();
    else close();
  });
  offer.addEventListener("htmx:afterSwap", () => {
    // What was typed on since is no beginning of a shortcut any more.
    if (!text.value.startsWith("/")) return close();
    offer.hidden = false;
    point(0);
  });
  // Where nothing is written yet, the link offers them in place; else it leads to their page.
  const all = form.querySelector("[data-all-quick]");
  all?.addEventListener("click", (event) => {
    const isPlain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (text.value || !isPlain || !window.htmx) return;
    event.preventDefault();
    text.value = "/";
    text.focus();
    text.dispatchEvent(new Event("input"));
  });
  offer.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  // Before the composer's own keys: Enter chooses, and does not send.
  text.addEventListener("keydown", (event) => {
    if (offer.hidden || event.isComposing) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) point(at() + moves[event.key]);
    else if (["Enter", "Tab"].includes(event.key) && at() >= 0) choose(options()[at()]);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  offer.addEventListener("quick", ({ detail }) => {
    close();
    text.value = detail.text;
    form.elements.quick_reply.value = detail.id;
    text.dispatchEvent(new Event("input"));
    note.textContent = detail.note;
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  });
  form.addEventListener("sent", () => {
    form.elements.quick_reply.value = "";
  });
  signal.addEventListener("abort", close);
});
