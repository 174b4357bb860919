// A thread is read at its end, and who reads further up stays there.
(() => {
  const NEAR = 48;

  // One menu at a time; elsewhere or Escape closes it.
  const closeMenus = (but) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu === but) continue;
      // What is pressed in a menu is gone with it: the focus stays at what opened it.
      if (menu.contains(document.activeElement)) {
        menu.querySelector("summary").focus({ preventScroll: true });
      }
      menu.open = false;
    }
  };
  document.addEventListener("click", (event) => {
    const inside = event.target.closest("details.menu");
    // A question that a menu asks stands in it, and is seen only while it is open.
    const pressed = event.target.closest(".menu-body button:not([data-dialog], [data-close])");
    closeMenus(pressed ? null : inside);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector("details.menu[open] summary")?.focus();
    closeMenus(null);
  });

  // The second click of a double one would land on what the first has put in its place.
  document.addEventListener("click", (event) => {
    const again = event.detail > 1 && event.target.closest(".pane .head [form=actions]");
    if (again) event.preventDefault();
  });

  // The head's buttons stand outside of their form, where htmx does not see which was pressed.
  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    const pressed = target.id === "actions" && detail.triggeringEvent?.submitter;
    if (!pressed) return;
    detail.path = pressed.getAttribute("formaction") || detail.path;
    if (pressed.name) detail.formData.set(pressed.name, pressed.value);
  });

  document.addEventListener("pane", ({ detail: { signal } }) => {
    const thread = document.querySelector(".thread[data-pages]");
    const toEnd = document.getElementById("to-end");
    if (!thread) return;

    let atEnd = true;
    let anchor = null;
    const last = () => [...thread.querySelectorAll(".message")].at(-1)?.id;
    let newest = last();
    const label = toEnd.querySelector("span");
    const showMark = (fresh) => {
      toEnd.hidden = atEnd;
      thread.classList.toggle("scrolled", !atEnd);
      toEnd.classList.toggle("button-primary", Boolean(fresh) && !atEnd);
      label.textContent = fresh ? label.dataset.new : label.dataset.end;
    };
    // What was asked for by its place has newer pages, and its end is not the conversation's.
    const newer = () => thread.querySelector("#newer a");
    const isNear = () => thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR;
    const isAtEnd = () => !newer() && isNear();
    const follow = () => {
      thread.scrollTop = thread.scrollHeight;
    };

    // Read is what stands before somebody's eyes: the end of a page that is looked at.
    let read = false;
    const reading = () => {
      const url = thread.dataset.read;
      const looked = atEnd && document.visibilityState === "visible";
      if (read || !looked || !url || !newest || document.getElementById("reads-only")) return;
      read = true;
      const token = document.querySelector("#actions [name=csrf_token]").value;
      const body = new URLSearchParams({ up_to: newest.split("-").pop() });
      const headers = { "X-CSRFToken": token, "HX-Request": "true" };
      fetch(url, { method: "POST", body, headers }).then(
        (answer) => {
          read = answer.ok;
        },
        () => {
          read = false;
        },
      );
    };

    const more = (link) => {
      if (!link || !window.htmx || link.ariaBusy === "true") return;
      link.ariaBusy = "true";
      window.htmx
        .ajax("GET", link.dataset.source, { source: thread, target: thread, swap: "rows" })
        .finally(() => {
          link.ariaBusy = "false";
        });
    };
    const older = () => more(thread.querySelector("#older a"));
    thread.addEventListener("click", (event) => {
      const link = event.target.closest("[data-source]");
      if (!window.htmx || !link) return;
      event.preventDefault();
      more(link);
    });

    let fresh = false;
    thread.addEventListener("scroll", () => {
      atEnd = isAtEnd();
      if (atEnd) fresh = false;
      showMark(fresh);
      reading();
      if (thread.scrollTop < NEAR && !atEnd) older();
      else if (isNear()) more(newer());
    }, { passive: true });

    // What stands above the newest page changes too: a tick, a failure.
    thread.addEventListener("htmx:configRequest", ({ detail }) => {
      const said = [...thread.querySelectorAll(".message")].map(({ id }) => id.split("-").pop());
      if (!said.length || !detail.triggeringEvent) return;
      const [path, query] = detail.path.split("?");
      const asked = new URLSearchParams(query); // the list one has come from
      asked.delete("before");
      asked.set("since", said[0]);
      if (newer()) asked.set("before", String(Number(said.at(-1)) + 1));
      detail.path = `${path}?${asked}`;
    });
    thread.addEventListener("htmx:beforeSwap", (event) => {
      if (event.target !== thread) return;
      atEnd = isAtEnd(); // a scroll is told of a frame later than it happens
      const top = thread.getBoundingClientRect().top;
      const isSeen = (each) => each.getBoundingClientRect().bottom > top;
      const row = [...thread.querySelectorAll(".message")].find(isSeen);
      anchor = row && { row, at: row.getBoundingClientRect().top };
    });
    thread.addEventListener("htmx:afterSwap", (event) => {
      if (event.target !== thread) return;
      if (atEnd) {
        follow();
      } else if (anchor?.row.isConnected) {
        thread.scrollTop += anchor.row.getBoundingClientRect().top - anchor.at;
      }
      if (last() !== newest) {
        newest = last();
        fresh = !atEnd;
        read = false;
      }
      showMark(fresh);
      reading();
    });
    thread.addEventListener("htmx:responseError", (event) => {
      if (event.detail.xhr.status === 404) document.getElementById("gone").hidden = false;
    });
    toEnd.addEventListener("click", () => {
      if (newer()) location.assign(thread.dataset.newest);
      else follow();
    });
    // What opens beneath the last message is out of sight.
    const show = ({ target }) => target.open && target.scrollIntoView({ block: "nearest" });
    thread.addEventListener("toggle", show, true);
    const wrote = () => {
      if (newer()) location.assign(thread.dataset.newest);
      atEnd = true;
      follow();
    };
    document.addEventListener("wrote", wrote, { signal });
    document.addEventListener("visibilitychange", reading, { signal });
    const grown = new ResizeObserver(() => {
      if (atEnd) follow();
    });
    grown.observe(thread);
    signal.addEventListener("abort", () => grown.disconnect());

    // Opened on an older page, or for one message or note, one reads it from there.
    const asked = document.getElementById(location.hash.slice(1));
    if (newer() || (asked && thread.contains(asked))) {
      asked?.scrollIntoView({ block: "center" });
      atEnd = isAtEnd();
    } else follow();
    showMark(false);
    reading();
  });
})();
