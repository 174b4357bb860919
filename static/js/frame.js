// What belongs to no page: words that pass by, questions before an action.
(() => {
  const TOAST_MS = 8000;
  const region = document.getElementById("toasts");

  const toast = (words) => {
    const found = document.getElementById("toast").content.cloneNode(true).firstElementChild;
    found.querySelector("span").textContent = words;
    const close = () => found.remove();
    found.querySelector("button").addEventListener("click", close);
    setTimeout(close, TOAST_MS);
    region.replaceChildren(found);
  };
  // The server says {"toast": "..."} in HX-Trigger.
  document.addEventListener("toast", (event) => toast(event.detail.value));
  // Only what a person did is worth a word; fragments ask again by themselves.
  const byHand = (event) => event.detail.requestConfig?.verb !== "get";
  document.addEventListener("htmx:sendError", (event) => { if (byHand(event)) toast(region.dataset.offline); });
  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (byHand(event) && status !== 401 && status !== 422) toast(region.dataset.failed);
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
})();
