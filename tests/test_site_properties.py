"""What holds for every site, whatever it is made of."""

import datetime as dt
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import elements, parse_page
from digest.config.records import Clock, Config, SiteInfo
from digest.index.index import build_index
from digest.index.publication import split_published
from digest.model.findings import FoundFigure
from digest.model.records import Article, Body, ContentPage, Entity
from digest.plan.plan import Inputs, make_plan
from digest.urls import Base, slugify, tag_url, term_fault, term_slug
from domain import an_article, an_entity
from support import MAKERS, NOW, article, build_site, make_site, page, read_tree, shipped_words

HOSTILE = [
    "../../x",
    "/etc/x",
    "..",
    ".",
    "a\\b",
    "%2e%2e%2fx",
    "%00",
    "CON",
    "nul.txt",
    "a/../b",
    "//evil",
    "~",
    "$HOME",
    "é",
    "e\u0301",
    "a:b",
    "\u202etxt",
    "x" * 120,
    ".git",
    ".digest-manifest.json",
    ".digest-staging",
    "index.html",
    "feed.xml",
    "tags",
]
WORDS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'"), max_size=12),
)
FILES = st.one_of(
    st.sampled_from([name for name in HOSTILE if "/" not in name and name not in {".", ".."}]),
    st.text(st.sampled_from("aZ.-_ ~%#?:é\\*\u200b"), min_size=1, max_size=8).filter(
        lambda name: name not in {".", ".."}
    ),
)


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


FIELDS = {
    "slug": "slug: '{}'",
    "alias": "aliases: ['/{}', '/{}/x/']",
    "whole alias": "aliases: ['{}']",
    "tag": "tags: ['{}', 'a{}']",
    "entity": "entities: ['{}', 'a{}']",
    "title": "title: '{}'",
    "static file": "tags: [x]",
}


def hostile_site(field: str, word: str, file: str) -> dict[str, str | bytes]:
    """Return the files of a site with a hostile word in one place."""
    fields = FIELDS[field].replace("{}", word)
    if field == "title":
        return {"content/a.md": f"---\n{fields}\ndate: 2023\n---\n\nText.\n"}
    files: dict[str, str | bytes] = {"content/a.md": article(extra=fields)}
    return files | ({f"static/{file}": "x"} if field == "static file" else {})


@settings(max_examples=100)
@given(st.sampled_from(list(FIELDS)), WORDS, FILES)
def test_no_name_writes_outside_the_output(field: str, word: str, file: str) -> None:
    with scratch() as folder:
        site = make_site(folder / "above/site", hostile_site(field, word, file))
        before = read_tree(folder)
        outcome = build_site(site)
        after = read_tree(folder)
        new = {path for path in after if after[path] != before.get(path)}
        assert before.keys() <= after.keys()
        new = {path for path in new if not path.startswith("above/site/.digest/")}
        assert all(path.startswith("above/site/public/") for path in new)
        assert outcome.ok == bool(new)
        if not outcome.ok:
            assert "content/a.md:" in outcome.text or "static/" in outcome.text
        for place, folders, _ in os.walk(folder):
            assert Path(place).resolve().is_relative_to(folder.resolve())
            assert ".digest-staging" not in folders


NAMES = st.sampled_from(
    ["AI", "ai", "C#", "C++", "Café", "Cafe\u0301", "罢工", "a & b", "~", "<x>"]
)
DATES = st.sampled_from(
    ["2022", "2022-11", "2023-01-31", "2023-02-01", "2023-02-01T09:00:00+01:00"]
)
PIECES = st.lists(
    st.tuples(DATES, st.lists(NAMES, max_size=3), st.lists(NAMES, max_size=3), st.booleans()),
    max_size=6,
)


def listed_on(folder: Path, url: str) -> set[str]:
    """Return the pieces that a page lists, by the last part of their URL."""
    tree = parse_page(page(folder, url)).find("body")
    return {
        attributes["href"].rstrip("/").rpartition("/")[2]
        for heading in tree.iter("h3")
        for name, attributes, _ in elements(heading)
        if name == "a"
    }


