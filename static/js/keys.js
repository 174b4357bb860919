// Single keys press the buttons that stand on the page: who may not do a thing has no button for
// it. "j" and "k" go through the list. None of them acts while somebody writes, holds a modifier or
// has a dialog open, or where they are switched off.
(() => {
  const CHOICES = "[type=checkbox], [type=radio]";
  const FIELDS = `textarea, select, [contenteditable], input:not(${CHOICES})`;
  // What opens by itself for what is in it.
  const HIDES = "dialog:not([open]), #card";
  const isOn = "keys" in document.body.dataset;
  const atADesk = matchMedia("(pointer: fine) and (min-width: 721px)");
  const isSeen = (each) => each.getClientRects().length > 0 && !each.disabled;

  const button = (key) =>
    [...document.querySelectorAll("[data-key]")].find(
      (each) => each.dataset.key === key && (isSeen(each) || each.closest(HIDES)),
    );
  const press = (key) => {
    const found = button(key);
    if (!found) return false;
    const folded = found.closest("#card details:not([open])");
    if (folded) folded.open = true;
    // Where there is no column for the person, the card is a sheet.
    if (!isSeen(found) && found.closest("#card")) document.querySelector("a.to-plan")?.click();
    if (found.matches(`${FIELDS}, summary`)) found.focus();
    // What one writes already leads to its field all the same.
    if (found.checked) found.dispatchEvent(new Event("change", { bubbles: true }));
    else if (!found.matches(FIELDS)) found.click(); // a menu opens, and the focus is at it
    return true;
  };

  const rows = () => [...document.querySelectorAll("#conversations .row-item a")];
  const current = (all) => {
    const focused = all.indexOf(document.activeElement);
    return focused >= 0 ? focused : all.findIndex((row) => row.ariaCurrent === "page");
  };
  const walk = (step) => {
    const all = rows();
    const row = all[Math.max(0, Math.min(all.length - 1, current(all) + step))];
    if (!row || !isSeen(row)) return false;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
    return true;
  };

  // In the list it is the row with the focus that somebody means, whatever is open beside it: that
  // is opened first, and they see of which it is.
  const OF_ONE = ["r", "n", "l", "t", "e", "s"];
  const open = document.getElementById("open");
  let awaited = null;
  const opens = (name) => {
    const row = document.activeElement.closest?.("#conversations .row-item");
    const link = row?.querySelector("a");
    if (!open || !link || link.ariaCurrent === "page" || !OF_ONE.includes(name)) return false;
    awaited = { name, id: row.id.split("-").pop() };
    link.click();
    return true;
  };
  document.addEventListener("pane", () => {
    const { name, id } = awaited ?? {};
    awaited = null;
    // Another may have been chosen meanwhile. What is opened takes the focus before.
    if (id && open.querySelector(".pane").dataset.participant === id) {
      queueMicrotask(() => press(name));
    }
  });
  open?.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target === open && !detail.successful) awaited = null;
  });

  const STEPS = { j: 1, k: -1 };
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!isOn || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || key.length !== 1) return;
    if (target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    const name = key.toLowerCase();
    const acted = name in STEPS ? walk(STEPS[name]) : !event.repeat && (opens(name) || press(name));
    if (acted) event.preventDefault(); // "r" is no letter of the field that it leads to
  });

  // From the field back to the row of the conversation, where the keys act again.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    const written = ".pane textarea, .plan:not(.is-sheet) :is(input, textarea, select)";
    if (!event.target.matches?.(written) || document.querySelector("dialog[open]")) return;
    const row = rows().find((each) => each.ariaCurrent === "page" && isSeen(each));
    (row ?? document.querySelector(".pane .head, .thread"))?.focus();
  });

  // At a desk one writes at once; on glass it would bring up the keyboard. Not where a message is
  // led to, or somebody is elsewhere already.
  const asked = new URLSearchParams(location.search);
  if (atADesk.matches && !location.hash && !asked.has("before") && !asked.has("at")) {
    if (document.activeElement === document.body) {
      document.querySelector(".inbox #body")?.focus({ preventScroll: true });
    }
  }
})();
