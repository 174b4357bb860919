// A conversation that is chosen in the list takes the place of the one that is open beside it: one
// request, and the list, the stream and what is typed in the search stay. With the event "pane" all
// that belongs to a conversation begins, and what belonged to the one before it ends.
(() => {
  const open = document.getElementById("open");
  const list = document.getElementById("conversations");
  let here = null;
  const begin = (asked = null) => {
    here?.abort();
    here = new AbortController();
    const detail = { signal: here.signal, asked };
    document.dispatchEvent(new CustomEvent("pane", { detail }));
  };
  begin();
  if (!open || !window.htmx) return;

  const link = (id) => list.querySelector(`#row-${id} a`);
  const shown = () => open.querySelector(".pane").dataset.participant;
  let before = shown();
  const mark = () => {
    for (const each of list.querySelectorAll("[aria-current]")) {
      each.removeAttribute("aria-current");
    }
    link(shown())?.setAttribute("aria-current", "page");
  };
  let asked = 0;
  let from = null;
  let wanted = "";
  const ask = () => {
    asked = Date.now();
    from = document.activeElement;
  };
  // Who reads with a screen reader, or by keys, is led to what was opened, and back again; not who
  // has gone elsewhere meanwhile, to the search perhaps. At a desk one writes there at once; on
  // glass that would bring up the keyboard.
  const atADesk = matchMedia("(pointer: fine) and (min-width: 721px)");
  const lead = () => {
    const field = atADesk.matches && open.querySelector("#body");
    const place = field || (open.querySelector(".head") ?? link(before));
    const stayed = [from, document.body].includes(document.activeElement);
    if (stayed) place?.focus({ preventScroll: true });
    before = shown();
  };
  const on = (name, act) =>
    open.addEventListener(name, (event) => {
      if (event.target === open) act(event);
    });
  on("htmx:beforeRequest", ask);
  document.addEventListener("htmx:historyCacheMiss", ask);
  // What cannot be had this way says why as a page of its own.
  on("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status !== 429) location.assign(wanted); // too often is said, and all stays
  });
  document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());
  on("htmx:sendError", () => {
    const value = document.getElementById("toasts").dataset.offline;
    document.dispatchEvent(new CustomEvent("toast", { detail: { value } }));
  });
  open.addEventListener("htmx:load", (event) => {
    if (!event.target.matches("#open > .pane")) return;
    mark();
    begin(asked);
    lead();
  });

  // In another tab, or saved, it is a page as any other.
  const isPlain = (event) =>
    !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest(".row-item a");
    if (!chosen || !isPlain(event)) return;
    event.preventDefault();
    wanted = chosen.href;
    const way = wanted === location.href ? "replace" : "push";
    const how = { source: open, target: open, swap: "innerHTML", [way]: "true" };
    window.htmx.ajax("GET", chosen.getAttribute("href"), how);
  });
  // The list is fetched with the one that is open marked.
  list.addEventListener("htmx:configRequest", ({ detail }) => {
    const url = new URL(detail.path, location.href);
    if (shown()) url.searchParams.set("open", shown());
    else url.searchParams.delete("open");
    detail.path = url.pathname + url.search;
  });
})();