@settings(max_examples=25)
@given(PIECES)
def test_a_piece_stands_on_every_page_that_it_names_and_on_no_other(
    pieces: list[tuple[str, list[str], list[str], bool]],
) -> None:
    wanted: dict[str, set[str]] = {"/timeline/": set(), "/": set()}
    files: dict[str, str | bytes] = {}
    for number, (date, tags, entities, listed) in enumerate(pieces):
        extra = (
            f"tags: {tags}\nentities: {entities}\nstatus: {'published' if listed else 'unlisted'}"
        )
        files[f"content/p{number}.md"] = article(f"P{number}", date, extra=extra)
        year, month = date[:4], date[5:7]
        own = ["/", "/timeline/", f"/timeline/{year}/"]
        own += [f"/timeline/{year}/{month}/"] if month else []
        own += [tag_url(term_slug(tag)) for tag in tags]
        own += [f"/entities/{term_slug(entity)}/" for entity in entities]
        for url in own if listed else []:
            wanted.setdefault(url, set()).add(f"p{number}")
    with scratch() as folder:
        outcome = build_site(make_site(folder, files))
        assert outcome.ok, outcome.text
        lists = {
            f"/{path}".removesuffix("index.html")
            for path in read_tree(folder / "public")
            if path.startswith(("tags/", "entities/", "timeline/")) or path == "index.html"
        } - {"/tags/", "/entities/"}
        assert {url: listed_on(folder, url) for url in lists} == wanted


RECORDS = st.builds(
    lambda number, date, tags, entities: an_article(
        f"a{number}",
        date,
        tags=tuple(tags),
        entities=tuple(entities),
        storylines=tuple(tags[:1]),
        aliases=(f"/old/{number}/",),
    ),
    st.integers(0, 10_000),
    DATES.filter(lambda date: len(date) <= 10),
    st.lists(NAMES, max_size=3),
    st.lists(NAMES, max_size=3),
)


class PathTexts:
    """Texts that say where they stand."""

    def html(self, path: str) -> tuple[str, ...]:
        return (f"<p>{path}</p>",)

    def figures(self, path: str) -> tuple[FoundFigure, ...]:
        assert path
        return ()


def plan_of(
    articles: list[Article],
    entities: list[Entity],
    pages: list[ContentPage],
    files: dict[str, str],
) -> tuple[list[object], list[str]]:
    """Return the plan of some records as they come, all views made, and the findings, sorted."""
    live, held = split_published(articles, Clock(NOW, dt.UTC))
    index, found = build_index(live, entities)
    assert index is not None
    records: list[Article | Entity | ContentPage] = [*articles, *entities, *pages]
    bodies = {item.path: Body(()) for item in records}
    inputs = Inputs(
        config=Config(SiteInfo("T"), Base("https://example.org", "/a")),
        words=shipped_words(),
        zone=dt.UTC,
        index=index,
        makers=MAKERS,
        pages=tuple(pages),
        bodies=bodies,
        held=held,
        files={},
        broken=frozenset(),
        static=files,
        digests={f"static/{path}": b"" for path in files},
        keys={item.path: item.path.encode() for item in records},
        templates=frozenset({"article.html"}),
    )
    plan, more = make_plan(inputs)
    texts = PathTexts()
    views = [(page.url, page.key, plan.view(page, texts)) for page in plan.pages] if plan else []
    assets = [
        (it.path, it.file, it.owner, it.digest, it.make() if it.make else b"")
        for it in (plan.assets if plan else ())
    ]
    planned: list[object] = [plan.site, assets, views] if plan else []
    return planned, sorted(map(str, (*found, *more)))


@settings(max_examples=100)
@given(
    st.lists(RECORDS, max_size=8, unique_by=lambda item: item.id),
    st.permutations(["AI", "罢工", "Nobody", "Café"]),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_input_does_not_matter_to_the_plan(
    articles: list[Article], names: list[str], shuffle: random.Random
) -> None:
    entities = [an_entity(name) for name in names]
    pages = [
        ContentPage(path=f"content/pages/{name}.md", title=name, parts=(name,)) for name in "abc"
    ]
    files = {f"{name}.css": f"/disk/{name}.css" for name in "xyz"}
    first = plan_of(articles, entities, pages, files)
    shuffle.shuffle(articles)
    shuffle.shuffle(entities)
    shuffle.shuffle(pages)
    again = plan_of(articles, entities, pages, dict(reversed(files.items())))
    assert first == again


@settings(max_examples=200)
@given(st.lists(NAMES | WORDS, max_size=4))
def test_a_name_has_a_page_or_is_refused(names: list[str]) -> None:
    found = [name for name in names if name.strip()]
    index, findings = build_index([an_article("a", tags=tuple(found))], ())
    bad = [name for name in found if term_fault(term_slug(name))]
    assert (index is None) == bool(bad)
    assert bool(findings) >= bool(bad)
    if index is not None:
        assert set(index.tags) == {slugify(name) or term_slug(name) for name in found}
