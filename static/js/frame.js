// What belongs to no page: words that pass by, questions before an action, presses in their turn.
(() => {
  const TOAST_MS = 8000;
  const region = document.getElementById("toasts");

  // `act` is a way back: a label, a path, and the form that takes it there.
  const toast = (words, act) => {
    const found = document.getElementById("toast").content.cloneNode(true).firstElementChild;
    const [undo, shut] = found.querySelectorAll("button");
    found.querySelector("span").textContent = words;
    const close = () => found.remove();
    const fade = () => {
      if (found.matches(":hover, :focus-within")) setTimeout(fade, TOAST_MS);
      else close();
    };
    shut.addEventListener("click", close);
    if (act) {
      undo.textContent = act.label;
      undo.setAttribute("form", act.form);
      undo.setAttribute("formaction", act.path);
      // Once it is under way: a button that is gone sends no form.
      const form = document.getElementById(act.form);
      const closeWhenSent = () => form.addEventListener("htmx:beforeSend", close, { once: true });
      undo.addEventListener("click", closeWhenSent);
    } else {
      undo.remove();
    }
    setTimeout(fade, TOAST_MS);
    region.replaceChildren(found);
  };
  // A way back goes with the conversation it is of.
  document.addEventListener("pane", () => {
    region.querySelector("[form=actions]")?.closest(".toast").remove();
  });
  // The server says {"toast": "..."} in HX-Trigger, or {"toast": {"value": "...", "act": ...}}.
  document.addEventListener("toast", ({ detail }) => toast(detail.value, detail.act));
  // Only what a person did is worth a word; fragments ask again by themselves.
  const byHand = (event) => event.detail.requestConfig?.verb !== "get";
  document.addEventListener("htmx:sendError", (event) => {
    // Where one writes, it is said beside what was written.
    if (byHand(event) && !event.target.dataset.offline) toast(region.dataset.offline);
  });
  const SAID = [401, 422, 429]; // what the answer itself says
  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (!byHand(event) || SAID.includes(status)) return;
    // To try again is no help to somebody whose role was changed while the page was open.
    toast(status === 403 ? region.dataset.forbidden : region.dataset.failed);
  });

  // A form that was not taken says why in the place where it would say anything.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.dialog).showModal();
    } else if (event.target.closest("[data-close]")) {
      event.target.closest("dialog").close();
    }
  });

  // A button pressed while its form is still on the way is pressed again once that is back, if it
  // still says the same: htmx would let the press fall.
  const says = (button) => `${button.formAction} ${button.name}=${button.value}`;
  const press = (event) => {
    const { target: form, submitter: button } = event;
    if (!button || !form.matches(".htmx-request[data-in-turn]")) return;
    event.preventDefault();
    event.stopPropagation();
    const meant = says(button);
    const again = () => button.isConnected && says(button) === meant && button.click();
    form.addEventListener("htmx:afterRequest", () => setTimeout(again), { once: true });
  };
  document.addEventListener("submit", press, true);
})();
