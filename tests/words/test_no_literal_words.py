"""Every word that a reader sees or hears comes from the catalogue or from an editor."""

import json
import re
import tomllib
from collections.abc import Iterator

import html5lib
import pytest
from lxml import etree

from digest.config.records import DEFAULT_ROLES
from digest.load.theme import theme_folder
from digest.model.records import EntityKind, SourceKind
from support import build_site, make_site, read_tree

TEMPLATES = theme_folder() / "templates"
ENGLISH = tomllib.loads((TEMPLATES / "words" / "en.toml").read_text(encoding="utf-8"))
OPEN, CLOSE = "⟦", "⟧"
SITE = '[site]\ntitle = "Zsite"\ndescription = "Zabout"\nurl = "https://zhost.org/"\n'
SITE_BARE = '[site]\ntitle = "Zsite"\n'
NAMES = {"BibTeX", "Wikidata", "Atom", "sitemap", "xml"}
HEARD = ("aria-label", "title", "alt", "placeholder")
FOR_SCRIPTS = {
    "data-sources",
    "data-copy",
    "data-permalinks",
    "data-engine",
    "data-home",
    "data-pagefind-body",
    "data-pagefind-filter",
    "data-pagefind-ignore",
    "data-pagefind-meta",
    "data-pagefind-sort",
}
KINDS = list(EntityKind)


def marked(key: str, text: str) -> str:
    """Return a text of which every stretch between places is the key in brackets."""
    mark = f"{OPEN}{key}{CLOSE}"
    return mark + "".join(f"{place}{mark}" for place in re.findall(r"\{\w+\}", text))


def marked_catalogue() -> str:
    lines = []
    for section, words in ENGLISH.items():
        lines.append(f"[{section}]")
        for key, value in words.items():
            name = f"{section}.{key}"
            if section == "dates":
                lines.append(f"{key} = \"'{OPEN}{name} '{value}'{CLOSE}'\"")
            elif isinstance(value, dict):
                forms = (f'{form} = "{marked(name, text)}"' for form, text in value.items())
                lines.append(f"{key} = {{ {', '.join(forms)} }}")
            else:
                lines.append(f'{key} = "{marked(name, value)}"')
    return "\n".join(lines)


def front(*lines: str, body: str = "Ztext.") -> str:
    return "\n".join(["---", *lines, "---", "", body, ""])


def full_article() -> str:
    sources = [f"{{url: https://zsource.org/{kind}, kind: {kind}}}" for kind in SourceKind]
    sources.append(
        "{url: https://zsource.org/x, title: Zsource, publisher: Zpaper, date: 2023-07-01, "
        "accessed: 2023-07-02, archive: https://zkept.org/, paywall: true}"
    )
    roles = [f"  - {{name: Zrole{place}, role: {it}}}" for place, it in enumerate(DEFAULT_ROLES)]
    return front(
        "title: Zfull",
        "date: 2023-07-03",
        "event_date: 2023-07-01",
        "updated: 2023-08-01",
        "authors: [Zauthor]",
        "summary: Zsummary",
        "tags: [Ztag]",
        "aliases: [/zold/]",
        "storylines: [Zlong, Zother]",
        f"sources: [{', '.join(sources)}]",
        "entities:",
        *roles,
        "  - Znobody",
        "corrections: [{date: 2023-08-01, text: Zwrong}]",
        "figures: [{what: Zdeclared, value: 3, unit: ztons, as_of: 2023-07, "
        "source: https://zsource.org/}]",
        body="Zcorp and Zmember paid $3 million, 12 percent, to 4,000 workers.\n\n"
        "“Zwe zwill znot zever zstop zthis,” said Zcorp.",
    )


def many_articles() -> Iterator[tuple[str, str]]:
    """Yield articles that make lists long enough for pages of years, months and days."""
    for number in range(210):
        cuts = " ".join(f"Zcorp cut {number * 9 + cut + 20} jobs." for cut in range(9))
        yield (
            f"content/many/{number}.md",
            front(
                f"title: Zmany{number}",
                f"date: 2023-05-{number % 28 + 1:02}",
                "tags: [Ztag]",
                "storylines: [Zlong]",
                "entities: [{name: Zcorp, role: employer}, {name: Zmember, role: union}]",
                body=cuts,
            ),
        )


