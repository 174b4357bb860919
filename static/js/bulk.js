// How many are marked in a list; and once something is done with them, none is.
(() => {
  const bulk = document.getElementById("bulk");
  if (!bulk) return;
  const number = document.getElementById("bulk-number");
  const isMarked = (each) => each.name === "participant" && each.checked;
  const marked = () => [...bulk.elements].filter(isMarked);
  const tell = () => {
    const count = marked().length;
    number.textContent = count ? number.dataset.words.replace("{number}", count) : "";
  };
  document.addEventListener("change", ({ target }) => {
    if (target.form === bulk || target.id === "selecting") {
      if (target.id === "selecting" && !target.checked) clear();
      tell();
    }
  });
  const clear = () => {
    for (const each of marked()) each.checked = false;
    bulk.elements.all.checked = false;
  };
  bulk.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful) return;
    clear();
    tell();
    for (const menu of bulk.querySelectorAll("details[open]")) menu.open = false;
    document.body.dispatchEvent(new CustomEvent("stale"));
  });
  // The way back stands in a toast, outside of the form, where htmx does not see which was pressed.
  bulk.addEventListener("htmx:configRequest", ({ detail }) => {
    const pressed = detail.triggeringEvent?.submitter;
    if (pressed?.hasAttribute("formaction")) detail.path = pressed.getAttribute("formaction");
  });
  tell();
})();
