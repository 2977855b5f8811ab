"""Links inside texts to URLs of the site; a link that leads nowhere is a finding at its line."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from types import MappingProxyType
from urllib.parse import unquote

import msgspec

from digest.diagnostics import Diagnostic, Span, error, nearest, warning
from digest.model.pictures import ENDINGS, Picture
from digest.model.records import Body, Link
from digest.urls import Base

_PICTURES = frozenset(ending for endings in ENDINGS.values() for ending in endings)
_FILES = _PICTURES | frozenset("pdf csv txt json mp3 m4a ogg mp4 webm vtt".split())
_PARAGRAPH = re.compile(r"p-[0-9a-f]{8}(-\d+)?")
_NO_PICTURE = ' src="data:,"'
_COLUMN = 736
"""CSS pixels: the widest that a picture stands on a page, 46rem in the style sheet."""


class Targets(msgspec.Struct, frozen=True):
    """Everything a link may lead to.

    Attributes:
        documents: URL by path of the document, for those on the site.
        anchors: Ids that may be pointed at, by URL; every page of the site has an entry.
        held: Why a document is not on the site, by path.
        files: Disk path of the other files below `content/`, by path.
        broken: Documents that could not be read: nothing is said of links to them.
        paragraphs: Ids of the paragraphs of a document, spaces between them, by URL.
        pictures: Pictures among the files, by path.
    """

    documents: dict[str, str]
    anchors: dict[str, frozenset[str]]
    held: dict[str, str]
    files: dict[str, str]
    broken: frozenset[str] = frozenset()
    paragraphs: Mapping[str, str] = {}
    pictures: Mapping[str, Picture] = {}

    def has(self, url: str, anchor: str) -> bool:
        """Return whether a page has an element of that id."""
        return anchor in self.anchors[url] or anchor in self.paragraphs.get(url, "").split()


class Resolved(msgspec.Struct, frozen=True):
    """Where a link leads.

    Attributes:
        url: URL on the site with query and fragment, or empty where it leads nowhere.
        file: Path of a file below `content/` that must be published for it, or empty.
        fault: What is wrong, or empty.
        waits: Whether it leads to a document that is held back: the link waits with it.
        hint: What to do about it.
    """

    url: str = ""
    file: str = ""
    fault: str = ""
    hint: str = ""
    waits: bool = False


def resolve(target: str, source: str, targets: Targets, *, picture: bool = False) -> Resolved:
    """Return where a link written in the document `source` leads."""
    if not target:
        return Resolved(fault="it is empty", hint="write where it leads")
    place, mark, rest = _split(target)
    found = _find(_plain(place), source, targets)
    if not found.url:
        return found
    if not found.url.endswith("/"):
        fault = _file_fault(found, picture=picture)
        return fault or msgspec.structs.replace(found, url=found.url + mark + rest)
    if picture:
        return Resolved(fault=f"{found.url} is no picture")
    query, _, fragment = (mark + rest).partition("#")
    anchor = _plain(fragment)
    if anchor and not targets.has(found.url, anchor):
        hint = _anchor_hint(anchor, targets.anchors[found.url])
        return Resolved(fault=f"there is no anchor #{anchor} on {found.url}", hint=hint)
    return Resolved(found.url + query + (f"#{anchor}" if anchor else ""))


def _anchor_hint(anchor: str, anchors: Iterable[str]) -> str:
    """Return what may help where a page has no element of an id."""
    close = nearest(anchor, anchors)
    if close:
        return f"did you mean #{close}?"
    if _PARAGRAPH.fullmatch(anchor):
        return "that paragraph has other words now: copy its link anew"
    return "look at the headings of that page"


def _plain(written: str) -> str:
    """Return a part of a link without percent-escapes, in Unicode normal form C."""
    return unicodedata.normalize("NFC", unquote(written))


def _find(path: str, source: str, targets: Targets) -> Resolved:
    """Return the page or file at a path; an empty one is the document itself."""
    if path and not path.startswith("/"):
        full = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if full in targets.documents:
            return Resolved(targets.documents[full])
        if full in targets.files:
            return Resolved(f"/{full.partition('/')[2]}", file=full)
        return _missing(full, path, targets)
    url = path or targets.documents[source]
    if url not in targets.anchors and not url.endswith("/"):
        url += "/"
    if url in targets.anchors:
        return Resolved(url)
    if targets.broken:
        return Resolved()
    close = nearest(url, _some(targets.anchors, url))
    return Resolved(
        fault=f"there is no page {path}", hint=f"did you mean {close}?" if close else ""
    )


def _file_fault(found: Resolved, *, picture: bool) -> Resolved | None:
    """Return what is wrong with a link to a file, or None; the theme's own files are trusted."""
    path = found.file or found.url
    ending = posixpath.splitext(path)[1][1:].lower()
    trusted = () if found.file else ("svg",)
    if ending in (*_PICTURES, *trusted) or (not picture and (not found.file or ending in _FILES)):
        return None
    kind = "picture" if picture else "file to publish"
    accepted = ", ".join(sorted(_PICTURES if picture else _FILES))
    return Resolved(fault=f"{path} is no {kind}", hint=f"endings that are: {accepted}")


