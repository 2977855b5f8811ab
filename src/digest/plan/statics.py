"""Static files under names that change with their content, so that browsers may keep them for ever.

Every static file is published under its own name. Styles, scripts and fonts, and what styles name,
stand a second time below `/assets/` with their fingerprint in their name; pages name these.
"""

import posixpath
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from hashlib import sha384
from urllib.parse import quote, unquote

import msgspec

from digest.cache.keys import digest_of
from digest.diagnostics import Diagnostic, Span, nearest, warning
from digest.plan.records import Asset
from digest.plan.views import StaticView
from digest.urls import Base, has_scheme

FOLDER = "assets"
_NAMED = ("css", "js", "mjs", "woff", "woff2")
FINGERPRINT_CHARACTERS = 10
# Comments and texts of a style sheet are matched so that no address is seen in them (CSS Syntax 3).
_ADDRESS = re.compile(
    r"""/\*.*?(?:\*/|\Z)
    | \burl\(\s*(?P<quote>["']?)(?P<url>[^"'()\\\s]*)(?P=quote)\s*\)
    | @import\s*(?P<mark>["'])(?P<sheet>[^"'\\\n]*)(?P=mark)
    | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)


class Statics(msgspec.Struct, frozen=True):
    """What becomes of static files.

    Attributes:
        views: What templates may see of styles, scripts and fonts, by path below `static/`.
        assets: The files below `/assets/`.
        diagnostics: Findings.
    """

    views: dict[str, StaticView]
    assets: tuple[Asset, ...]
    diagnostics: tuple[Diagnostic, ...]


class StaticFiles(msgspec.Struct, frozen=True):
    """The static files as read, by path below `static/`.

    Attributes:
        files: Where the disk has them.
        digests: Digests of their bytes.
        texts: The bytes of styles and scripts.
    """

    files: Mapping[str, str]
    digests: Mapping[str, bytes]
    texts: Mapping[str, bytes]


def fingerprint_statics(statics: StaticFiles, base: Base) -> Statics:
    """Return the static files that pages name, under their fingerprints.

    Codes: `dead-link`, a warning, where a style sheet names a file that there is not.
    """
    work = _Work(statics)
    for path in sorted(statics.files):
        if path.rpartition(".")[2].lower() in _NAMED:
            work.name(path, ())
    views = {
        path: StaticView(base.href(f"/{asset.path}"), work.integrity.get(path, ""))
        for path, asset in sorted(work.assets.items())
        if path.rpartition(".")[2].lower() in _NAMED
    }
    return Statics(views, tuple(work.assets.values()), tuple(work.findings))


class _Work:
    """Names files one after the other: a style sheet after what it names."""

    def __init__(self, statics: StaticFiles) -> None:
        self._statics = statics
        self.assets: dict[str, Asset] = {}
        self.integrity: dict[str, str] = {}
        self.findings: list[Diagnostic] = []

    def name(self, path: str, above: tuple[str, ...]) -> str:
        """Return the path of a static file below the output folder; `above` are who names it.

        Style sheets that import each other in a circle keep their own names in each other.
        """
        if path in above:
            return path
        if path not in self.assets:
            self.assets[path] = self._asset(path, above)
        return self.assets[path].path

    def _asset(self, path: str, above: tuple[str, ...]) -> Asset:
        data = self._statics.texts.get(path)
        digest = self._statics.digests[path]
        make = None
        if data is not None and path.lower().endswith(".css"):
            data = self._rewrite(path, data, above)
            digest = digest_of(data)
            make = partial(bytes, data)
        if data is not None:
            self.integrity[path] = f"sha384-{b64encode(sha384(data).digest()).decode()}"
        stem, ending = posixpath.splitext(path)
        name = f"{FOLDER}/{stem}.{digest.hex()[:FINGERPRINT_CHARACTERS]}{ending}"
        return Asset(name, self._statics.files[path], f"static/{path}", digest, make)

    def _rewrite(self, path: str, data: bytes, above: tuple[str, ...]) -> bytes:
        """Return a style sheet with the addresses of files as they stand below `/assets/`."""
        text = data.decode("utf-8", "surrogateescape")

        def put(match: re.Match[str]) -> str:
            group = "url" if match["url"] else "sheet" if match["sheet"] else ""
            if not group:
                return match[0]
            line = text.count("\n", 0, match.start()) + 1
            url = self._link(match[group], Span(f"static/{path}", line), (*above, path))
            start = match.start(group) - match.start()
            return match[0][:start] + url + match[0][start + len(match[group]) :]

        return _ADDRESS.sub(put, text).encode("utf-8", "surrogateescape")

    def _link(self, url: str, span: Span, above: tuple[str, ...]) -> str:
        """Return the address of a file that a style sheet names, as seen from that sheet."""
        if has_scheme(url) or url.startswith(("//", "#", "?")):
            return url
        place, mark, rest = _split(url)
        folder = posixpath.dirname(above[-1])
        path = posixpath.normpath(posixpath.join("/", folder, unquote(place))).lstrip("/")
        if path not in self._statics.files:
            close = nearest(path, self._statics.files)
            hint = f"did you mean {close}?" if close else "put the file into static/"
            message = f"the address '{url}' leads nowhere: there is no static/{path}"
            self.findings.append(warning("dead-link", message, span, hint))
            return url
        named = self.name(path, above)
        here = posixpath.join(FOLDER, folder)
        return quote(posixpath.relpath(named, here), safe="/~!$&*+,;=@-._") + mark + rest


def _split(url: str) -> tuple[str, str, str]:
    """Return the path of an address, the sign that ends it, and the rest."""
    found = re.search("[?#]", url)
    at = found.start() if found else len(url)
    return url[:at], url[at : at + 1], url[at + 1 :]
