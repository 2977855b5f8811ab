"""A built site as a browser sees it: pages parsed, links followed, no file trusted."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import html5lib

from support import read_tree

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK_ATTRIBUTES = frozenset(
    "href src action formaction data poster background cite longdesc ping manifest icon srcset "
    "usemap codebase archive code classid profile dynsrc lowsrc xlink:href".split()
)
OWN = re.compile(
    r'<script type="application/ld\+json">[^<]*</script>'
    r'|<script src="/assets/[^"<>]*" integrity="[^"<>]*"(?: defer)?></script>'
    r'|<button class="switch"[^<>]*>[^<>]*</button>'
    r'|<p class="act"><button type="button"[^<>]*>[^<>]*</button>'
    r'(?: <span role="status"></span>)?</p>'
    r'|<div class="filters-form".*?</div>'
    r'|<button type="button" class="filters-more"[^<>]*>[^<>]*</button>',
    re.DOTALL,
)


def without_own(text: str) -> str:
    """Return a page without what the theme itself brings of scripts and buttons."""
    return OWN.sub("", text)


def parse_page(text: str) -> Any:
    """Return the tree of a page as a browser builds it, names without namespaces."""
    return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)


def parse_part(text: str) -> Any:
    """Return the tree of a piece of HTML, as a feed reader builds it."""
    return html5lib.parseFragment(text, treebuilder="etree", namespaceHTMLElements=False)


def elements(tree: Any) -> Iterator[tuple[str, dict[str, str], Any]]:
    """Yield the elements of a tree with their name, their attributes, and themselves."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT":
            attributes = {_plain_name(name): value for name, value in element.attrib.items()}
            yield _plain_name(element.tag), attributes, element


def _plain_name(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def links_of(text: str) -> list[str]:
    """Return every address that a page names, the one of a redirect included."""
    found: list[str] = []
    for name, attributes, _ in elements(parse_page(text)):
        found += [value for key, value in attributes.items() if key in LINK_ATTRIBUTES]
        if name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            found.append(attributes["content"].partition("url=")[2])
    return found


def ids_of(text: str) -> list[str]:
    """Return every id of a page, in its order."""
    return [
        attributes["id"] for _, attributes, _ in elements(parse_page(text)) if "id" in attributes
    ]


class Crawl:
    """The output folder below its base, with every address that it names checked.

    Attributes:
        seen: Number of links that were followed.
        broken: What is wrong, in words.
    """

    def __init__(self, output: Path, origin: str, base: str) -> None:
        self.origin, self.base = origin, base.rstrip("/")
        self.files = {f"/{path}": data for path, data in read_tree(output).items()}
        self.ids: dict[str, set[str]] = {}
        self.seen = 0
        self.broken: list[str] = []
        for path, data in self.files.items():
            if path.endswith(".html"):
                self._page(path, data.decode())
        self._feed()
        self._sitemap()

    def _page(self, path: str, text: str) -> None:
        here = self.origin + self.base + path.removesuffix("index.html")
        for link in links_of(text):
            self._follow(path, here, link)
        if "<base" in text:
            self.broken.append(f"{path} has a base of its own")

    def _feed(self) -> None:
        data = self.files.get("/feed.xml")
        if data is None:
            return
        feed = ET.fromstring(data)  # noqa: S314 our own output
        for link in feed.iter(f"{ATOM}link"):
            self._whole("/feed.xml", link.get("href", ""))
        for content in feed.iter(f"{ATOM}content"):
            for address in links_of(content.text or ""):
                self._whole("/feed.xml", address)

    def _sitemap(self) -> None:
        for path, data in self.files.items():
            if re.fullmatch(r"/sitemap[\d-]*\.xml", path):
                tree = ET.fromstring(data)  # noqa: S314 our own output
                for place in tree.iter(f"{SITEMAP}loc"):
                    self._whole(path, place.text or "")
        robots = self.files["/robots.txt"].decode()
        for address in re.findall(r"Sitemap: (.*)", robots):
            self._whole("/robots.txt", address)

    def _whole(self, path: str, link: str) -> None:
        """Follow a link that must name its host."""
        if not urlsplit(link).scheme:
            self.broken.append(f"{path}: {link!r} is not a whole address")
        self._follow(path, "", link)

    def _follow(self, path: str, here: str, link: str) -> None:
        address, anchor = urldefrag(urljoin(here, link))
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != (self.origin or "://"):
            return
        self.seen += 1
        if not parts.path.startswith(f"{self.base}/"):
            self.broken.append(f"{path}: {link!r} leaves the base")
            return
        file = unquote(parts.path.removeprefix(self.base))
        file += "index.html" if file.endswith("/") else ""
        if file not in self.files:
            self.broken.append(f"{path}: {link!r} leads to nothing")
        elif anchor and unquote(anchor) not in self._ids(file):
            self.broken.append(f"{path}: {link!r} leads to no anchor")

    def _ids(self, file: str) -> set[str]:
        if file not in self.ids:
            self.ids[file] = set(ids_of(self.files[file].decode()))
        return self.ids[file]
