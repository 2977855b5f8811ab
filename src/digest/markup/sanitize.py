"""The only door to the HTML sanitiser: whatever an article brings passes here last.

An allow-list in the sense of the OWASP XSS prevention rules: what is not named does not pass.
Articles may use ids, as headings and footnotes need them, but none with two hyphens in a row: those
belong to the templates.
"""

import re
import unicodedata
from functools import cache
from html import unescape

import nh3

from digest.markup.links import LinkBook
from digest.markup.nesting import flatten, limit_open_tags
from digest.urls import has_scheme, is_safe_link

_TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt "
    "em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp "
    "small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_DROPPED_WITH_TEXT = {"script", "style", "template", "iframe", "noembed", "noframes", "noscript"}
_CLASSES = frozenset(
    "footnote footnote-ref footnote-backref align-left align-center align-right".split()
)
_CODE_LANGUAGE = re.compile(r"language-[A-Za-z0-9_+#-]{1,40}")
_ID = re.compile(r"(?!.*--)[^\W\d_][\w-]{0,199}")
_VALUES = {
    "width": re.compile(r"[1-9]\d{0,4}", re.ASCII),
    "height": re.compile(r"[1-9]\d{0,4}", re.ASCII),
    "start": re.compile(r"-?\d{1,6}", re.ASCII),
    "reversed": re.compile(""),
    "colspan": re.compile(r"[1-9]\d{0,2}", re.ASCII),
    "rowspan": re.compile(r"[1-9]\d{0,2}", re.ASCII),
    "scope": re.compile("row|col|rowgroup|colgroup"),
    "datetime": re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?)?)?"),
    "dir": re.compile("ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
}
# Controls that HTML forbids but entities such as &#1; can write.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_RAW_ADDRESS = re.compile(
    r"<(?:a|img)\b[^<>]*?\s(href|src)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE
)
# What browsers skip before a scheme, and what they skip inside it.
_UNSEEN = re.compile("^[\x00-\x20]+|[\t\n\r]")
_RAW_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_PICTURE = re.compile(r"<img((?: [a-z]+=\"[^\"]*\")*)>")
_PAIR = re.compile(r" ([a-z]+)=\"([^\"]*)\"")
_NO_PICTURE = re.compile(r"<img(?: (?!src=)[a-z]+=\"[^\"]*\")*>")


@cache
def _cleaner() -> tuple[nh3.Cleaner, "_Attributes"]:
    """Return the cleaner of this process and its rule for attributes."""
    attributes = _Attributes()
    cleaner = nh3.Cleaner(
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags=set(_DROPPED_WITH_TEXT),
        attribute_filter=attributes,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return cleaner, attributes


def sanitize(html: str, book: LinkBook) -> str:
    """Return HTML that can run nothing, style nothing and load nothing from elsewhere.

    Ids that survive are noted in `book.anchors`, links to this site in `book.links`, with what is
    said of pictures.
    """
    cleaner, attributes = _cleaner()
    attributes.book = book
    clean = cleaner.clean(limit_open_tags(html))
    if "<img" in clean:
        clean = _NO_PICTURE.sub("", clean)
        for tag in _PICTURE.findall(clean):
            book.describe(dict(_PAIR.findall(tag)))
    if _CONTROLS.search(clean):
        clean = _CONTROLS.sub("", clean)
    return flatten(clean)


def is_anchor(name: str) -> bool:
    """Return whether an article may use a name as an id.

    It begins with a letter and goes on with letters, their marks, digits, `_` and single hyphens.
    """
    if name[:1].isalpha() and not name.isascii():
        name = "".join(char for char in name if unicodedata.category(char)[0] != "M")
    return _ID.fullmatch(name) is not None


def note_removed(html: str, book: LinkBook) -> None:
    """Warn of raw HTML elements and addresses that the sanitiser will take out."""
    if "<" not in book.source:
        return
    raw = dict.fromkeys(name.lower() for name in _RAW_TAG.findall(html))
    for name in raw.keys() - _TAGS:
        book.warn_removed(name)
    for name, written in _RAW_ADDRESS.findall(html):
        address = unescape(written.strip("\"'"))
        scheme = _UNSEEN.sub("", address).partition(":")[0] + ":"
        if has_scheme(scheme) and not is_safe_link(scheme) and ":" in address:
            book.warn_unsafe("link" if name.lower() == "href" else "picture", address)


class _Attributes:
    """Decides on the attributes of one document after the other."""

    book: LinkBook

    def __call__(self, tag: str, name: str, value: str) -> str | None:
        """Return the value that an attribute may have, or None to drop it."""
        if name in {"href", "src"}:
            return self.book.raw_link(value, image=tag == "img")
        if name == "id":
            value = unicodedata.normalize("NFC", value)
            if not is_anchor(value) or value in self.book.anchors:
                return None
            self.book.anchors[value] = None
            return value
        if name == "class":
            kept = (
                word for word in value.split() if word in _CLASSES or _CODE_LANGUAGE.fullmatch(word)
            )
            return " ".join(kept) or None
        rule = _VALUES.get(name)
        return value if rule is None or rule.fullmatch(value) else None
