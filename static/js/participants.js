// The list of participants: its address says what is asked for and nothing else, and all of a page
// are chosen at once.
(() => {
  const sieve = document.getElementById("people-sieve");
  if (!sieve) return;
  const CHOSEN = "people-chosen"; // what the page is being made anew for

  sieve.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) {
      const said = formData.getAll(name).filter((value) => value !== "");
      formData.delete(name);
      for (const value of said) formData.append(name, value);
    }
  });

  // What is asked for without loading anew is part of the address all the same.
  const address = () => {
    const asked = new URLSearchParams(new FormData(sieve));
    const place = location.pathname + (String(asked) && "?") + asked;
    history.replaceState(history.state, "", place);
  };
  sieve.addEventListener("change", ({ target }) => {
    if ("anew" in target.dataset) {
      sessionStorage.setItem(CHOSEN, target.id);
      sieve.requestSubmit();
    } else if (window.htmx) address();
  });
  // One goes on choosing where one was.
  const chosen = document.getElementById(sessionStorage.getItem(CHOSEN));
  sessionStorage.removeItem(CHOSEN);
  if (chosen && sieve.contains(chosen)) {
    chosen.closest("details").open = true;
    chosen.focus();
  }
  sieve.elements.q.addEventListener("input", () => window.htmx && address());

  const all = () => document.getElementById("pick-all");
  document.addEventListener("change", ({ target }) => {
    if (target.parentElement !== all()) return;
    const boxes = document.querySelectorAll("#participants input[name=participant]");
    for (const box of boxes) box.checked = target.checked;
    boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const reveal = () => all()?.removeAttribute("hidden");
  document.body.addEventListener("htmx:afterSwap", reveal);
  reveal();
})();
