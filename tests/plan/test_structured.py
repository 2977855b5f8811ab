"""What pages tell machines of themselves."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler import elements, parse_page
from digest.plan.schema_org import Agent, json_ld
from digest.plan.structured import locale_of
from digest.urls import parse_base
from images import picture
from support import SITE, article, build_site, make_site, page

HOSTILE = "</script><script>alert(1)</script><!-- & ]]> \u2028 \u2029 \\\" '"
FULL = """\
authors: [Ann Lee]
updated: 2023-08
lang: de-CH
tags: [strikes, hiring]
summary: A summary.
image: {src: dot.png, alt: A dot}
entities: [{name: Actors Union, role: union}, {name: Ann, role: spokesperson}, Nobody Known]
sources:
  - {url: "https://example.com/a", title: Paper, publisher: The Paper, date: 2023-07,
     archive: "https://archive.example/a", paywall: true}
  - https://example.com/b
corrections: [{date: 2023-08, text: It was two.}]
"""
UNION = """\
---
name: Actors Union
kind: union
acronym: AU
homepage: https://au.example/
wikidata: Q42
member_of: [Federation, Ann]
description: They act.
---
"""
FILES: dict[str, str | bytes] = {
    "content/a.md": article("Talks end", "2023-07-27", "They met Kestrel Media.", FULL),
    "content/dot.png": picture(),
    "content/entities/au.md": UNION,
    "content/entities/f.md": "---\nname: Federation\nkind: trade-association\n---\n",
    "content/entities/ann.md": "---\nname: Ann\nkind: person\nparent: Federation\n---\n",
    "content/entities/k.md": "---\nname: Kestrel Media\nkind: company\n---\n",
    "content/entities/bot.md": "---\nname: Bot\nkind: product\nparent: Kestrel Media\n---\n",
}

HOME = "https://example.org/b/"
TOLD = {
    "@type": "NewsArticle",
    "mainEntityOfPage": f"{HOME}2023/07/27/talks-end/",
    "headline": "Talks end",
    "datePublished": "2023-07-27",
    "dateModified": "2023-08",
    "author": [{"@type": "Person", "name": "Ann Lee"}],
    "publisher": {"@type": "Organization", "name": "Test digest", "@id": f"{HOME}#publisher"},
    "isPartOf": {"@type": "WebSite", "@id": f"{HOME}#site"},
    "inLanguage": "de-CH",
    "description": "A summary.",
    "image": f"{HOME}dot.png",
    "articleSection": "strikes",
    "keywords": ["strikes", "hiring"],
    "about": [
        {
            "@type": "WorkersUnion",
            "name": "Actors Union",
            "sameAs": ["https://www.wikidata.org/wiki/Q42", "https://au.example/"],
        },
        {"@type": "Person", "name": "Ann", "@id": f"{HOME}entities/ann/#entity"},
        {
            "@type": "Thing",
            "name": "Nobody Known",
            "@id": f"{HOME}entities/nobody-known/#entity",
        },
    ],
    "mentions": [
        {
            "@type": "Organization",
            "name": "Kestrel Media",
            "@id": f"{HOME}entities/kestrel-media/#entity",
        }
    ],
    "citation": [
        {
            "@type": "CreativeWork",
            "url": "https://example.com/a",
            "name": "Paper",
            "publisher": {"@type": "Organization", "name": "The Paper"},
            "datePublished": "2023-07",
            "archivedAt": "https://archive.example/a",
            "isAccessibleForFree": False,
        },
        {"@type": "CreativeWork", "url": "https://example.com/b", "name": "example.com"},
    ],
    "correction": [
        {"@type": "CorrectionComment", "text": "It was two.", "datePublished": "2023-08"}
    ],
}
"""What the article below tells."""


def told(site: Path, url: str) -> list[dict[str, Any]]:
    """Return what a page tells, as a browser's parser finds it."""
    found = [
        element.text
        for name, attributes, element in elements(parse_page(page(site, url)))
        if name == "script" and attributes.get("type") == "application/ld+json"
    ]
    assert len(found) == 1
    data = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


