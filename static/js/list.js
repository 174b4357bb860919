// The list of conversations: what is searched for in it, and where one was in it.
(() => {
  const list = document.getElementById("conversations");
  const search = document.getElementById("search");
  if (!list) return;

  // Another list keeps the conversation that is open, and what is searched for, whatever was so as
  // the ways there were made. Who goes back is elsewhere at once; what stands there comes later.
  const lead = () => {
    const words = search.elements.q.value.trim();
    for (const link of document.querySelectorAll(".filters a")) {
      const way = new URL(link.href);
      way.pathname = location.pathname;
      if (words) way.searchParams.set("q", words);
      else way.searchParams.delete("q");
      link.href = way.href;
    }
  };
  document.addEventListener("pane", lead);
  addEventListener("popstate", lead);
  document.getElementById("filters").addEventListener("htmx:afterSwap", lead);

  // What is searched for is part of the address.
  const address = () => {
    const words = search.elements.q.value.trim();
    const found = new URL(location.href);
    if (words === (found.searchParams.get("q") ?? "")) return;
    // A page of what was searched for before.
    found.searchParams.delete(document.querySelector("#open .thread") ? "page" : "before");
    if (words) found.searchParams.set("q", words);
    else found.searchParams.delete("q");
    history.replaceState(history.state, "", found);
    lead();
  };
  search.addEventListener("input", () => {
    address();
    list.scrollTop = 0; // what is found begins there
  });
  address(); // typed before this script was there, or put back by the browser

  // It stays where it was when another page with it is opened.
  const place = `list-${new URLSearchParams(location.search).get("show") || "all"}`;
  list.scrollTop = Number(sessionStorage.getItem(place));
  const keep = () => sessionStorage.setItem(place, list.scrollTop);
  list.addEventListener("scroll", keep, { passive: true });
})();
