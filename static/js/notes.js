// Notes: the switch beside the composer, what was typed stays, and names after an @.
document.addEventListener("pane", ({ detail: { signal } }) => {
  const form = document.getElementById("note");
  if (!form) return;
  const text = form.elements.body;
  const key = form.elements.form_key;
  const problem = document.getElementById("note-problem");
  const names = document.getElementById("names");
  const bar = document.querySelector(".writing");
  const name = `note-${form.elements.author.value}-${form.dataset.participant}`;
  const say = (words) => {
    problem.textContent = words;
  };
  const keep = () => {
    if (text.value) sessionStorage.setItem(name, text.value);
    else sessionStorage.removeItem(name);
  };
  const write = () => document.getElementById("mode-note").click();

  const typed = sessionStorage.getItem(name);
  if (typed) {
    text.value = typed;
    write();
  }
  bar.addEventListener("change", ({ target }) => {
    if (target.name !== "mode") return;
    (target.id === "mode-note" ? text : document.getElementById("body")).focus();
  });

  // The names that go on from what stands after the @ before the caret.
  const AT = /(^|[^\p{L}\d@.+-])@([^\n@]{0,40})$/u;
  const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const shown = () => [...names.children].filter((each) => !each.hidden);
  const chosen = () => names.querySelector("[aria-selected=true]");
  const choose = (option) => {
    chosen()?.removeAttribute("aria-selected");
    option?.setAttribute("aria-selected", "true");
    if (option) text.setAttribute("aria-activedescendant", option.id);
    else text.removeAttribute("aria-activedescendant");
  };
  const offer = () => {
    const begun = text.value.slice(0, text.selectionStart).match(AT);
    for (const each of names.children) {
      each.hidden = !begun || !plain(each.textContent).startsWith(plain(begun[2]));
    }
    const found = shown();
    names.hidden = !found.length || (found.length === 1 && begun[2] === found[0].textContent);
    choose(names.hidden ? null : found[0]);
  };
  const take = (option) => {
    const caret = text.selectionStart;
    const begun = text.value.slice(0, caret).match(AT);
    const from = caret - begun[2].length;
    text.setRangeText(`${option.textContent} `, from, caret, "end");
    names.hidden = true;
    choose(null);
    keep();
    text.focus();
  };
  names.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the focus stays where one writes
    const option = event.target.closest("li");
    if (option) take(option);
  });

  text.addEventListener("input", () => {
    say("");
    keep();
    offer();
  });
  text.addEventListener("blur", () => {
    names.hidden = true;
  });
  const step = (by) => {
    const found = shown();
    choose(found[(found.indexOf(chosen()) + by + found.length) % found.length]);
    chosen()?.scrollIntoView({ block: "nearest" });
  };
  const onGlass = matchMedia("(pointer: coarse)");
  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !names.hidden;
    const does = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => take(chosen()),
      Tab: () => take(chosen()),
      Escape: () => {
        names.hidden = true;
      },
    }[event.key];
    if (open && does) {
      event.preventDefault();
      event.stopPropagation();
      does();
    } else if (event.key === "Enter" && !event.shiftKey && !onGlass.matches) {
      event.preventDefault();
      if (text.value.trim()) form.requestSubmit();
    }
  });

  let sent = "";
  form.addEventListener("htmx:beforeRequest", () => {
    sent = text.value;
  });
  form.addEventListener("noted", ({ detail }) => {
    text.value = text.value.startsWith(sent) ? text.value.slice(sent.length) : text.value;
    key.value = detail.form_key;
    say("");
    keep();
    if (detail.told) {
      document.dispatchEvent(new CustomEvent("toast", { detail: { value: detail.told } }));
    }
    document.dispatchEvent(new CustomEvent("wrote"));
    window.htmx.trigger(document.body, "stale");
  });
  form.addEventListener("refused", ({ detail }) => {
    key.value = detail.form_key;
    say(detail.problem);
    text.focus();
  });
  form.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status === 400) say(form.dataset.stale);
  });
  form.addEventListener("htmx:sendError", () => say(form.dataset.offline));
  signal.addEventListener("abort", keep);
});
