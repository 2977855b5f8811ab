"""What every page tells machines: its head, and JSON-LD in the words of schema.org."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from examples import EXAMPLES, build_example

TOOLS = Path(__file__).parents[1] / "tools"
TSC = TOOLS / "node_modules" / "typescript" / "bin" / "tsc"
REQUIRED = {
    "NewsArticle": "headline datePublished author publisher inLanguage mainEntityOfPage isPartOf",
    "BreadcrumbList": "itemListElement",
    "ListItem": "position name",
    "ItemList": "numberOfItems itemListElement",
    "CollectionPage": "url name isPartOf inLanguage mainEntity",
    "ProfilePage": "url name isPartOf inLanguage mainEntity",
    "WebPage": "url name isPartOf inLanguage",
    "CreativeWork": "url name",
    "CorrectionComment": "text datePublished",
    "WebSite": "@id",
    "Organization": "name",
    "WorkersUnion": "name",
    "GovernmentOrganization": "name",
    "Person": "name",
    "Product": "name",
    "Thing": "name",
}
"""What each type must have, by schema.org and by what search engines ask of rich results."""

DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
Trees = dict[str, Any]
OWN = re.compile(r"https://(example\.org|digest\.example)/")


ONCE = {
    "title": "/html/head/title/text()",
    "description": "//meta[@name='description']/@content",
    "canonical": "//link[@rel='canonical']/@href",
    "og:title": "//meta[@property='og:title']/@content",
    "og:url": "//meta[@property='og:url']/@content",
    "og:type": "//meta[@property='og:type']/@content",
    "og:site_name": "//meta[@property='og:site_name']/@content",
    "og:description": "//meta[@property='og:description']/@content",
}
"""What the head of each page has once, by XPath."""


@pytest.fixture(scope="module", params=EXAMPLES)
def trees(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Trees:
    """Return the pages that have a place of their own, by path; neither redirects nor 404."""
    output = build_example(request.param, tmp_path_factory.mktemp("site"))
    found = {}
    for path in sorted(output.rglob("*.html")):
        tree = html.document_fromstring(path.read_bytes())
        if path.name != "404.html" and not tree.xpath("//meta[@http-equiv='refresh']"):
            found[path.relative_to(output).as_posix()] = tree
        else:
            assert not tree.xpath("//script[@type]"), path
    return found


@pytest.fixture(scope="module")
def told(trees: Trees) -> dict[str, str]:
    """Return the JSON-LD of each page, by its path."""
    found = {}
    for path, tree in trees.items():
        (found[path],) = tree.xpath("//script[@type='application/ld+json']/text()")
    return found


def test_every_head_is_whole(trees: Trees) -> None:
    for path, tree in trees.items():
        head = {name: tree.xpath(place) for name, place in ONCE.items()}
        if path == "index.html" and not head["description"]:  # the site has none
            head |= {"description": ["-"], "og:description": ["-"]}
        assert {name: len(texts) for name, texts in head.items()} == dict.fromkeys(ONCE, 1), path
        assert all(texts[0].strip() for texts in head.values()), path
        assert head["canonical"] == head["og:url"]
        assert head["description"] == head["og:description"]
        feeds = tree.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")
        assert [feed.rpartition("/")[2] for feed in feeds] == ["feed.xml"] * len(feeds)
        assert len(feeds) == (2 if path == "corrections/index.html" else 1)
        alts = tree.xpath("//meta[@property='og:image:alt']/@content")
        assert len(alts) == len(tree.xpath("//meta[@property='og:image']")), path


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every record with a type inside a value."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for item in value.values():
            yield from nodes(item)


def stub(value: Any) -> Any:
    """Return what a property may be judged by: the types of records, the kinds of plain values."""
    if isinstance(value, list):
        return list({json.dumps(it): it for it in map(stub, value)}.values())
    if isinstance(value, dict):
        return {"@type": value["@type"]} if "@type" in value else {"@id": value["@id"]}
    return "text" if isinstance(value, str) else value if isinstance(value, bool) else 1


def test_types_and_properties_are_those_of_the_vocabulary(
    told: dict[str, str], tmp_path: Path
) -> None:
    """TypeScript holds all properties, one by one, to types that are generated from schema.org."""
    facts = {
        json.dumps({"@type": node["@type"], name: stub(value)}): path
        for path, text in told.items()
        for node in nodes(json.loads(text))
        for name, value in node.items()
        if name != "@type"
    }
    assert len(facts) > 50
    lines = [f"import type {{ Thing }} from {json.dumps(str(TOOLS / 'node_modules/schema-dts'))};"]
    lines += [
        f"const fact{number}: Thing = {fact}; // {path}"
        for number, (fact, path) in enumerate(facts.items())
    ]
    file = tmp_path / "facts.ts"
    file.write_text("\n".join(lines))
    options = ["--noEmit", "--strict", "--skipLibCheck", "--ignoreConfig"]
    done = subprocess.run(
        ["node", TSC, *options, file], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0


def test_every_record_has_what_it_must(told: dict[str, str]) -> None:
    lacks = [
        (path, node["@type"], name)
        for path, text in told.items()
        for node in nodes(json.loads(text))
        for name in REQUIRED[node["@type"]].split()
        if not node.get(name)
    ]
    wanted = {("ItemList", "itemListElement"), ("ItemList", "numberOfItems")}  # lists may be empty
    assert [lack for lack in lacks if lack[1:] not in wanted] == []


def test_dates_and_addresses_are_whole(told: dict[str, str]) -> None:
    for path, text in told.items():
        for node in nodes(json.loads(text)):
            for name in ("datePublished", "dateModified"):
                assert DATE.fullmatch(node.get(name, "2023")), path
            for name in ("@id", "url", "item", "mainEntityOfPage", "logo"):
                assert node.get(name, "https://").startswith(("https://", "http://")), path


def test_what_it_leads_to_on_the_site_is_there(told: dict[str, str]) -> None:
    seen = 0
    for path, text in told.items():
        for node in nodes(json.loads(text)):
            for name in ("item", "mainEntityOfPage", "url"):
                link = node.get(name, "")
                if OWN.match(link) and node["@type"] != "CreativeWork":
                    seen += 1
                    assert _file(link) in told, (path, link)
    assert seen > len(told)


def _file(link: str) -> str:
    return f"{unquote(OWN.sub('', link).partition('#')[0])}index.html"


def test_crumbs_count_up_and_lists_are_bounded(told: dict[str, str]) -> None:
    for path, text in told.items():
        for node in nodes(json.loads(text)):
            items = node.get("itemListElement", [])
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert len(items) <= 20, path


def test_no_sign_of_markup_is_left(told: dict[str, str]) -> None:
    bad = [path for path, text in told.items() if re.search("[<>&\u2028\u2029]", text)]
    assert bad == []
