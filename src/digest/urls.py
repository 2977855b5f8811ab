"""Names to slugs, URLs and output paths: the only place where a name becomes a URL.

A URL here is a path from the root of the site, such as `/tags/strikes/`. Where the site stands
below a base path, a `Base` puts that in front.
"""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

import msgspec

from digest.model.dates import When

MAX_SLUG_BYTES = 200
_TITLE_CHARACTERS = 80
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
_SKIPPED = re.compile(r"[\x00-\x20\\\x7f]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# Windows refuses these names with any ending (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
# Variation selectors and the grapheme joiner are marks that nobody sees.
_SELECTORS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_PATH_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|%#]')


# Of ASCII without + and #, what is no letter or digit parts words.
_SPELLED_OUT = re.compile("[+#]")
_NO_SLUG = re.compile("[^a-z0-9]+")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/:~!$&'()*+,;=@._-]*")


class Base(msgspec.Struct, frozen=True):
    """Where the site stands.

    Attributes:
        origin: Scheme and host, such as `https://example.org`, or empty where none is set.
        path: Base path without a slash at its end, such as `/a/b`, or empty.
    """

    origin: str = ""
    path: str = ""

    def href(self, url: str) -> str:
        """Return the link to a URL of this site as a page writes it (RFC 3986, 3.3)."""
        plain = _PLAIN_PATH.fullmatch(url)  # nearly all are, and this is quicker than to quote
        return self.path + (url if plain else quote(url, safe="/:~!$&'()*+,;=@-._"))

    def absolute(self, href: str) -> str:
        """Return the full link for one that `href` made."""
        return self.origin + href


def parse_base(url: str) -> Base | None:
    """Return the base of a site URL, or None if it is no http(s) URL without query and fragment."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return None
    path = unquote(parts.path)
    plain = not (parts.query or parts.fragment or parts.username or re.search(r"[\s\\\"<>]", url))
    if parts.scheme not in {"http", "https"} or not host or not plain or path_fault(path or "/"):
        return None
    host = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{host}{f':{port}' if port else ''}"
    return Base(origin, quote(path, safe="/~").rstrip("/"))


def is_safe_link(url: str) -> bool:
    """Return whether a page may link to `url`: http, https, mailto, or a place on this site.

    Browsers drop tabs and line feeds inside a URL and skip spaces and control characters before
    it (WHATWG URL Standard, 4.4), so any such character makes it unsafe.
    """
    if url.startswith("//") or _SKIPPED.search(url):
        return False
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[0][:-1].lower() in _SAFE_SCHEMES


def is_web_url(url: str) -> bool:
    """Return whether `url` is an http or https URL with a host."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return is_safe_link(url) and parts.scheme in {"http", "https"} and bool(host)


def has_scheme(url: str) -> bool:
    """Return whether `url` begins with a scheme such as `https:`."""
    return _SCHEME.match(url) is not None


@lru_cache(maxsize=4096)
def slugify(name: str) -> str:
    """Return the slug of a name: lower case, words joined by hyphens; empty if no letter is left.

    Letters and digits of every script stay, in Unicode normal form C. `+` and `#` after a letter
    or digit are spelled out, so that C, C# and C++ differ. The result is a fixed point.
    """
    if name.isascii() and not _SPELLED_OUT.search(name):
        return _NO_SLUG.sub("-", name.lower().replace("'", "")).strip("-")
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    text = text.replace("'", "").replace("’", "")
    text = re.sub(r"(?<=\w)(\++)(?!\w)", lambda match: "-plus" * len(match[1]), text)
    text = re.sub(r"(?<=\w)#(?!\w)", "-sharp", text)
    kept = "".join(char if unicodedata.category(char)[0] in "LMN" else "-" for char in text)
    return unicodedata.normalize("NFC", re.sub("-+", "-", _bare_marks_gone(kept)).strip("-"))


def _bare_marks_gone(text: str) -> str:
    """Return the text without invisible selectors and without marks that follow no letter."""
    chars: list[str] = []
    for char in _SELECTORS.sub("", text):
        bare = not chars or chars[-1] == "-"
        if not (bare and unicodedata.category(char)[0] == "M"):
            chars.append(char)
    return "".join(chars)


def term_slug(name: str) -> str:
    """Return the slug of a tag or entity; one without letters is spelled out, `~` as `tilde`."""
    return slugify(name) or slugify(" ".join(unicodedata.name(char, "") for char in name))


def title_slug(title: str) -> str:
    """Return the slug of a title, cut between words near 80 characters and at 200 bytes."""
    slug = slugify(title)
    if len(slug) > _TITLE_CHARACTERS:
        cut = slug[: _TITLE_CHARACTERS + 1].rpartition("-")[0]
        slug = cut or slug[:_TITLE_CHARACTERS]
    while len(slug.encode()) > MAX_SLUG_BYTES:
        slug = slug[:-1]
    return slug.strip("-")


def article_url(date: When, slug: str) -> str:
    """Return `/2023/07/27/slug/`, with as many parts of the date as were written."""
    return f"/{date.date.replace('-', '/')}/{slug}/"


def timeline_url(year: str = "", month: str = "", day: str = "") -> str:
    """Return the URL of the timeline, of one of its years, of a month, or of a day."""
    return "/timeline/" + "".join(f"{part}/" for part in (year, month, day) if part)


def data_url(year: str) -> str:
    """Return the URL of the data of a year of the timeline."""
    return f"/data/timeline/{year}.json"


def entity_url(slug: str, date: str = "") -> str:
    """Return the URL of an entity's page, or of its page for `2023`, `2023-07` or `2023-07-27`."""
    return f"/entities/{slug}/{_dated(date)}"


def tag_url(slug: str, date: str = "") -> str:
    """Return the URL of a tag's page, or of its page for a year, a month or a day."""
    return f"/tags/{slug}/{_dated(date)}"


def storyline_url(slug: str, date: str = "") -> str:
    """Return the URL of a storyline's page, or of its page for a year, a month or a day."""
    return f"/storylines/{slug}/{_dated(date)}"


def _dated(date: str) -> str:
    return f"{date.replace('-', '/')}/" if date else ""


def figures_url(year: str = "", month: str = "") -> str:
    """Return the URL of the figures, of those of a year, or of a month."""
    return "/figures/" + "".join(f"{part}/" for part in (year, month) if part)


SEARCH_URL = "/search/"
INDEX_FOLDER = "pagefind"
"""Folder of the search index, below the output folder."""


_TEXTS = frozenset("html css js mjs json xml svg txt webmanifest".split())
_COMPRESSED = (".br", ".gz")
_MOST_BYTES = 255 - 3


def compressed_paths(path: str) -> tuple[str, ...]:
    """Return where the compressed files of an output file stand: Brotli's and gzip's.

    It has none if its ending is not that of a text, or its name leaves no room for another ending.
    """
    name = path.rpartition("/")[2]
    _, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in _TEXTS or len(name.encode()) > _MOST_BYTES:
        return ()
    return tuple(path + added for added in _COMPRESSED)


def original_path(path: str) -> str:
    """Return which output file stands compressed at a path, or an empty string."""
    stem, dot, ending = path.rpartition(".")
    return stem if dot and dot + ending.lower() in _COMPRESSED else ""


def page_url(parts: tuple[str, ...]) -> str:
    """Return the URL of a content page."""
    return f"/{'/'.join(parts)}/"


def output_path(url: str) -> str:
    """Return the file that a host serves for a URL, relative to the output folder."""
    path = url.removeprefix("/")
    return path + "index.html" if not path or path.endswith("/") else path


def claim_key(path: str) -> str:
    """Return the key under which two output paths are the same file on some file system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def term_fault(slug: str) -> str:
    """Return why the slug of a tag or entity may not stand in a URL, or an empty string."""
    if not slug:
        return "it has no letter, digit or sign with a name"
    if len(slug.encode()) > MAX_SLUG_BYTES:
        return f"it is longer than {MAX_SLUG_BYTES} bytes"
    return path_fault(f"/{slug}/")


def path_fault(url: str) -> str:
    """Return why a URL may not become a file of the site, or an empty string if it may."""
    parts = url.removeprefix("/").removesuffix("/").split("/")
    checks = (
        (not url.startswith("/") or url.startswith("//"), "it must begin with one slash"),
        (has_scheme(url), "it must be a path on this site"),
        (_PATH_UNSAFE.search(url), "it holds a character that a file name may not have"),
        (any(not part.isprintable() for part in parts), "it holds an invisible character"),
        (url != "/" and "" in parts, "it holds two slashes in a row"),
        (any(part in {".", ".."} for part in parts), "it must not leave its folder"),
        (any(part.startswith(".") for part in parts), "a part begins with a dot"),
        (any(part != part.rstrip(" .") for part in parts), "a part ends with a dot or a space"),
        (any(_DEVICES.match(part) for part in parts), "Windows reserves that name"),
        (any(len(part.encode()) > 255 for part in parts), "a part is longer than 255 bytes"),  # noqa: PLR2004 NAME_MAX of Linux and macOS
    )
    return next((reason for failed, reason in checks if failed), "")
