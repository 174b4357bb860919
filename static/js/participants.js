// The list of participants: its address says what is asked for and nothing else, and all of a page
// are chosen at once.
(() => {
  const sieve = document.getElementById("people-sieve");
  if (!sieve) return;

  sieve.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) {
      const said = formData.getAll(name).filter((value) => value !== "");
      formData.delete(name);
      for (const value of said) formData.append(name, value);
    }
  });

  const boxes = () => [...document.querySelectorAll("#participants input[name=participant]")];
  const show = () => {
    const all = document.getElementById("pick-all");
    if (all) all.hidden = false;
  };
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "pick-all") return;
    for (const box of boxes()) box.checked = target.checked;
    boxes()[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("htmx:afterSwap", show);
  show();
})();
