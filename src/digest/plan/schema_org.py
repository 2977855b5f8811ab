"""The words of schema.org that pages use, as records, and how they become JSON-LD.

A field is named as the property is, in Python's spelling: `same_as` is `sameAs`. What has its
default is left out. Dates are ISO 8601 at the precision at which they are known, all addresses are
full ones.
"""

from collections.abc import Sequence

import msgspec

_KEYWORDS = {"type": "@type", "id": "@id", "context": "@context", "graph": "@graph"}
_encode = msgspec.json.Encoder().encode
# Inside JSON these stand in strings alone. So escaped, no text can end the script element, begin a
# comment in it (WHATWG HTML, 4.12.1.3) or a line of a script.
_ESCAPES = (
    (b"<", rb"\u003c"),
    (b">", rb"\u003e"),
    (b"&", rb"\u0026"),
    ("\u2028".encode(), rb"\u2028"),
    ("\u2029".encode(), rb"\u2029"),
)


def _property(field: str) -> str:
    """Return the name of a property: `@type`, `dateModified`."""
    first, *rest = field.split("_")
    return _KEYWORDS.get(field) or first + "".join(map(str.capitalize, rest))


class Node(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, rename=_property):
    """The base of all records."""


class Typed(Node, frozen=True, gc=False, tag_field="@type", tag=True):
    """The base of those that are named as their type is."""


class Graph(Node, frozen=True, gc=False):
    """What a page holds (JSON-LD 1.1, 4.9)."""

    context: str
    graph: Sequence[Node]


class Reference(Node, frozen=True, gc=False):
    """Something of which the page tells elsewhere."""

    id: str


class Agent(Node, frozen=True, gc=False):
    """A person, body or product; `type` says which."""

    type: str
    name: str
    id: str = ""
    url: str = ""
    logo: str = ""
    description: str = ""
    alternate_name: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    member_of: tuple[msgspec.Raw, ...] = ()
    parent_organization: tuple[msgspec.Raw, ...] = ()


class WebSite(Typed, frozen=True, gc=False):
    """The site."""

    id: str
    url: str = ""
    name: str = ""
    description: str = ""
    in_language: str = ""
    publisher: msgspec.Raw | None = None


class CreativeWork(Typed, frozen=True, gc=False):
    """What an article rests on."""

    url: str
    name: str
    publisher: Agent | None = None
    date_published: str = ""
    archived_at: str = ""
    is_accessible_for_free: bool | None = None


class CorrectionComment(Typed, frozen=True, gc=False):
    """What was put right in an article."""

    text: str
    date_published: str


class NewsArticle(Typed, frozen=True, gc=False):
    """An article."""

    main_entity_of_page: str
    headline: str
    date_published: str
    author: tuple[Agent, ...] | msgspec.Raw
    publisher: msgspec.Raw
    is_part_of: msgspec.Raw
    in_language: str
    date_modified: str = ""
    description: str = ""
    image: str = ""
    article_section: str = ""
    keywords: tuple[str, ...] = ()
    about: tuple[msgspec.Raw, ...] = ()
    mentions: tuple[msgspec.Raw, ...] = ()
    citation: tuple[CreativeWork, ...] = ()
    correction: tuple[CorrectionComment, ...] = ()


class ListItem(Typed, frozen=True, gc=False):
    """A member of a list; a crumb has its address as `item`."""

    position: int
    name: str
    url: str = ""
    item: str = ""


class ItemList(Typed, frozen=True, gc=False):
    """What a page lists; its first items, and how many there are."""

    number_of_items: int
    item_list_element: tuple[ListItem, ...]


class BreadcrumbList(Typed, frozen=True, gc=False):
    """The way from the front page."""

    item_list_element: tuple[ListItem, ...]


class WebPage(Node, frozen=True, gc=False):
    """A page that is no article: `WebPage`, `CollectionPage` or `ProfilePage`."""

    type: str
    url: str
    name: str
    is_part_of: msgspec.Raw
    in_language: str
    description: str = ""
    image: str = ""
    temporal_coverage: str = ""
    about: tuple[msgspec.Raw, ...] | Agent = ()
    main_entity: ItemList | Agent | None = None


def raw(node: Node) -> msgspec.Raw:
    """Return a record that is put into many others, written once."""
    return msgspec.Raw(_encode(node))


def json_ld(*nodes: Node) -> str:
    """Return JSON-LD that may stand in a script element as it is."""
    text = _encode(Graph("https://schema.org", nodes))
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text.decode()
