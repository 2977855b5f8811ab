"""A corpus of hostile texts: inert in the page, in the feed, and in every field."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from crawler import ATOM, LINK_ATTRIBUTES, elements, parse_page, parse_part, without_own
from images import picture
from support import SITE, article, build_site, make_site, page, read_tree


def read_vectors() -> list[str]:
    """Return the corpus: one text a line, with escapes for what a line cannot hold."""
    lines = (Path(__file__).parent / "data/xss.txt").read_text().splitlines()
    return [re.sub(r"\\(\\|n|t|x0[0-9a-f])", _unescape, line) for line in lines]


def _unescape(match: re.Match[str]) -> str:
    escape = match[1]
    return {"\\": "\\", "n": "\n", "t": "\t"}.get(escape) or chr(int(escape[1:], 16))


VECTORS = read_vectors()
NAMES = [
    " ".join(text.split())
    for text in VECTORS
    if len(text) < 90 and all(char.isprintable() or char.isspace() for char in text)
]
FORBIDDEN = frozenset(
    "script iframe frame frameset object embed applet form input button select textarea base style "
    "svg math template noscript audio video source track dialog portal marquee layer image "
    "foreignobject link meta title".split()
)
OF_HEADS = frozenset({"link", "meta", "title"})
CONFIG = f"{SITE}[feed]\nentries = 10000\n"
FIELDS = """---
title: TEXT
slug: vN
date: 2023-07-27
summary: TEXT
description: TEXT
authors: [TEXT]
storylines: [TEXT]
tags: [TEXT]
entities: [{name: TEXT, role: union}]
sources: [{url: 'https://example.org/?a="b"', title: TEXT, publisher: TEXT}]
figures: [{what: TEXT, value: 1, unit: TEXT}]
corrections: [{date: 2023-08, text: TEXT}]
image: {src: p.png, alt: TEXT}
---

Text.
"""
ENTITY = "---\nname: TEXT\ndescription: TEXT\n---\nText.\n"


def dangers(tree: Any, *, whole: bool) -> list[str]:
    """Return what in a tree can run, style, frame, submit, or lead to a forbidden scheme."""
    found: list[str] = []
    for name, attributes, _ in elements(tree.find("body") if whole else tree):
        found += [f"<{name}>"] if name in FORBIDDEN else []
        for key, value in attributes.items():
            if key.startswith("on") or key in {"style", "srcdoc"} or not key.isascii():
                found.append(f"{name} {key}")
            if key in LINK_ATTRIBUTES and not _may_lead(value, name):
                found.append(f"{name} {key}={value!r}")
    if whole:
        head = [name for name, _, _ in elements(tree.find("head"))]
        found += [name for name in head if name in FORBIDDEN - OF_HEADS]
    return found


def _may_lead(address: str, name: str) -> bool:
    """Return whether a browser finds http, https, mailto or this site behind an address."""
    if name == "img" and address == "data:,":
        return True
    seen = re.sub("[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
    outside = seen.replace("\\", "/").startswith("//")
    return not outside and (scheme is None or scheme[1].lower() in {"http", "https", "mailto"})


class Built(NamedTuple):
    """A site of all texts, and the bodies of its feed by title."""

    folder: Path
    feed: dict[str, str]


def build(folder: Path, files: dict[str, str | bytes]) -> Built:
    outcome = build_site(make_site(folder, files, CONFIG))
    assert [str(item) for item in outcome.diagnostics if item.severity == "error"] == []
    feed = ET.fromstring((folder / "public/feed.xml").read_bytes())  # noqa: S314 our own output
    return Built(
        folder,
        {
            entry.findtext(f"{ATOM}title", ""): entry.findtext(f"{ATOM}content", "")
            for entry in feed.iter(f"{ATOM}entry")
        },
    )


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site in which every text is the body of an article."""
    files: dict[str, str | bytes] = {
        f"content/{number}.md": article(f"V{number}", body=f"Before.\n\n{text}\n\n[It](0.md).")
        for number, text in enumerate(VECTORS)
    }
    return build(tmp_path_factory.mktemp("bodies"), files)


@pytest.fixture(scope="module")
def fields(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site in which texts stand in every field that a page shows."""
    files: dict[str, str | bytes] = {"content/p.png": picture()}
    for number, name in enumerate(NAMES):
        text = json.dumps(f"T{number} {name}", ensure_ascii=False)
        files[f"content/{number}.md"] = FIELDS.replace("N", str(number)).replace("TEXT", text)
        text = json.dumps(f"E{number} {name}", ensure_ascii=False)
        files[f"content/entities/{number}.md"] = ENTITY.replace("TEXT", text)
    return build(tmp_path_factory.mktemp("fields"), files)


def test_the_texts_are_many_and_dangerous_where_nothing_cleans_them() -> None:
    assert len(set(VECTORS)) == len(VECTORS) >= 150
    assert sum(bool(dangers(parse_part(text), whole=False)) for text in VECTORS) >= 150


@pytest.mark.parametrize("number", range(len(VECTORS)), ids=[ascii(text)[:60] for text in VECTORS])
def test_a_hostile_body_is_inert(bodies: Built, number: int) -> None:
    tree = parse_page(without_own(page(bodies.folder, f"/2023/07/27/v{number}/")))
    assert dangers(tree, whole=True) == []
    assert [element.tag for element in tree.find("body")] == ["a", "header", "main", "footer"]
    plain = parse_page(without_own(page(bodies.folder, "/404.html")))
    heads = [{name for name, _, _ in elements(item.find("head"))} for item in (tree, plain)]
    assert heads[0] == heads[1]
    text = tree.find(".//div[@class='text']")
    assert "Before." in "".join(text.itertext())
    within = [attributes for _, attributes, element in elements(text) if element is not text]
    assert not any("--" in attributes.get("id", "") for attributes in within)
    assert dangers(parse_part(bodies.feed[f"V{number}"]), whole=False) == []


def test_no_hostile_body_reaches_a_list(bodies: Built) -> None:
    listed = ["/", "/timeline/", "/timeline/2023/", "/timeline/2023/07/"]
    pages = [without_own(page(bodies.folder, url)) for url in listed]
    assert [dangers(parse_page(text), whole=True) for text in pages] == [[]] * 4


def test_hostile_fields_are_text_on_every_page(fields: Built) -> None:
    tree = read_tree(fields.folder / "public")
    pages = {
        path: without_own(data.decode()) for path, data in tree.items() if path.endswith(".html")
    }
    assert len(pages) > 3 * len(NAMES)
    for text in pages.values():
        assert re.search("<(script|svg|img src=x|iframe|base|object)", text, re.IGNORECASE) is None
        assert re.search(r"<[^>]*\s(on\w+|style)=", re.sub('"[^"]*"', '""', text)) is None
    for path in ("index.html", "tags/index.html", "entities/index.html", *list(pages)[::20]):
        assert dangers(parse_page(pages[path]), whole=True) == []


@pytest.mark.parametrize(
    "number", range(0, len(NAMES), 3), ids=[ascii(name)[:60] for name in NAMES[::3]]
)
def test_a_hostile_title_breaks_out_of_nothing(fields: Built, number: int) -> None:
    title = f"T{number} {NAMES[number]}"
    tree = parse_page(without_own(page(fields.folder, f"/2023/07/27/v{number}/")))
    assert dangers(tree, whole=True) == []
    assert "".join(tree.find(".//h1").itertext()) == title
    attributes = {item.get("name"): item.get("content") for item in tree.findall(".//meta")}
    assert attributes["description"] == title
    assert tree.find(".//figure/img").get("alt") == title
    assert title in fields.feed