def rich_site() -> dict[str, str]:
    """Return the files of a site that needs every word."""
    files = {
        "content/full.md": full_article(),
        "content/old.md": front("title: Zold", "date: 2022-01", "storylines: [Zlong]"),
        "content/older.md": front("title: Zolder", "date: 2022", "storylines: [Zlong]"),
        "content/pages/about.md": front("title: Zpage"),
        "content/entities/zcorp.md": front(
            "name: Zcorp",
            "kind: company",
            "aliases: [Zalias]",
            "homepage: https://zcorp.org/",
            "wikidata: Q42",
            "member_of: [Zgroup]",
            "parent: Zgroup",
        ),
        "content/entities/zmember.md": front("name: Zmember", "kind: union", "member_of: [Zcorp]"),
        "templates/words/en.toml": marked_catalogue(),
    }
    for kind in KINDS:
        files[f"content/entities/{kind}.md"] = front(
            f"name: Zkind{KINDS.index(kind)}", f"kind: {kind}"
        )
    files["content/entities/zgroup.md"] = front("name: Zgroup", "kind: nonprofit")
    ends = {
        "zlong": "status: ongoing\nstart: 2022-01\nnext_date: 2026-09-01\n"
        "parties: [{name: Zcorp, role: employer}]",
        "zother": "status: settled\nstart: 2022-01\nend: 2023-07",
        "zopen": "status: ruled\nstart: 2022",
        "zgone": "status: withdrawn",
    }
    for slug, lines in ends.items():
        files[f"content/storylines/{slug}.md"] = front(f"title: {slug.title()}", lines)
    return {**files, **dict(many_articles())}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return every page and feed of some sites that need every word, by path."""
    found: dict[str, str] = {}
    few = {"templates/words/en.toml": marked_catalogue()}
    lonely = {
        **few,
        "content/entities/zcorp.md": front("name: Zcorp", "kind: company"),
        "content/storylines/zlong.md": front("title: Zlong"),
    }
    for name, files in {"rich": rich_site(), "empty": few, "lonely": lonely}.items():
        site = make_site(
            tmp_path_factory.mktemp(name), files, SITE if name == "rich" else SITE_BARE
        )
        outcome = build_site(site)
        assert outcome.ok, outcome.text
        tree = read_tree(site / "public")
        endings = (".html", "feed.xml", "data/timeline/2023.json", "llms.txt")
        found |= {f"{name}/{it}": tree[it].decode() for it in tree if it.endswith(endings)}
    return found


def reader_texts(text: str) -> Iterator[str]:
    """Yield what a page shows or lets be heard, without code and what is for machines alone."""
    if text.startswith("<?xml"):
        feed = etree.fromstring(text.encode())
        yield from (it.text or "" for it in feed.iter("{http://www.w3.org/2005/Atom}title"))
        return
    if text.startswith("# "):
        yield text
        return
    if text.startswith("{"):
        data = json.loads(text)
        yield from (*data["kinds"].values(), *data["roles"].values())
        yield from (entry["label"] for entry in data["entries"])
        return
    root = html5lib.parse(text, treebuilder="lxml", namespaceHTMLElements=False).getroot()
    for element in root.iter(etree.Element):
        if element.tag not in {"style", "script", "pre"}:
            yield element.text or ""
        yield element.tail or ""
        yield from (element.get(name, "") for name in HEARD)
        yield from (
            value
            for name, value in element.items()
            if name.startswith("data-") and name not in FOR_SCRIPTS
        )
        if element.tag == "meta" and (element.get("name") or element.get("property")) in {
            "description",
            "og:title",
            "og:description",
        }:
            yield element.get("content", "")


def strange_words(text: str) -> set[str]:
    """Return the words of a text that are neither marked nor an editor's."""
    rest = re.sub(rf"{OPEN}[^{CLOSE}]*(?:{CLOSE}|$)", " ", text)
    rest = re.sub(r"https?://\S+|\{\w+\}|\b[zZ][\w.-]*", " ", rest)
    known = {*NAMES, "and", "paid", "million", "percent", "to", "workers", "said", "cut", "jobs"}
    return set(re.findall(r"[^\W\d_]+", rest)) - known - {"Q"}


def test_no_page_has_a_word_of_its_own(pages: dict[str, str]) -> None:
    strange = {
        path: found
        for path, text in pages.items()
        if (found := set().union(*map(strange_words, reader_texts(text))))
    }
    assert strange == {}


def test_every_word_of_the_catalogue_is_used(pages: dict[str, str]) -> None:
    used = set(re.findall(rf"{OPEN}([\w.-]+)", "".join(pages.values())))
    wanted = {f"{section}.{key}" for section, words in ENGLISH.items() for key in words}
    assert wanted - used == set()


def test_every_template_was_looked_at(pages: dict[str, str]) -> None:
    kinds = {
        "404.html": "rich/404.html",
        "article.html": "rich/2023/07/03/zfull/index.html",
        "corrections.html": "rich/corrections/index.html",
        "entity.html": "rich/entities/zcorp/index.html",
        "figures.html": "rich/figures/index.html",
        "home.html": "rich/index.html",
        "page.html": "rich/about/index.html",
        "period.html": "rich/timeline/2023/index.html",
        "redirect.html": "rich/zold/index.html",
        "search.html": "rich/search/index.html",
        "storyline.html": "rich/storylines/zlong/index.html",
        "storylines.html": "rich/storylines/index.html",
        "tag.html": "rich/tags/ztag/index.html",
        "terms.html": "rich/tags/index.html",
        "timeline.html": "rich/timeline/index.html",
    }
    assert set(kinds.values()) <= set(pages)
    assert {path.name for path in TEMPLATES.glob("*.html")} == {*kinds, "base.html"}
