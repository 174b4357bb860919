// One field anywhere: Ctrl+K, "/" or the link to the search opens it. What was found are links, of
// which the arrows choose one; the first opens by Enter. Escape closes it, and the focus is where
// it was: so are dialogs.
(() => {
  const WAIT_MS = 150;
  const palette = document.getElementById("palette");
  if (!palette || !window.htmx) return;
  const form = palette.querySelector("form");
  const field = form.elements.q;
  const found = document.getElementById("palette-found");
  const here = document.getElementById("palette-here");
  const said = document.getElementById("palette-said");
  const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

  // What the open conversation offers, by the buttons that stand in it.
  const act = (button) => {
    const item = document.createElement("li");
    const copy = document.createElement("button");
    item.className = "hit hit-place";
    copy.type = "button";
    const words = document.createElement("span");
    words.textContent = button.ariaLabel || button.textContent.trim();
    const icon = button.querySelector(".icon")?.cloneNode(true);
    const key = document.createElement("kbd");
    key.textContent = button.dataset.key.toUpperCase();
    copy.append(...[icon, words, key].filter(Boolean));
    copy.addEventListener("click", () => {
      palette.close();
      button.focus();
      button.click();
    });
    item.append(copy);
    return item;
  };
  const acts = () => {
    const words = plain(field.value).split(/\s+/);
    const all = document.querySelectorAll(".pane :is(button, summary)[data-key]");
    const buttons = [...all].filter((each) => {
      const names = plain(each.ariaLabel || each.textContent).split(/\s+/);
      const fits = words.every((word) => names.some((name) => name.startsWith(word)));
      return fits && each.getClientRects().length > 0 && !each.disabled;
    });
    here.querySelector("ul").replaceChildren(...buttons.map(act));
    here.hidden = !buttons.length;
  };

  let shown = null;
  const fetched = () => {
    const words = field.value.trim();
    const path = `${form.getAttribute("action")}?${new URLSearchParams({ q: words })}`;
    const how = { source: form, target: found, swap: "innerHTML" };
    return window.htmx.ajax("GET", path, how).then(() => {
      if (field.value.trim() !== words) return;
      shown = words;
      said.textContent = words ? document.getElementById("palette-count")?.textContent.trim() : "";
      acts();
    });
  };
  form.addEventListener("htmx:sendError", () => {
    said.textContent = palette.dataset.offline;
  });
  let waiting = null;
  field.addEventListener("input", () => {
    acts();
    clearTimeout(waiting);
    waiting = setTimeout(fetched, WAIT_MS);
  });

  const choices = () =>
    [...palette.querySelectorAll(".palette-body a, .palette-body button")].filter(
      (each) => each.getClientRects().length > 0,
    );
  form.addEventListener("submit", (event) => {
    if (field.value.trim() !== shown) return; // the page finds it as well
    const [first] = choices();
    if (!first) return;
    event.preventDefault();
    first.click();
  });
  palette.addEventListener("keydown", (event) => {
    // A search field would be emptied by the first, and closed by the second.
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      palette.close();
    }
    if (event.isComposing || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const all = [field, ...choices()];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = all[all.indexOf(document.activeElement) + step];
    event.preventDefault();
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  });
  palette.addEventListener("click", (event) => {
    // Its shade; and what is found on this very page.
    if (event.target === palette || event.target.closest(".palette-body a")) palette.close();
  });

  const open = () => {
    if (palette.open) return field.select();
    if (document.querySelector("dialog[open]")) return;
    palette.showModal();
    field.select();
    fetched();
  };
  document.addEventListener("keydown", (event) => {
    const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isOurs || event.key.toLowerCase() !== "k" || event.isComposing) return;
    event.preventDefault();
    open();
  });
  const isPlain = (event) =>
    !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const keyboard = document.getElementById("keyboard");
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[data-key="/"], a[data-key="?"]');
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    if (link.dataset.key === "/") return open();
    palette.close();
    const how = { source: keyboard, target: "#keyboard-keys", swap: "innerHTML" };
    window.htmx.ajax("GET", link.getAttribute("href"), how);
    keyboard.showModal();
  });
})();
