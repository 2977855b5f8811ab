// The filters of the timeline. The data of the years is fetched when somebody opens them; the
// choice stands in the address, so that it can be sent, and taken back with the back button.

"use strict";

(() => {
  const box = document.querySelector(".filters");
  if (!box) {
    return;
  }
  const STEP = 100;
  const form = box.querySelector(".filters-form");
  const said = box.querySelector(".filters-said");
  const found = document.querySelector(".filters-found");
  const list = found.querySelector(".rail");
  const more = found.querySelector(".filters-more");
  const latest = found.nextElementSibling;
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const names = { tag: {}, storyline: {}, entity: {}, kind: {}, role: {} };
  const facets = Object.keys(names);
  const selects = Object.fromEntries(facets.map((name) => [name, form.querySelector(`[name=${name}]`)]));
  const kinds = new Map(); // of entities, by slug
  let entries = null;
  let matching = [];

  // --- data

  let loading = null;
  function load() {
    loading ??= fetchYears().catch((fault) => {
      loading = null; // the next try may succeed
      throw fault;
    });
    return loading;
  }

  async function fetchYears() {
    const years = await Promise.all(
      box.dataset.sources.split(" ").map(async (url) => {
        const answer = await fetch(url);
        if (!answer.ok) {
          throw new Error(`${url}: ${answer.status}`);
        }
        return answer.json();
      }),
    );
    for (const year of years) {
      Object.assign(names.tag, year.tags);
      Object.assign(names.storyline, year.storylines);
      Object.assign(names.kind, year.kinds);
      Object.assign(names.role, year.roles);
      for (const [slug, [name, kind]] of Object.entries(year.entities)) {
        names.entity[slug] = name;
        kinds.set(slug, kind);
      }
    }
    entries = years.flatMap((year) => year.entries.toReversed());
  }

  // --- what is chosen

  function chosen() {
    return Object.fromEntries(facets.map((name) => [name, selects[name].value]));
  }

  function fits(entry, choice) {
    const { tag, storyline, entity, kind, role } = choice;
    const listed = (!tag || entry.tags.includes(tag)) && (!storyline || entry.storylines.includes(storyline));
    const asks = entity || kind || role;
    // one and the same entity must be of that name, kind and role
    return listed && (!asks || entry.entities.some(([slug, own]) => isAsked(slug, own, choice)));
  }

  function isAsked(slug, own, { entity, kind, role }) {
    return (!entity || slug === entity) && (!kind || kinds.get(slug) === kind) && (!role || own === role);
  }

  // What an entry counts for in a facet, given what is chosen in the others.
  function values(entry, facet, choice) {
    if (facet === "tag" || facet === "storyline") {
      return entry[`${facet}s`];
    }
    const parts = entry.entities.filter(([slug, own]) => isAsked(slug, own, choice));
    const value = { entity: ([slug]) => slug, kind: ([slug]) => kinds.get(slug), role: ([, own]) => own };
    return parts.map(value[facet]).filter(Boolean);
  }

  function fill(facet, choice) {
    const others = { ...choice, [facet]: "" };
    const counts = new Map();
    for (const entry of entries.filter((it) => fits(it, others))) {
      for (const value of new Set(values(entry, facet, others))) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    const select = selects[facet];
    const all = select.options[0];
    const ordered = [...counts].sort(([a, m], [b, n]) => n - m || names[facet][a].localeCompare(names[facet][b]));
    if (choice[facet] && !counts.has(choice[facet])) {
      ordered.unshift([choice[facet], 0]);
    }
    const options = ordered.map(([value, count]) => new Option(`${names[facet][value] ?? value} (${count})`, value));
    select.replaceChildren(all, ...options);
    select.value = choice[facet];
  }

  // --- what is shown

  function element(name, className, ...children) {
    const made = document.createElement(name);
    made.className = className;
    made.append(...children);
    return made;
  }

  function day(date, label) {
    const time = element("time", "", label);
    time.dateTime = date;
    return element("section", "day", element("h2", "day-date", time), element("div", "day-entries"));
  }

  function show(from) {
    let group = from ? list.lastElementChild : null;
    for (const entry of matching.slice(from, from + STEP)) {
      if (!group || group.querySelector("time").dateTime !== entry.date) {
        group = day(entry.date, entry.label);
        list.append(group);
      }
      const link = element("a", "", entry.title);
      link.href = entry.url;
      link.dir = "auto";
      group.lastElementChild.append(element("article", "entry", element("h3", "entry-title", link)));
    }
    more.hidden = from + STEP >= matching.length;
  }

  function update() {
    const choice = chosen();
    const isAny = facets.some((name) => choice[name]);
    matching = entries.filter((entry) => fits(entry, choice));
    facets.forEach((facet) => fill(facet, choice));
    list.replaceChildren();
    if (isAny) {
      show(0);
    }
    found.hidden = !isAny;
    latest.hidden = isAny;
    const words = said.dataset[plural.select(matching.length)] ?? said.dataset.other;
    said.textContent = isAny ? words.replace("{count}", matching.length) : "";
  }

  // --- the address

  async function restore() {
    const asked = new URLSearchParams(location.search);
    const isAny = facets.some((name) => asked.get(name));
    if (!isAny && !entries) {
      return;
    }
    box.open = box.open || isAny;
    found.hidden = !isAny; // before anything is painted, so that nothing moves later
    latest.hidden = isAny;
    if (await ready()) {
      for (const name of facets) {
        const value = asked.get(name) ?? "";
        const select = selects[name];
        if (![...select.options].some((option) => option.value === value)) {
          select.add(new Option(names[name][value] ?? value, value));
        }
        select.value = value;
      }
      update();
    }
  }

  function remember() {
    const choice = Object.entries(chosen()).filter(([, value]) => value);
    const query = new URLSearchParams(choice).toString();
    history.pushState(null, "", query ? `?${query}` : location.pathname);
  }

  async function ready() {
    try {
      await load();
      return true;
    } catch {
      said.textContent = said.dataset.failed;
      found.hidden = true;
      latest.hidden = false;
      return false;
    }
  }

  // --- acting

  box.addEventListener("toggle", async () => {
    if (box.open && !entries && (await ready())) {
      update();
    }
  });
  form.addEventListener("change", () => {
    if (entries) {
      remember();
      update();
    }
  });
  form.querySelector(".filters-clear").addEventListener("click", () => {
    if (entries) {
      facets.forEach((name) => (selects[name].value = ""));
      remember();
      update();
    }
  });
  more.addEventListener("click", () => {
    const shown = list.querySelectorAll(".entry").length;
    show(shown);
    list.querySelectorAll(".entry a")[shown]?.focus();
  });
  addEventListener("popstate", restore);
  restore();
})();