def _missing(full: str, written: str, targets: Targets) -> Resolved:
    """Return what is to be said of a link to a file that has no page."""
    if full in targets.broken:
        return Resolved()
    if full in targets.held:
        fault = f"{full} is not on the site: it is {targets.held[full]}"
        return Resolved(fault=fault, hint="the link appears when that is published", waits=True)
    close = nearest(full, _some(targets.documents, full)) or nearest(
        full, _some(targets.files, full)
    )
    hint = f"did you mean {close}?" if close else "links start from the folder of their own file"
    return Resolved(fault=f"there is no file {full if '/' in full else written}", hint=hint)


def _some(names: Iterable[str], like: str) -> list[str]:
    """Return a few hundred names that may be meant: with the same last part, or folder."""
    last, folder = posixpath.basename(like.rstrip("/")), posixpath.dirname(like.rstrip("/"))
    same = [name for name in names if posixpath.basename(name.rstrip("/")) == last]
    near = [name for name in names if posixpath.dirname(name.rstrip("/")) == folder]
    return (same + near)[:300]


class Filled(msgspec.Struct, frozen=True):
    """The links of a body, resolved.

    Attributes:
        urls: URL by link, with query and fragment; empty for a link to drop.
        files: Files below `content/` that must be published for it.
        diagnostics: Findings.
        pictures: The URLs among them that are of pictures.
    """

    urls: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    pictures: tuple[str, ...] = ()


