"""The site for language models."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from digest.plan.llms import escape_markdown
from digest.urls import parse_base
from support import SITE, article, build_site, make_site, page

HOSTILE = "# [x](javascript:1) *a* `b` <b> &lt; __c__ ~~d~~ \\ ![e] #"


def links_of(text: str) -> list[tuple[str, str]]:
    """Return the text and address of each link, as a reader of CommonMark finds them."""
    found = []
    for token in MarkdownIt().enable("strikethrough").parse(text):
        children = token.children or []
        for place, child in enumerate(children):
            if child.type == "link_open":
                rest = children[place + 1 :]
                end = next(n for n, it in enumerate(rest) if it.type == "link_close")
                assert {it.type for it in rest[:end]} <= {"text", "text_special"}
                text = "".join(it.content for it in rest[:end])
                found.append((text, str(child.attrs["href"])))
    return found


def headings_of(text: str) -> list[tuple[str, str]]:
    """Return the tag and text of each heading."""
    tokens = MarkdownIt().parse(text)
    return [(it.tag, after.content) for it, after in pairwise(tokens) if it.type == "heading_open"]


def test_it_leads_to_what_the_front_page_shows(tmp_path: Path) -> None:
    extra = "storylines: [Long]\nentities: [Acme]\nsummary: What was said.\n"
    files = {f"content/{n}.md": article(f"Piece {n}", f"2023-07-{n}", extra=extra) for n in "12"}
    files = {path: text.replace("2023-07-", "2023-07-0") for path, text in files.items()}
    files["content/storylines/long.md"] = "---\ntitle: Long\ndescription: A fight.\n---\n\nText.\n"
    files["content/entities/acme.md"] = "---\nname: Acme\nkind: worker-group\n---\n"
    site = make_site(tmp_path, files, SITE + 'description = "A record."\n')
    assert build_site(site, base=parse_base("https://example.org/b/")).ok
    text = page(site, "/llms.txt")
    assert text.startswith("# Test digest\n\n> A record.\n\n## Indexes\n\n- [Timeline](")
    assert headings_of(text)[1:] == [
        ("h2", "Indexes"),
        ("h2", "Running storylines"),
        ("h2", "Most active entities"),
        ("h2", "Latest pieces"),
        ("h2", "Feeds"),
    ]
    home = "https://example.org/b"
    assert f"\n- [Long]({home}/storylines/long/): A fight.\n" in text
    assert f"\n- [Acme]({home}/entities/acme/): worker group, in 2 of the latest pieces\n" in text
    newest = f"- [Piece 2]({home}/2023/07/02/piece-2/): 2023-07-02. What was said.\n"
    assert newest in text
    assert text.index(newest) < text.index("[Piece 1]")
    assert text.endswith(f"- [sitemap.xml]({home}/sitemap.xml): Every page, for search engines\n")
    files_there = {it.relative_to(site / "public").as_posix() for it in site.rglob("public/**/*")}
    for _, url in links_of(text):
        path = url.removeprefix(f"{home}/")
        assert path + ("index.html" if path.endswith("/") else "") in files_there


def test_titles_are_read_as_they_are_written(tmp_path: Path) -> None:
    text = f"---\ntitle: {json.dumps(HOSTILE)}\nslug: a\ndate: 2023\n---\n\n- {HOSTILE}\n"
    config = SITE.replace("Test digest", HOSTILE.replace("\\", "\\\\"))
    site = make_site(tmp_path, {"content/a.md": text}, config + 'description = "1. one"\n')
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    found = page(site, "/llms.txt")
    assert any(name == HOSTILE for name, _ in links_of(found))
    assert all(url.startswith("https://example.org/") for _, url in links_of(found))
    kinds = [token.type for token in MarkdownIt().parse(found)]
    assert "ordered_list_open" not in kinds
    assert kinds.count("heading_open") == 4
    assert not {"html_block", "html_inline"} & set(kinds)


@pytest.mark.parametrize(
    "text",
    [HOSTILE, "- a", "+ a", "= a", "> a", "12. a", "1) a", "#1", "AT&T &amp; &#65;", "a\n\n# b"],
)
def test_an_escaped_text_is_one_paragraph(text: str) -> None:
    start, inline, end = MarkdownIt().parse(escape_markdown(text))
    assert (start.tag, end.tag) == ("p", "p")
    assert {child.type for child in inline.children or []} <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children or []) == " ".join(text.split())


def test_plain_texts_stay_readable() -> None:
    assert escape_markdown("Labor & AI: SAG-AFTRA’s 3.5% (2023)!") == (
        "Labor & AI: SAG-AFTRA’s 3.5% (2023)!"
    )


def test_without_an_address_there_is_none(tmp_path: Path) -> None:
    config = '[sources]\nrequired = false\n[site]\ntitle = "T"\n'
    site = make_site(tmp_path, {"content/a.md": article()}, config)
    assert build_site(site).ok
    assert not (site / "public/llms.txt").exists()
