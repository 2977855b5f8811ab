// Keeps a page of the preview up to date. The server says over /_digest/events only that there was
// a build; what that means for this page is asked of /_digest/state, by digests of what it shows.

"use strict";

(() => {
  const script = document.currentScript;
  const own = "plain" in script.dataset; // a page of the preview itself: it shows the findings
  const scrollKey = `digest-scroll ${location.pathname}`;
  const LONGEST_QUERY = 6000;
  let token = script.dataset.token;
  let number = Number(script.dataset.number);
  let parts = null;
  let asking = false;
  let askAgain = false;
  let dismissed = 0;
  let overlay = null;

  // --- what the page shows

  function pathOf(url) {
    try {
      const { origin, pathname } = new URL(url, location.href);
      const ours = origin === location.origin && !pathname.startsWith("/_digest/");
      return ours ? pathname : "";
    } catch {
      return ""; // no address at all
    }
  }

  function sheets() {
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")];
    return links.filter((link) => pathOf(link.href));
  }

  // Everything that was loaded for the page: pictures, scripts, what style sheets name.
  function others(styles) {
    const loaded = performance.getEntriesByType("resource").filter((it) => it.initiatorType !== "fetch");
    const shown = [...document.querySelectorAll("img, script[src], source[src], video, audio")];
    const urls = [...loaded.map((it) => it.name), ...shown.map((it) => it.currentSrc || it.src)];
    return new Set(urls.map(pathOf).filter((path) => path && !styles.has(path)));
  }

  // --- asking

  async function ask() {
    if (asking) {
      askAgain = true; // a build has ended while the answer about the one before was on its way
      return;
    }
    asking = true;
    try {
      do {
        askAgain = false;
        await compare();
      } while (askAgain);
    } catch {
      setTimeout(ask, 1000); // the server has gone; the stream tells when it is there again
    } finally {
      asking = false;
    }
  }

  async function fetchJson(url) {
    const answer = await fetch(url, { cache: "no-store" });
    if (!answer.ok) {
      throw new Error(`${answer.status}`);
    }
    return answer.json();
  }

  // The query of one question stays short: names of files may be long.
  function questions(paths) {
    const found = [];
    let query = "";
    for (const path of paths) {
      const part = `&part=${encodeURIComponent(path)}`;
      if (query && query.length + part.length > LONGEST_QUERY) {
        found.push(query);
        query = "";
      }
      query += part;
    }
    return [...found, query];
  }

  async function askState(paths) {
    const page = `page=${encodeURIComponent(location.pathname)}`;
    let state = null;
    for (const query of questions(paths)) {
      const next = await fetchJson(`/_digest/state?${page}${query}`);
      askAgain ||= state !== null && state.number !== next.number;
      state = { ...next, parts: { ...state?.parts, ...next.parts } };
    }
    return state;
  }

  async function compare() {
    const styles = new Set(sheets().map((link) => pathOf(link.href)));
    const rest = others(styles);
    const state = await askState([...styles, ...rest]);
    const late = parts === null && state.number !== number; // built while this page was loading
    const before = parts ?? state.parts;
    const isOther = (path) => path in before && state.parts[path] !== before[path];
    parts = { ...before, ...state.parts };
    number = state.number;
    const changed = [...rest].filter((path) => late || isOther(path));
    const imported = changed.filter((path) => path.endsWith(".css"));
    if (state.page !== token || changed.length > imported.length) {
      reload();
      return;
    }
    const stale = [...styles].filter((path) => late || imported.length || isOther(path));
    stale.forEach((path) => swap(path, `${state.number}`));
    if (state.failed && !own && dismissed !== number) {
      await show();
    } else {
      hide();
    }
    if (!own) {
      markHeld(state.held);
    }
  }

  // --- acting

  function reload() {
    try {
      sessionStorage.setItem(scrollKey, JSON.stringify([scrollX, scrollY]));
    } catch {
      // a browser without storage restores the place itself, as a rule
    }
    location.reload();
  }

  function restoreScroll() {
    try {
      const kept = sessionStorage.getItem(scrollKey);
      sessionStorage.removeItem(scrollKey);
      if (kept) {
        const [x, y] = JSON.parse(kept);
        scrollTo({ left: x, top: y, behavior: "instant" });
      }
    } catch {
      // as above
    }
  }

  function swap(path, version) {
    for (const old of sheets().filter((link) => pathOf(link.href) === path)) {
      const fresh = old.cloneNode();
      fresh.removeAttribute("integrity"); // that of the bytes before
      fresh.href = `${path}?digest=${version}`;
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => fresh.remove());
      old.after(fresh);
    }
  }

  function addPreviewSheet(root) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = "/_digest/preview.css";
    root.append(link);
    return link;
  }

  function markHeld(held) {
    document.querySelectorAll(".digest-mark").forEach((mark) => mark.remove());
    if (Object.keys(held).length && !document.querySelector("link[href='/_digest/preview.css']")) {
      addPreviewSheet(document.head);
    }
    for (const link of document.querySelectorAll("main a[href]")) {
      const why = held[pathOf(link.href)];
      if (why) {
        link.after(element("span", "digest-mark", why));
      }
    }
  }

  // --- findings

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text; // never as HTML: file names and lines are anybody's
    return made;
  }

  function showFinding(finding) {
    const item = element("li", "digest-finding", "");
    const what = element("p", "digest-what", "");
    const severity = element("strong", `digest-${finding.severity}`, finding.severity);
    what.append(severity, ` [${finding.code}] ${finding.message}`);
    item.append(what);
    if (finding.place) {
      item.append(element("p", "digest-place", finding.place));
    }
    if (finding.before || finding.at || finding.after) {
      const source = element("pre", "digest-source", "");
      source.append(element("span", "digest-line", `${finding.line} | `), finding.before);
      if (finding.at) {
        source.append(element("mark", "", finding.at));
      }
      source.append(finding.after);
      item.append(source);
    }
    if (finding.hint) {
      item.append(element("p", "digest-hint", `hint: ${finding.hint}`));
    }
    return item;
  }

  async function show() {
    const { findings, more } = await fetchJson("/_digest/findings");
    const first = overlay === null;
    if (first) {
      const host = document.createElement("div");
      host.id = "digest-overlay";
      overlay = { host, root: host.attachShadow({ mode: "open" }), focused: document.activeElement };
      document.body.append(host);
    }
    const panel = element("div", "digest-overlay", "");
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-labelledby", "title");
    panel.tabIndex = -1;
    const title = element("h2", "", "The last save has errors; you see the site as it was before");
    title.id = "title";
    const button = element("button", "", "Close");
    button.type = "button";
    button.addEventListener("click", dismiss);
    const list = element("ol", "digest-findings", "");
    list.append(...findings.map(showFinding));
    if (more) {
      list.append(element("li", "digest-finding", `and ${more} more: see /_digest/`));
    }
    panel.append(button, title, list);
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        dismiss();
      }
    });
    const had = overlay.root.activeElement !== null;
    overlay.root.querySelector(".digest-overlay")?.remove();
    if (first) {
      addPreviewSheet(overlay.root);
    }
    overlay.root.append(panel);
    if (first || had) {
      panel.focus({ preventScroll: true });
    }
  }

  function dismiss() {
    dismissed = number;
    hide();
  }

  function hide() {
    if (overlay) {
      const { host, focused } = overlay;
      const had = document.activeElement === host;
      host.remove();
      overlay = null;
      if (had && focused?.isConnected) {
        focused.focus({ preventScroll: true });
      }
    }
  }

  // --- hearing: one stream serves all tabs, as a browser opens only a few connections to a host

  function hear(heard) {
    if (heard !== number || parts === null) {
      ask();
    }
  }

  function openStream(tell) {
    const stream = new EventSource("/_digest/events");
    stream.onmessage = (event) => tell(Number(event.data));
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) {
        setTimeout(openStream, 1000, tell); // the browser has given up: the server was gone long
      }
    };
    addEventListener("pagehide", () => stream.close());
  }

  function listen() {
    if (!navigator.locks || !globalThis.BroadcastChannel) {
      openStream(hear);
      return;
    }
    const channel = new BroadcastChannel("digest-preview");
    channel.onmessage = (event) => hear(event.data);
    navigator.locks.request("digest-preview", () => {
      openStream((heard) => {
        channel.postMessage(heard);
        hear(heard);
      });
      return new Promise(() => {}); // held until the tab goes; then another one takes over
    });
  }

  addEventListener("load", restoreScroll);
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      location.reload(); // its stream was closed, and what it shows may be old
    }
  });
  listen();
  ask();
})();
