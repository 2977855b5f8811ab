// The search page. What is asked stands in the URL, so that it can be shared and the back button
// works; words come from the page, so that they can be translated. The index is Pagefind's.

const NAMES = ["tag", "entity", "kind", "year"];
const STEP = 10;
const MOST_OPTIONS = 200;
const PAUSE = 200;

const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);

const form = document.querySelector("form.search");
const field = form.elements.q;
const status = document.querySelector(".search-status");
const list = document.querySelector(".search-results");
const more = document.querySelector(".search-more");

let opened;
let turn = 0;
let timer;
let left = [];

/** Return the API of the index, which knows the number of pieces behind each filter. */
async function open() {
  const index = await import(new URL(form.dataset.engine, location));
  await index.options({ baseUrl: form.dataset.home });
  await index.filters();
  return index;
}

/** Return what the URL asks for: words or null, and filters by name. */
function asked() {
  const given = new URLSearchParams(location.search);
  const filters = {};
  for (const name of NAMES) {
    if (given.get(name)) filters[name] = given.get(name);
  }
  return { words: given.get("q")?.trim() || null, filters };
}

/** Put what the form asks for into the URL: as a new entry of the history, or in place of it. */
function note(isNew) {
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  const query = new URLSearchParams(given).toString();
  const url = location.pathname + (query ? `?${query}` : "");
  if (url === location.pathname + location.search) return;
  history[isNew ? "pushState" : "replaceState"](null, "", url);
}

/** Show what the URL asks for. */
async function run() {
  const own = ++turn;
  clearTimeout(timer);
  const { words, filters } = asked();
  if (field.value.trim() !== (words ?? "")) field.value = words ?? "";
  for (const name of NAMES) {
    if (form.elements[name].value !== (filters[name] ?? "")) offer(name, {}, filters[name] ?? "");
  }
  try {
    const index = await (opened ??= open());
    const sort = words ? {} : { date: "desc" };
    const search = (some) => index.search(words, { filters: some, sort });
    const isAsked = words || Object.keys(filters).length;
    const found = isAsked ? await search(filters) : { results: [], filters: await index.filters() };
    // A list offers what there would be with another choice in it.
    const counts = await Promise.all(
      NAMES.map(async (name) => {
        const { [name]: chosen, ...others } = filters;
        if (chosen === undefined) return found.filters[name];
        const wider = words || Object.keys(others).length ? await search(others) : null;
        return (wider?.filters ?? (await index.filters()))[name];
      }),
    );
    if (own !== turn) return;
    NAMES.forEach((name, number) => offer(name, counts[number] ?? {}, filters[name] ?? ""));
    await show(found.results, isAsked, own);
  } catch (fault) {
    if (own !== turn) return;
    console.warn(fault);
    opened = undefined;
    list.replaceChildren();
    more.hidden = true;
    status.textContent = form.dataset.missing;
  }
}

/** Fill a list with the choices that lead to a piece, the largest where there are many. */
function offer(name, counts, chosen) {
  const select = form.elements[name];
  const found = Object.entries(counts).filter(([value, count]) => count && value !== chosen);
  found.sort((one, other) => other[1] - one[1]).splice(MOST_OPTIONS);
  if (chosen) found.push([chosen, counts[chosen]]);
  found.sort(([one], [other]) => one.localeCompare(other) * (name === "year" ? -1 : 1));
  const options = found.map(([value, count]) => new Option(count ? `${value} (${count})` : value, value));
  select.replaceChildren(select.options[0], ...options);
  select.value = chosen;
}

/** Show the first results, and say how many there are. */
async function show(results, isAsked, own) {
  left = results;
  const items = await next();
  if (own !== turn) return;
  list.replaceChildren(...items);
  const count = results.length;
  const words = form.dataset[plural.select(count)] ?? form.dataset.other;
  const said = count ? words.replace("{count}", count.toLocaleString(language)) : form.dataset.none;
  status.textContent = isAsked ? said : "";
}

/** Return the items of the next few results. */
async function next() {
  const pieces = await Promise.all(left.slice(0, STEP).map((result) => result.data()));
  left = left.slice(STEP);
  more.hidden = !left.length;
  return pieces.map(item);
}

/** Return a result as an element. Nothing that an article says is ever read as HTML. */
function item({ url, meta, excerpt }) {
  const link = make("a", { href: url, dir: "auto", textContent: meta.title });
  const date = make("time", { dateTime: meta.iso, textContent: meta.date });
  const text = make("p", { dir: "auto" }, ...excerpt.split(/<\/?mark>/).map(part));
  const title = make("h2", { className: "entry-title" }, link);
  return make("li", { className: "entry" }, title, make("p", { className: "entry-date" }, date), text);
}

/** Return a part of an excerpt; every other one is what was searched for. */
function part(text, number) {
  const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return number % 2 ? make("mark", { textContent: plain }) : plain;
}

function make(name, fields, ...children) {
  const element = Object.assign(document.createElement(name), fields);
  element.append(...children);
  return element;
}

/** Move between the field and the results with the arrows; Escape leads back and empties. */
function move(event) {
  const links = [...list.querySelectorAll("a")];
  const place = links.indexOf(document.activeElement);
  const isField = document.activeElement === field;
  if (!isField && place < 0) return;
  if (event.key === "ArrowDown") links[place + 1]?.focus();
  else if (event.key === "ArrowUp" && place >= 0) (links[place - 1] ?? field).focus();
  else if (event.key === "Escape" && place >= 0) field.focus();
  else if (event.key === "Escape" && field.value) {
    field.value = "";
    note(false);
    run();
  } else return;
  event.preventDefault();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  note(false);
  run();
});
field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    note(false);
    run();
  }, PAUSE);
});
for (const name of NAMES) {
  form.elements[name].addEventListener("change", () => {
    note(true);
    run();
  });
}
more.addEventListener("click", async () => {
  const own = turn;
  const items = await next();
  if (own !== turn) return;
  list.append(...items);
  items[0]?.querySelector("a").focus();
});
addEventListener("keydown", move);
addEventListener("popstate", run);

if (!location.search) field.focus();
run();