def crumbs(graph: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the names and addresses of the way to a page."""
    assert graph[-1]["@type"] == "BreadcrumbList"
    return [(item["name"], item.get("item", "")) for item in graph[-1]["itemListElement"]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_site(tmp_path_factory.mktemp("site"), FILES)
    outcome = build_site(folder, base=parse_base("https://example.org/b/"))
    assert outcome.ok, outcome.text
    return folder


def test_an_article_tells_all_that_is_known(site: Path) -> None:
    graph = told(site, "/2023/07/27/talks-end/")
    assert graph[0] == TOLD
    assert crumbs(graph) == [
        ("Test digest", HOME),
        ("Timeline", f"{HOME}timeline/"),
        ("2023", f"{HOME}timeline/2023/"),
        ("July 2023", f"{HOME}timeline/2023/07/"),
        ("Talks end", ""),
    ]


def test_the_head_of_an_article_says_more_to_cards(site: Path) -> None:
    head = page(site, "/2023/07/27/talks-end/").partition("</head>")[0]
    for line in (
        '<meta property="og:locale" content="de_CH">',
        '<meta property="og:image:alt" content="A dot">',
        '<meta property="article:author" content="Ann Lee">',
        '<meta property="article:tag" content="strikes">',
    ):
        assert line in head


def test_an_entity_has_a_profile_with_its_relations(site: Path) -> None:
    graph = told(site, "/entities/actors-union/")
    assert graph[0]["@type"] == "ProfilePage"
    assert graph[0]["mainEntity"] == {
        "@type": "WorkersUnion",
        "name": "Actors Union",
        "@id": f"{HOME}entities/actors-union/#entity",
        "url": f"{HOME}entities/actors-union/",
        "description": "They act.",
        "alternateName": ["AU"],
        "sameAs": ["https://www.wikidata.org/wiki/Q42", "https://au.example/"],
        "memberOf": [
            {
                "@type": "Organization",
                "name": "Federation",
                "@id": f"{HOME}entities/federation/#entity",
            }
        ],
    }
    assert crumbs(graph)[1:] == [("Entities", f"{HOME}entities/"), ("Actors Union", "")]
    person = told(site, "/entities/ann/")[0]["mainEntity"]
    assert "parentOrganization" not in person  # only bodies may have one
    product = told(site, "/entities/bot/")[0]
    assert (product["@type"], product["about"]["@type"]) == ("CollectionPage", "Product")


@pytest.mark.parametrize(
    ("url", "types"),
    [
        ("/", ["Organization", "WebSite", "CollectionPage"]),
        ("/timeline/", ["CollectionPage", "BreadcrumbList"]),
        ("/timeline/2023/07/", ["CollectionPage", "BreadcrumbList"]),
        ("/tags/", ["CollectionPage", "BreadcrumbList"]),
        ("/tags/strikes/", ["CollectionPage", "BreadcrumbList"]),
        ("/entities/", ["CollectionPage", "BreadcrumbList"]),
        ("/corrections/", ["CollectionPage", "BreadcrumbList"]),
    ],
)
def test_kinds_of_pages(site: Path, url: str, types: list[str]) -> None:
    graph = told(site, url)
    assert [node["@type"] for node in graph] == types
    listed = next(node for node in graph if node["@type"] == "CollectionPage")["mainEntity"]
    assert listed["numberOfItems"] >= 1
    assert listed["itemListElement"][0]["url"].startswith("https://example.org/b/")


def test_a_storyline_tells_its_time_and_its_parties(tmp_path: Path) -> None:
    story = (
        "---\ntitle: Long\nstart: 2023-05\nparties: [{name: Acme, role: employer},"
        " {name: Nobody, role: union}]\n---\n\nText.\n"
    )
    extra = "storylines: [Long]\nentities: [Acme]\n"
    files = {f"content/{n}.md": article(f"N {n}", f"19{n}", extra=extra) for n in range(10, 75)}
    site = make_site(tmp_path, {**files, "content/storylines/long.md": story})
    assert build_site(site).ok
    graph = told(site, "/storylines/long/")
    assert graph[0]["temporalCoverage"] == "2023-05/.."
    assert [party["name"] for party in graph[0]["about"]] == ["Acme"]
    assert len(graph[0]["mainEntity"]["itemListElement"]) == 20
    year = told(site, "/storylines/long/1910/")
    assert crumbs(year)[2:] == [("Long", "https://example.org/storylines/long/"), ("1910", "")]
    assert told(site, "/entities/acme/1910/")[0]["about"][0]["name"] == "Acme"


def test_nothing_ends_the_script_element(tmp_path: Path) -> None:
    title = json.dumps(HOSTILE)
    text = f"---\ntitle: {title}\nslug: x\ndate: 2023\nsummary: {title}\n---\n\nText.\n"
    config = SITE.replace('"Test digest"', json.dumps(HOSTILE.replace("\u2028", "")))
    site = make_site(tmp_path, {"content/a.md": text}, config)
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    found = told(site, "/2023/x/")[0]
    assert found["headline"] == found["description"]
    assert found["headline"].startswith("</script><script>alert(1)</script><!-- & ]]>")
    assert "<script>alert" not in page(site, "/2023/x/")


def test_signs_that_end_scripts_and_lines_are_escaped() -> None:
    text = json_ld(Agent("Person", HOSTILE))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["@graph"][0]["name"] == HOSTILE


def test_an_unlisted_article_leads_to_no_timeline(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/a.md": article("A", "2023", extra="status: unlisted")})
    assert build_site(site).ok
    assert [name for name, _ in crumbs(told(site, "/2023/a/"))] == ["Test digest", "A"]


def test_without_an_address_nothing_is_told(tmp_path: Path) -> None:
    config = '[sources]\nrequired = false\n[site]\ntitle = "T"\n'
    site = make_site(tmp_path, {"content/a.md": article()}, config)
    assert build_site(site).ok
    texts = [path.read_text() for path in (site / "public").rglob("*.html")]
    assert texts
    assert not [text for text in texts if "ld+json" in text or "og:locale" in text]


def test_an_ordinary_article_tells_it_in_two_kilobytes(tmp_path: Path) -> None:
    extra = (
        "summary: Some ninety characters of what the piece says, in one sentence that is short."
        "\ntags: [strikes, hiring]\nentities: [Acme, Actors Union]\n"
        "sources: [{url: 'https://example.com/a/b', title: A paper, publisher: P, date: 2023}]\n"
    )
    site = make_site(tmp_path, {"content/a.md": article("A title of usual length", extra=extra)})
    assert build_site(site).ok
    text = page(site, "/2023/07/27/a-title-of-usual-length/")
    assert len(text.partition("ld+json")[2].partition("</script>")[0].encode()) < 2000


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", ""), ("en-gb", "en_GB"), ("zh-Hant-TW", "zh_TW"), ("es-419", ""), ("de-DE", "de_DE")],
)
def test_a_locale_has_a_region(language: str, locale: str) -> None:
    assert locale_of(language) == locale
