// How many conversations need a person: in the page's title, and as a notification for whoever
// asked for it and is looking elsewhere. It never says who or what.
(() => {
  const calls = document.getElementById("attention");
  if (!calls) return;
  const allowed = () => "Notification" in window && Notification.permission;
  let latest = calls.dataset.latest;
  let title = "";

  const count = () => {
    const number = calls.dataset.count;
    document.title = number === "0" ? title : `(${number}) ${title}`;
  };
  document.addEventListener("pane", () => {
    title = document.title;
    count();
  });
  const tell = () => {
    count();
    const isNew = calls.dataset.latest > latest;
    latest = calls.dataset.latest;
    if (isNew && document.hidden && allowed() === "granted") {
      // Of many tabs one is seen: the tag is the same.
      const shown = new Notification(calls.dataset.words, { tag: "attention" });
      shown.addEventListener("click", () => {
        window.focus();
        shown.close();
      });
    }
  };
  calls.addEventListener("htmx:afterSwap", tell);

  const ask = document.getElementById("notify");
  if (!ask) return;
  ask.hidden = allowed() !== "default";
  ask.addEventListener("click", async () => {
    await Notification.requestPermission();
    ask.hidden = true;
  });
})();
