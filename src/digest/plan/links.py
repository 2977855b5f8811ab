"""Links inside texts to URLs of the site; a link that leads nowhere is a finding at its line."""

import posixpath
import unicodedata
from collections.abc import Iterable
from html import escape
from urllib.parse import unquote

import msgspec

from digest.diagnostics import Diagnostic, Span, error, nearest, warning
from digest.model.records import Body, Link
from digest.urls import Base

_PICTURES = frozenset("png jpg jpeg gif webp avif".split())
_FILES = _PICTURES | frozenset("pdf csv txt json mp3 m4a ogg mp4 webm vtt".split())
_NO_PICTURE = ' src="data:,"'


class Targets(msgspec.Struct, frozen=True):
    """Everything a link may lead to.

    Attributes:
        documents: URL by path of the document, for those on the site.
        anchors: Ids that may be pointed at, by URL; every page of the site has an entry.
        held: Why a document is not on the site, by path.
        files: Disk path of the other files below `content/`, by path.
    """

    documents: dict[str, str]
    anchors: dict[str, frozenset[str]]
    held: dict[str, str]
    files: dict[str, str]


class Resolved(msgspec.Struct, frozen=True):
    """Where a link leads.

    Attributes:
        url: URL on the site with query and fragment, or empty where it leads nowhere.
        file: Path of a file below `content/` that must be published for it, or empty.
        fault: What is wrong, or empty.
        hint: What to do about it.
    """

    url: str = ""
    file: str = ""
    fault: str = ""
    hint: str = ""


def resolve(target: str, source: str, targets: Targets, *, picture: bool = False) -> Resolved:
    """Return where a link written in the document `source` leads."""
    rest, mark, fragment = target.partition("#")
    place, question, query = rest.partition("?")
    suffix = (f"?{query}" if question else "") + (f"#{fragment}" if mark else "")
    path = unicodedata.normalize("NFC", unquote(place))
    if not path:
        url = targets.documents[source]
    elif path.startswith("/"):
        url = path if path in targets.anchors or path.endswith("/") else f"{path}/"
    else:
        full = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if full in targets.files and full not in targets.documents:
            return _file(full, suffix, picture=picture)
        url = targets.documents.get(full, "")
        if not url:
            return Resolved(fault=_missing(full, path, targets), hint=_hint(full, targets))
    if url not in targets.anchors:
        close = nearest(url, _some(targets.anchors, url))
        return Resolved(
            fault=f"there is no page {path}", hint=f"did you mean {close}?" if close else ""
        )
    if fragment and unquote(fragment) not in targets.anchors[url]:
        close = nearest(unquote(fragment), targets.anchors[url])
        hint = f"did you mean #{close}?" if close else "look at the headings of that page"
        return Resolved(fault=f"there is no anchor #{unquote(fragment)} on {url}", hint=hint)
    return Resolved(url + suffix)


def _file(path: str, suffix: str, *, picture: bool) -> Resolved:
    ending = path.rpartition(".")[2].lower()
    if ending not in (_PICTURES if picture else _FILES):
        kind = "picture" if picture else "file to publish"
        accepted = ", ".join(sorted(_PICTURES if picture else _FILES))
        return Resolved(fault=f"{path} is no {kind}", hint=f"endings that are: {accepted}")
    return Resolved(f"/{path.partition('/')[2]}{suffix}", file=path)


def _missing(full: str, written: str, targets: Targets) -> str:
    if full in targets.held:
        return f"{full} is not on the site: it is {targets.held[full]}"
    return f"there is no file {full}" if "/" in full else f"there is no file {written}"


def _hint(full: str, targets: Targets) -> str:
    close = nearest(full, _some(targets.documents, full)) or nearest(
        full, _some(targets.files, full)
    )
    return f"did you mean {close}?" if close else "links lead to a file from the file they stand in"


def _some(names: Iterable[str], like: str) -> list[str]:
    """Return a few hundred names that may be meant: with the same last part, or folder."""
    last, folder = posixpath.basename(like.rstrip("/")), posixpath.dirname(like.rstrip("/"))
    same = [name for name in names if posixpath.basename(name.rstrip("/")) == last]
    near = [name for name in names if posixpath.dirname(name.rstrip("/")) == folder]
    return (same + near)[:300]


class Filled(msgspec.Struct, frozen=True):
    """A body with its links resolved.

    Attributes:
        body: The body.
        urls: URL by link, with query and fragment; empty for a link to drop.
        files: Files below `content/` that must be published for it.
        diagnostics: Findings.
    """

    body: Body
    urls: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def html(self, base: Base, *, full: bool = False) -> str:
        """Return the HTML with its links, as full addresses for a feed."""
        if not self.urls:
            return self.body.html[0]
        parts = [self.body.html[0]]
        for link, url, piece in zip(self.body.links, self.urls, self.body.html[1:], strict=True):
            parts += (_attribute(link, url, base, full=full), piece)
        return "".join(parts)


def _attribute(link: Link, url: str, base: Base, *, full: bool) -> str:
    if not url:
        return _NO_PICTURE if link.image else ""
    place, mark, rest = _split(url)
    href = base.href(place) + mark + rest
    href = base.absolute(href) if full else href
    return f' {"src" if link.image else "href"}="{escape(href)}"'


def _split(url: str) -> tuple[str, str, str]:
    """Return the path of a URL, the sign that ends it, and the rest."""
    cut = min((place for place in (url.find("?"), url.find("#")) if place >= 0), default=len(url))
    return url[:cut], url[cut : cut + 1], url[cut + 1 :]


def fill_body(body: Body, source: str, targets: Targets) -> Filled:
    """Return the body of the document `source` with its links resolved.

    Codes: `dead-link`, an error for Markdown and a warning for raw HTML, whose link is dropped.
    """
    if not body.links:
        return Filled(body)
    urls: list[str] = []
    files: list[str] = []
    findings: list[Diagnostic] = []
    for link in body.links:
        found = resolve(link.target, source, targets, picture=link.image)
        urls.append(found.url)
        files += [found.file] if found.file else []
        if found.fault:
            note = error if link.strict else warning
            message = f"the {'picture' if link.image else 'link'} '{link.target}' leads nowhere: "
            span = Span(source, link.line)
            findings.append(note("dead-link", message + found.fault, span, found.hint))
    return Filled(body, tuple(urls), tuple(files), tuple(findings))
