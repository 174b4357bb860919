// Colleagues hear that somebody writes here, and a note that names its reader is seen once it is
// before their eyes.
(() => {
  const AGAIN_MS = 8000;
  const IDLE_MS = 5000;

  const post = (url, fields, how = {}) => {
    const token = document.querySelector("#actions [name=csrf_token]")?.value;
    if (!url || !token) return Promise.resolve();
    const headers = { "X-CSRFToken": token, "HX-Request": "true" };
    const body = new URLSearchParams(fields);
    return fetch(url, { method: "POST", body, headers, ...how }).catch(() => {});
  };

  document.addEventListener("pane", ({ detail: { signal } }) => {
    const bar = document.querySelector(".writing");
    const thread = document.querySelector(".thread[data-pages]");
    if (!bar || !thread) return;

    let told = 0;
    let idle = null;
    const cease = () => {
      clearTimeout(idle);
      if (told) post(bar.dataset.writes, { writes: "" });
      told = 0;
    };
    const writes = () => {
      if (!document.getElementById("here")) return; // nobody else is here to be told
      clearTimeout(idle);
      idle = setTimeout(cease, IDLE_MS);
      if (Date.now() - told < AGAIN_MS) return;
      told = Date.now();
      post(bar.dataset.writes, { writes: "yes" });
    };
    for (const id of ["body", "note-body"]) {
      document.getElementById(id)?.addEventListener("input", writes, { signal });
    }
    document.addEventListener("wrote", cease, { signal });
    // Another conversation that is opened says it too; a page that is left has to.
    addEventListener("pagehide", () => {
      clearTimeout(idle);
      post(bar.dataset.writes, { leaves: "yes" }, { keepalive: true });
    }, { signal });
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) window.htmx?.trigger(document.body, "stale");
    }, { signal });
    signal.addEventListener("abort", cease);

    const seen = new Set();
    const look = new IntersectionObserver((found) => {
      if (document.visibilityState !== "visible") return;
      for (const { isIntersecting, target } of found) {
        const id = target.dataset.unseen;
        if (!isIntersecting || !id || seen.has(id)) continue;
        seen.add(id);
        post(bar.dataset.seen, { note_id: id });
      }
    }, { root: thread });
    const watch = () => {
      look.disconnect();
      for (const each of thread.querySelectorAll("[data-unseen]")) look.observe(each);
    };
    watch();
    thread.addEventListener("htmx:afterSwap", watch, { signal });
    document.addEventListener("visibilitychange", watch, { signal });
    signal.addEventListener("abort", () => look.disconnect());
  });

  // Who is named in a note is told on whichever page they are.
  const mentions = document.getElementById("mentions");
  if (!mentions) return;
  let latest = Number(mentions.dataset.latest);
  mentions.addEventListener("htmx:afterSwap", () => {
    const now = Number(mentions.dataset.latest);
    const isNew = now > latest;
    latest = Math.max(latest, now);
    if (!isNew) return;
    const detail = { value: mentions.dataset.words };
    document.dispatchEvent(new CustomEvent("toast", { detail }));
  });
})();
