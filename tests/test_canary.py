"""A word that only stands in what is not published must stand nowhere in the output."""

import datetime as dt
from pathlib import Path

import pytest

from images import picture
from support import Outcome, article, build_site, make_site, read_tree, write_files

WORD = "Kookaburra"
PNG = picture() + WORD.encode()
EVERYWHERE = f"""\
id: {WORD}-id
slug: {WORD.lower()}
aliases: [/{WORD.lower()}-old/]
tags: [{WORD} tag]
authors: [{WORD} Doe]
summary: {WORD} summary
description: {WORD} description
image: {{src: {WORD.lower()}.png, alt: {WORD}}}
sources: [{{url: "https://{WORD.lower()}.example/", title: {WORD}}}]
entities: [{{name: {WORD} Corp, role: employer}}]
storylines: [{WORD} story]
figures: [{{what: {WORD}, value: 1}}]
corrections: [{{date: 2020-01-02, text: {WORD}}}]
"""
LIVE = {
    "content/live.md": article("A live one", "2020-01-01", extra="tags: [strikes]\nentities: [A]"),
    "content/later.md": article(
        "A later one", "2020-01-03", extra="tags: [strikes]\nentities: [A]"
    ),
    "content/pages/about.md": "---\ntitle: About\n---\n\nAbout us.\n",
}
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def secret(extra: str = "", date: str = "2020-01-02") -> dict[str, str | bytes]:
    """Return an article that says the word wherever an article can, and its picture."""
    body = f"{WORD} *{WORD}*.\n\n## {WORD}\n\n![{WORD}]({WORD.lower()}.png) [{WORD}](live.md)"
    text = article(f"{WORD} title", date, body=body, extra=EVERYWHERE + extra)
    return {f"content/{WORD.lower()}.md": text, f"content/{WORD.lower()}.png": PNG}


def dated(date: str) -> dict[str, str | bytes]:
    return {f"content/{WORD.lower()}.txt": f"date {date} {WORD} strikes. More.\n"}


def content_page(extra: str) -> dict[str, str | bytes]:
    front = f"title: {WORD}\naliases: [/{WORD.lower()}-old/]\ndescription: {WORD}\n{extra}"
    return {f"content/pages/{WORD.lower()}.md": f"---\n{front}\n---\n\n{WORD}.\n"}


HIDDEN = [
    # hidden, and the same published
    pytest.param(secret("status: draft"), secret(), id="draft"),
    pytest.param(secret(date="2026-06-02"), secret(), id="dated tomorrow"),
    pytest.param(secret(date="2027"), secret(), id="dated next year"),
    pytest.param(secret("publish: 2026-06-01T00:00:01Z"), secret(), id="published in a second"),
    pytest.param(secret("expires: 2026-06-01"), secret(), id="expired today"),
    pytest.param(secret("expires: 2021"), secret("expires: 2030"), id="expired long ago"),
    pytest.param(dated("2026-06-02"), dated("2020-01-02"), id="dated text of tomorrow"),
    pytest.param(content_page("status: draft"), content_page(""), id="draft of a page"),
]


def traces(folder: Path) -> list[str]:
    """Return the files of the output whose name or content has the word, in any case."""
    word = WORD.lower().encode()
    tree = read_tree(folder / "public")
    return [path for path, data in tree.items() if word in path.lower().encode() + data.lower()]


def build(site: Path, **options: object) -> Outcome:
    outcome = build_site(site, now=NOW, **options)
    assert outcome.ok, outcome.text
    return outcome


@pytest.mark.parametrize(("hidden", "shown"), HIDDEN)
def test_what_is_not_published_leaves_no_word(
    hidden: dict[str, str | bytes], shown: dict[str, str | bytes], tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site", {**LIVE, **hidden})
    outcome = build(site)
    assert traces(site) == []
    assert outcome.report is not None
    assert [item.path for item in outcome.report.held] == [min(hidden)]
    without = make_site(tmp_path / "without", LIVE)
    build(without)
    first = read_tree(site / "public")
    assert first == read_tree(without / "public")
    write_files(site, shown)
    build(site)
    assert len(traces(site)) > 1
    write_files(site, hidden)
    build(site)
    assert read_tree(site / "public") == first


def test_a_draft_is_shown_to_who_asks_for_drafts_and_then_gone(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**LIVE, **secret("status: draft")})
    build(site, drafts=True)
    assert f"2020/01/02/{WORD.lower()}/index.html" in traces(site)
    build(site)
    assert traces(site) == []


def test_a_deleted_article_leaves_no_word(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**LIVE, **secret()})
    build(site)
    assert len(traces(site)) > 5
    for path in secret():
        (site / path).unlink()
    build(site)
    assert traces(site) == []


def test_an_unlisted_article_has_a_page_and_stands_on_no_list(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**LIVE, **secret("status: unlisted")})
    build(site)
    assert sorted(traces(site)) == sorted(
        [
            ".digest-manifest.json",
            f"2020/01/02/{WORD.lower()}/index.html",
            f"{WORD.lower()}-old/index.html",
            f"{WORD.lower()}.png",
        ]
    )
