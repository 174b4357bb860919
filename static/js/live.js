// The event stream names what changed, and each fragment with that name in its hx-trigger fetches
// itself. A browser opens six connections to a server at most, whatever the number of tabs: one
// tab listens and tells the others. While nobody hears, fragments ask by themselves, slowly, if
// anybody looks.
(() => {
  const POLL_MS = 15000;
  const AGAIN_MS = 5000;
  const MINUTE_MS = 60000;
  const IN_THE_DARK = ["attention"]; // what a hidden page must still hear of, for its title
  const url = document.body.dataset.stream;
  // Its source cannot be reached: the page says so.
  if (!window.htmx) document.documentElement.dataset.live = "never";
  if (!window.htmx || !url) return;

  // What a page asks for by itself keeps nobody's session alive.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const { triggeringEvent: event, headers } = detail;
    if (event && !event.isTrusted) headers["X-By-Itself"] = "yes";
  });

  const others = new BroadcastChannel("live");
  let hearing = false;
  let missed = false;
  const visible = () => document.visibilityState === "visible";

  const ring = (name) => {
    for (const element of document.querySelectorAll("[hx-trigger]")) {
      const names = element.getAttribute("hx-trigger").split(/[,\s]+/);
      if (names.includes(`sse:${name}`)) window.htmx.trigger(element, `sse:${name}`);
    }
  };
  const KEPT_MS = 60000;
  let heard = []; // lately, and when
  const heardSince = (moment) =>
    new Set(heard.filter(({ at }) => at >= moment).map(({ name }) => name));
  // What was heard while a conversation was on its way is not in it.
  document.addEventListener("pane", ({ detail: { asked } }) => {
    if (asked !== null) heardSince(asked).forEach(ring);
  });
  const hear = (name) => {
    const at = Date.now();
    heard = [...heard.filter((each) => each.at > at - KEPT_MS), { name, at }];
    if (visible()) return ring(name);
    missed = true;
    for (const each of IN_THE_DARK) if (name === each || name === "all") ring(each);
  };
  const setHearing = (now) => {
    hearing = now;
    document.documentElement.dataset.live = now ? "yes" : "no";
  };
  // What happened since this page was made was told to the tabs that were there: who listens for
  // all says what it was.
  const me = crypto.getRandomValues(new Uint32Array(1))[0];
  let joined = false;
  let opened = Infinity;
  const toldSince = (since) =>
    since < Math.max(opened, Date.now() - KEPT_MS) ? ["all"] : [...heardSince(since)];
  others.addEventListener("message", ({ data }) => {
    if ("hearing" in data) {
      setHearing(data.hearing);
      const told = data.to === me ? data.names : ["all"];
      const isForUs = data.to === undefined || data.to === me;
      if (data.hearing && isForUs && !joined) {
        joined = true;
        told.forEach(hear);
      }
    }
    if ("name" in data) hear(data.name);
    if ("who" in data && source) {
      others.postMessage({ hearing, to: data.who, names: toldSince(data.since) });
    }
  });
  const tell = (now) => {
    setHearing(now);
    others.postMessage({ hearing: now });
  };

  let source = null;
  const listen = () => {
    source = new EventSource(url);
    source.onopen = () => {
      opened = Date.now();
      tell(true);
    };
    source.onmessage = ({ data }) => {
      hear(data);
      others.postMessage({ name: data });
    };
    source.onerror = () => {
      tell(false);
      if (source?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      source = null;
      setTimeout(() => {
        if (leading) listen();
      }, AGAIN_MS);
    };
  };
  let leading = false;
  // Until the tab is closed.
  const lead = () =>
    new Promise(() => {
      leading = true;
      listen();
    });

  if (navigator.locks) {
    navigator.locks.request("live", lead);
    others.postMessage({ who: me, since: performance.timeOrigin });
  } else if (visible()) {
    // Over plain http from another machine there are no locks: who is looked at listens.
    lead();
  }

  document.addEventListener("visibilitychange", () => {
    if (!navigator.locks) {
      if (visible() && !source) lead();
      if (!visible()) {
        leading = false;
        source?.close();
        source = null;
        setHearing(false);
      }
    }
    if (visible() && missed) {
      missed = false;
      ring("all");
    }
  });
  // What was asked for too often is asked for again, all at once and not at the same moment as
  // everybody else.
  let again = null;
  document.addEventListener("htmx:responseError", ({ detail: { xhr, requestConfig } }) => {
    if (xhr.status !== 429 || requestConfig.verb !== "get" || again) return;
    const seconds = Number(xhr.getResponseHeader("Retry-After")) || POLL_MS / 1000;
    again = setTimeout(() => {
      again = null;
      if (visible()) window.htmx.trigger(document.body, "stale");
      else missed = true;
    }, seconds * 1000 + Math.random() * AGAIN_MS);
  });
  setInterval(() => {
    if (!hearing && visible()) window.htmx.trigger(document.body, "stale");
  }, POLL_MS);
  // "Today" becomes "Yesterday", and a pause ends, without anything being written.
  setInterval(() => {
    if (visible()) window.htmx.trigger(document.body, "minute");
  }, MINUTE_MS);
})();
