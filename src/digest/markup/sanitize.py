"""The only door to the HTML sanitiser: whatever an article brings passes here last.

An allow-list in the sense of the OWASP XSS prevention rules: what is not named does not pass.
Articles may use ids, as headings and footnotes need them, but none with two hyphens in a row: those
belong to the templates.
"""

import re
from functools import partial

import nh3

from digest.markup.links import LinkBook

MAX_DEPTH = 64
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
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\s[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*)?>")
_RAW_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_ENGINE_TAGS = frozenset({"h1"})
_VOID = frozenset({"br", "hr", "img", "col", "wbr"})


def sanitize(html: str, book: LinkBook) -> str:
    """Return HTML that can run nothing, style nothing and load nothing from elsewhere.

    Ids that survive are noted in `book.anchors`, links to this site in `book.links`.
    """
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags=set(_DROPPED_WITH_TEXT),
        attribute_filter=partial(_attribute, book),
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    if _CONTROLS.search(clean):
        clean = _CONTROLS.sub("", clean)
    return _flatten(clean) if clean.count("</") > MAX_DEPTH else clean


def note_removed(html: str, book: LinkBook) -> None:
    """Warn of raw HTML elements that the sanitiser will take out."""
    if "<" not in book.source:
        return
    raw = dict.fromkeys(name.lower() for name in _RAW_TAG.findall(html))
    for name in raw.keys() - _TAGS - _ENGINE_TAGS:
        book.warn_removed(name)


def _attribute(book: LinkBook, tag: str, name: str, value: str) -> str | None:
    """Return the value that an attribute may have, or None to drop it."""
    if name in {"href", "src"}:
        return book.raw_link(value, image=tag == "img")
    if name == "id":
        if not _ID.fullmatch(value) or value in book.anchors:
            return None
        book.anchors.append(value)
        return value
    if name == "class":
        kept = (
            word for word in value.split() if word in _CLASSES or _CODE_LANGUAGE.fullmatch(word)
        )
        return " ".join(kept) or None
    rule = _VALUES.get(name)
    return value if rule is None or rule.fullmatch(value) else None


def _flatten(html: str) -> str:
    """Return the HTML without the tags that stand deeper than `MAX_DEPTH`; their text stays.

    Thousands of nested elements exhaust the stack of validators and of some readers.
    """
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2] in _VOID:
            return match[0]
        depth -= bool(match[1])
        kept = match[0] if depth < MAX_DEPTH else ""
        depth += not match[1]
        return kept

    return _TAG.sub(keep, html)