class Shown(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A picture as pages show it.

    Attributes:
        width: Pixels; `height` as well.
        versions: URL and width of each version of it, the narrowest first; it may be one itself.
    """

    width: int
    height: int
    versions: tuple[tuple[str, int], ...] = ()

    def srcset(self, base: Base) -> str:
        """Return the versions as the attribute `srcset` lists them (HTML, 4.8.4.2.1)."""
        return ", ".join(f"{base.href(url)} {width}w" for url, width in self.versions)

    def sizes(self, width: int = 0) -> str:
        """Return how wide it stands on the page: its width, or another, where there is room."""
        wide = min(width or self.width, _COLUMN)
        return f"(min-width: {wide}px) {wide}px, 100vw"


NONE_SHOWN: Mapping[str, Shown] = MappingProxyType({})


def write_html(
    body: Body,
    urls: Sequence[str],
    base: Base,
    shown: Mapping[str, Shown] = NONE_SHOWN,
    *,
    full: bool = False,
) -> str:
    """Return the HTML of a body with the URLs of its links, as full addresses for a feed.

    `shown` are the pictures of the site, by URL.
    """
    if not body.links:
        return body.html[0]
    parts = [body.html[0]]
    for link, url, piece in zip(body.links, urls, body.html[1:], strict=True):
        parts.append(_attribute(link, url, base, full=full))
        if link.image and url:
            parts.append(_look(link, find_shown(url, shown), base, full=full))
        parts.append(piece)
    return "".join(parts)


def _attribute(link: Link, url: str, base: Base, *, full: bool) -> str:
    if not url:
        return _NO_PICTURE if link.image else ""
    place, mark, rest = _split(url)
    href = base.href(place) + mark + rest
    href = base.absolute(href) if full else href
    return f' {"src" if link.image else "href"}="{escape(href)}"'


def find_shown(url: str, shown: Mapping[str, Shown]) -> Shown | None:
    """Return the picture at a URL, whatever its query; None for one of the theme."""
    return shown.get(_split(url)[0])


def _look(link: Link, picture: Shown | None, base: Base, *, full: bool) -> str:
    """Return the attributes of a picture beside its address; a feed needs its size alone."""
    lazy = "" if full else ' loading="lazy" decoding="async"'
    if picture is None:
        return lazy
    several = ""
    if picture.versions and not full:
        sizes = picture.sizes(link.width)
        several = f' srcset="{escape(picture.srcset(base))}" sizes="{sizes}"'
    return several + _size(link, picture) + lazy


def _size(link: Link, picture: Shown) -> str:
    """Return width and height, as far as the text gives none: a browser keeps room for these."""
    if link.width and link.height:
        return ""
    if link.width:
        return f' height="{max(1, round(picture.height * link.width / picture.width))}"'
    if link.height:
        return f' width="{max(1, round(picture.width * link.height / picture.height))}"'
    return f' width="{picture.width}" height="{picture.height}"'


def _split(url: str) -> tuple[str, str, str]:
    """Return the path of a URL, the sign that ends it, and the rest."""
    cut = min((place for place in (url.find("?"), url.find("#")) if place >= 0), default=len(url))
    return url[:cut], url[cut : cut + 1], url[cut + 1 :]


_NO_LINKS = Filled()


def fill_body(body: Body, source: str, targets: Targets) -> Filled:
    """Return the links of the body of the document `source`, resolved.

    Codes: `dead-link`, an error for Markdown and a warning for raw HTML, whose link is dropped, as
    is one to a document that is held back; `alt-missing`, `picture`.
    """
    if not body.links:
        return _NO_LINKS
    urls: list[str] = []
    files: list[str] = []
    findings: list[Diagnostic] = []
    for link in body.links:
        found = resolve(link.target, source, targets, picture=link.image)
        urls.append(found.url)
        files += [found.file] if found.file else []
        span = Span(source, link.line)
        if found.fault:
            note = error if link.strict and not found.waits else warning
            message = f"the {'picture' if link.image else 'link'} '{link.target}' leads nowhere: "
            findings.append(note("dead-link", message + found.fault, span, found.hint))
        if link.image:
            findings += _undescribed(link, found, span)
            findings += picture_fault(link.target, found.file, span, targets)
    pictures = [url for link, url in zip(body.links, urls, strict=True) if link.image]
    return Filled(tuple(urls), tuple(files), tuple(findings), tuple(pictures))


def _undescribed(link: Link, found: Resolved, span: Span) -> tuple[Diagnostic, ...]:
    """Return the error for a picture without a text; what raw HTML shows nowhere needs none."""
    if link.described or not (link.strict or found.url):
        return ()
    hint = f"write ![What it shows]({link.target})" if link.strict else 'add alt="What it shows"'
    hint += f', or <img src="{link.target}" alt=""> where it is only decoration'
    message = f"the picture '{link.target}' has no text for those who do not see it"
    return (error("alt-missing", message, span, hint),)


def picture_fault(target: str, path: str, span: Span, targets: Targets) -> tuple[Diagnostic, ...]:
    """Return the error for a file that cannot be shown as the picture `target`."""
    picture = targets.pictures.get(path)
    if picture is None:
        return ()
    fault, hint = picture.fault, picture.hint
    stem, ending = posixpath.splitext(posixpath.basename(path))
    if not fault and ending[1:].lower() not in ENDINGS[picture.format]:
        fault = f"its name ends in {ending}, but it is a {picture.format} file"
        hint = f"rename it to {stem}.{ENDINGS[picture.format][0]}"
    message = f"the picture '{target}' cannot be shown: {fault}"
    return (error("picture", message, span, hint),) if fault else ()
