// The list of conversations: what is searched for in it, and where one was in it.
(() => {
  const list = document.getElementById("conversations");
  const search = document.getElementById("search");
  if (!list) return;

  // What is searched for is part of the address, and of the ways to the other filters.
  const address = () => {
    const words = search.elements.q.value.trim();
    const found = new URL(location.href);
    if (words === (found.searchParams.get("q") ?? "")) return;
    // A page of what was searched for before.
    found.searchParams.delete(document.querySelector("#open .thread") ? "page" : "before");
    for (const url of [found, ...document.querySelectorAll(".filters a")]) {
      const way = new URL(url.href);
      if (words) way.searchParams.set("q", words);
      else way.searchParams.delete("q");
      url.href = way.href;
    }
    history.replaceState(history.state, "", found);
  };
  search.addEventListener("input", () => {
    address();
    list.scrollTop = 0; // what is found begins there
  });
  address(); // typed before this script was there, or put back by the browser

  // Another filter keeps the conversation that is open, as a search does. One who goes back is
  // elsewhere at once; what stands there comes a moment later.
  const stay = () => {
    for (const link of document.querySelectorAll(".filters a")) {
      const way = new URL(link.href);
      way.pathname = location.pathname;
      link.href = way.href;
    }
  };
  document.addEventListener("pane", stay);
  addEventListener("popstate", stay);

  // It stays where it was when another page with it is opened.
  const place = `list-${new URLSearchParams(location.search).get("show") || "all"}`;
  list.scrollTop = Number(sessionStorage.getItem(place));
  const keep = () => sessionStorage.setItem(place, list.scrollTop);
  list.addEventListener("scroll", keep, { passive: true });
})();
