// hx-swap="rows": what is on the page stays, and only what differs is changed, by id where there
// is one. So a reader's place, a focus, an open menu and a chosen option survive each update.
(() => {
  if (!window.htmx) return;
  // The reader's doing, not the server's; with data-kept neither is it opened by the server again.
  const KEPT = ["open", "hidden"];
  // What htmx has to look at: it knows an element by what it said when it was first seen.
  let strange = [];

  const patch = (old, wanted) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== wanted.data) old.data = wanted.data;
      return;
    }
    for (const { name } of [...old.attributes]) {
      if (!wanted.hasAttribute(name) && !KEPT.includes(name)) old.removeAttribute(name);
    }
    for (const { name, value } of wanted.attributes) {
      if (KEPT.includes(name) && "kept" in old.dataset) continue;
      if (old.getAttribute(name) === value) continue;
      old.setAttribute(name, value);
      if (name === "hx-post") strange.push(old);
    }
    fill(old, [...wanted.childNodes], old.firstChild);
  };

  // Makes `wanted` the children of `parent` from `at` on.
  const fill = (parent, wanted, at) => {
    const ids = new Set(wanted.map((node) => node.id).filter(Boolean));
    for (let node = at; node; ) {
      const next = node.nextSibling;
      if (node.id && !ids.has(node.id)) {
        if (node === at) at = next;
        node.remove();
      }
      node = next;
    }
    for (const node of wanted) {
      const known = match(parent, node, at);
      if (!known) {
        parent.insertBefore(node, at);
        if (node.nodeType === Node.ELEMENT_NODE) strange.push(node);
        continue;
      }
      // The words in between go, and what stands behind them stays: to be moved closes a dialog,
      // and loses a press that has begun.
      while (at !== known && at?.nodeType === Node.TEXT_NODE) {
        const next = at.nextSibling;
        at.remove();
        at = next;
      }
      if (known === at) at = at.nextSibling;
      else parent.insertBefore(known, at);
      patch(known, node);
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  };

  const match = (parent, node, at) => {
    const alike = (other) => other && other.nodeName === node.nodeName;
    if (node.id) {
      const known = [...parent.children].find((child) => child.id === node.id);
      return alike(known) ? known : null;
    }
    return alike(at) && !at.id ? at : null;
  };

  const number = (message) => Number(message.id.split("-").pop());

  // A thread may show pages that are older than the one fetched, or be given an older one.
  const pages = (target, fragment) => {
    const theirs = [...fragment.querySelectorAll(".message")];
    const ours = [...target.querySelectorAll(".message")];
    const mark = (day) => [...target.querySelectorAll(".day")].find(({ id }) => id === day.id);
    if (theirs.length && ours.length && number(theirs.at(-1)) < number(ours[0])) {
      target.querySelector("#older")?.remove();
      fragment.querySelector("#newer")?.remove(); // they are here
      for (const day of fragment.querySelectorAll(".day")) mark(day)?.remove();
      target.prepend(fragment);
      return;
    }
    // Or one that follows them.
    if (theirs.length && ours.length && number(theirs[0]) > number(ours.at(-1))) {
      target.querySelector("#newer")?.remove();
      fragment.querySelector("#older")?.remove();
      for (const day of fragment.querySelectorAll(".day")) if (mark(day)) day.remove();
      target.append(fragment);
      return;
    }
    const here = ours.find((message) => message.id === theirs[0]?.id);
    if (!here) {
      fill(target, [...fragment.childNodes], target.firstChild);
      return;
    }
    const day = fragment.querySelector(".day");
    if (day && mark(day)) patch(mark(day), day);
    while (fragment.firstChild !== theirs[0]) fragment.firstChild.remove();
    // The first of a page begins a group there, which here has begun before it.
    const begun = here !== ours[0];
    if (begun) fragment.firstChild.remove();
    fill(target, [...fragment.childNodes], begun ? here.nextSibling : here);
  };

  // Who goes through a list by keys keeps the place: a row that stands elsewhere now keeps the
  // focus, and one that is gone leaves it to the next.
  const rowsFrom = (focused, target) => {
    const row = target.contains(focused) && focused.closest(".row-item");
    if (!row) return [];
    const all = [...target.querySelectorAll(".row-item")];
    const at = all.indexOf(row);
    return [...all.slice(at), ...all.slice(0, at).reverse()].map(({ id }) => id);
  };
  const rowOf = (ids) => {
    const id = ids.find((each) => document.getElementById(each));
    return id && document.getElementById(id).querySelector("a");
  };

  htmx.defineExtension("rows", {
    isInlineSwap: (style) => style === "rows",
    handleSwap: (style, target, fragment, { tasks }) => {
      if (style !== "rows") return false;
      strange = [];
      const focused = document.activeElement;
      const following = rowsFrom(focused, target);
      const whole = fragment.firstElementChild;
      if ("pages" in target.dataset) pages(target, fragment);
      else if (whole && whole.id === target.id) patch(target, whole);
      else fill(target, [...fragment.childNodes], target.firstChild);
      // A button that was pressed may be gone with what it did: the focus stays where it was.
      const heir = focused.isConnected ? focused : (rowOf(following) ?? target);
      if (heir !== document.activeElement) heir.focus({ preventScroll: true });
      // Once the request is over: one that is being answered is asked by what it was.
      tasks.push(...strange.map((each) => () => htmx.process(each)));
      return [];
    },
  });
})();
