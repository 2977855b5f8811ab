"""Front matter fields to an `Article`."""

import re
import unicodedata
from typing import Any

from digest.diagnostics import nearest
from digest.load.dates import parse_when
from digest.load.fields import Fields, alias_item, text_item
from digest.load.frontmatter import Mapping, Node, Scalar
from digest.model.dates import When
from digest.model.records import (
    Article,
    Correction,
    Figure,
    Image,
    Named,
    Source,
    SourceKind,
    Status,
)
from digest.urls import MAX_SLUG_BYTES, has_scheme, path_fault, slugify, title_slug

ARTICLE_FIELDS = (
    "id",
    "title",
    "date",
    "event_date",
    "updated",
    "publish",
    "expires",
    "status",
    "slug",
    "aliases",
    "tags",
    "authors",
    "summary",
    "description",
    "image",
    "sources",
    "entities",
    "storylines",
    "figures",
    "corrections",
    "lang",
    "template",
)
ROLES = (
    "employer",
    "union",
    "vendor",
    "regulator",
    "court",
    "affected-workers",
    "spokesperson",
    "system",
)
_SOURCE_FIELDS = ("title", "url", "publisher", "date", "accessed", "archive", "kind")
_FIGURE_FIELDS = ("what", "value", "low", "high", "unit", "as_of", "source")
_NUMBERS = frozenset({"value", "low", "high"})
_POINTED_AT = ("id", "title", "date", "slug", "aliases", "tags", "entities", "image", "template")
_FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-|$)", re.ASCII)
_ID = re.compile(r"[^\s\x00-\x1f<>\"\\^`{|}]{1,200}")


def read_article(fields: Fields) -> Article | None:
    """Return the article, or None if a field that it cannot do without is missing or wrong."""
    path = fields.path
    title = fields.required("title", 'add title: "A title"')
    slug = read_slug(fields, title)
    date = _date(fields)
    article_id = _id(fields)
    if not title or not slug or date is None:
        _read_rest(fields)
        return None
    return Article(
        id=article_id or content_id(path),
        path=path,
        title=title,
        slug=slug,
        date=date,
        event_date=fields.when("event_date") or date,
        places=fields.places(_POINTED_AT),
        **_read_rest(fields),
    )


def _read_rest(fields: Fields) -> dict[str, Any]:
    """Return the optional fields by name; read even where the article fails, for their faults."""
    return {
        "updated": fields.when("updated"),
        "publish": fields.when("publish"),
        "expires": fields.when("expires"),
        "status": fields.choice("status", Status, Status.PUBLISHED),
        "aliases": fields.convert("aliases", alias_item),
        "tags": fields.texts("tags"),
        "authors": fields.texts("authors"),
        "summary": fields.text("summary"),
        "description": fields.text("description"),
        "image": _image(fields),
        "sources": fields.convert("sources", _source),
        "entities": _entities(fields),
        "storylines": fields.texts("storylines"),
        "figures": fields.convert("figures", _figure),
        "corrections": fields.convert("corrections", _correction),
        "lang": fields.lang(),
        "template": read_template(fields),
    }


def content_id(path: str) -> str:
    """Return the path below the content folder without its ending: what a file is known by."""
    return path.partition("/")[2].rpartition(".")[0]


def read_slug(fields: Fields, title: str) -> str:
    """Return the slug that was written, or the one that the title makes."""
    written = unicodedata.normalize("NFC", fields.text("slug"))
    if not written:
        slug = title_slug(title)
        if title and not slug:
            message = f"'{title}' has no letter or digit to make a URL from"
            fields.fault("slug", message, fields.nodes.get("title"), "add slug: a-short-name")
        return slug
    node = fields.nodes["slug"]
    good = slugify(written)
    if written != good or len(good.encode()) > MAX_SLUG_BYTES:
        hint = f"write slug: {title_slug(written) or 'a-short-name'}"
        message = f"'{written[:60]}' may not be a slug: letters, digits and hyphens, in lower case"
        fields.fault("slug", message, node, hint)
        return ""
    fault = path_fault(f"/{written}/")
    if fault:
        fields.fault("slug", f"'{written}' may not be a slug: {fault}", node, "choose another word")
        return ""
    return written


def read_template(fields: Fields) -> str:
    """Return the name of the template that was asked for, or an empty string."""
    name = fields.text("template")
    if name and not re.fullmatch(r"\w[\w-]*(/\w[\w-]*)*\.html", name):
        hint = "write the path below templates/, such as longread.html"
        fields.fault(
            "field-value", f"'template' may not be '{name}'", fields.nodes["template"], hint
        )
        return ""
    return name


def _date(fields: Fields) -> When | None:
    """Return the date field, or the date at the head of the file name."""
    if "date" in fields.nodes:
        return fields.when("date")
    match = _FILE_DATE.match(fields.path.rpartition("/")[2].rpartition(".")[0])
    when = parse_when(match[1], fields.zone) if match else None
    if when is None:
        hint = "add date: YYYY-MM-DD, or begin the file name with it"
        fields.fault("missing-field", "'date' is missing", None, hint)
    return when


def _id(fields: Fields) -> str:
    text = fields.text("id")
    if text and not _ID.fullmatch(text):
        hint = "use letters, digits and signs such as - / : without spaces, 200 at most"
        fields.fault("field-value", f"'id' may not be '{text[:60]}'", fields.nodes["id"], hint)
        return ""
    return text


def _image(fields: Fields) -> Image | None:
    node = fields.nodes.get("image")
    if node is None:
        return None
    if isinstance(node, Mapping):
        inner = fields.inner(node, ("src", "alt"))
        image = Image(inner.required("src", "add src: picture.jpg"), inner.text("alt"))
    else:
        image = Image(fields.scalar("image", node))
    if image.src and (has_scheme(image.src) or image.src.startswith("//")):
        hint = "put the picture into the site: pages show none from another host"
        fields.fault("url", f"'image' must be a file of the site, got '{image.src}'", node, hint)
        return None
    return image if image.src else None


def _source(fields: Fields, name: str, node: Node) -> Source | None:
    if isinstance(node, Scalar):
        url = fields.web_url(name, node)
        if not node.text:
            fields.fault("field-value", f"an item of '{name}' is empty", node, "delete it")
        return Source(url) if url else None
    if not isinstance(node, Mapping):
        hint = 'write "https://…" or {title: "…", url: "https://…"}'
        fields.fault("field-type", "a source must be an address or a mapping", node, hint)
        return None
    inner = fields.inner(node, _SOURCE_FIELDS)
    inner.required("url", "add url: https://…")
    url = inner.url("url")
    source = Source(
        url=url,
        title=inner.text("title"),
        publisher=inner.text("publisher"),
        date=inner.when("date"),
        accessed=inner.when("accessed"),
        archive=inner.url("archive"),
        kind=inner.choice("kind", SourceKind),
    )
    return source if url else None


def _entities(fields: Fields) -> tuple[Named, ...]:
    """Return names with roles from a list of names and mappings, or from a map of roles."""
    node = fields.nodes.get("entities")
    if not isinstance(node, Mapping):
        return fields.names("entities", _entity)
    pairs = tuple(pair for pair in node.pairs if _role(fields, pair[0]))
    inner = fields.inner(Mapping(pairs, node.line, node.column), ROLES)
    named = (Named(name, role) for role in inner.nodes for name in inner.texts(role))
    return tuple(dict.fromkeys(named))


def _entity(fields: Fields, name: str, node: Node) -> Named | None:
    if not isinstance(node, Mapping):
        text = text_item(fields, name, node)
        return Named(text) if text else None
    inner = fields.inner(node, ("name", "role"))
    text = inner.required("name", "add name: the entity's name")
    role_node = inner.nodes.get("role")
    role = _role(fields, role_node) if isinstance(role_node, Scalar) else inner.text("role")
    return Named(text, role) if text else None


def _role(fields: Fields, node: Scalar) -> str:
    if node.text in ROLES:
        return node.text
    close = nearest(node.text, ROLES)
    hint = f"did you mean '{close}'?" if close else f"accepted are {', '.join(ROLES)}"
    fields.fault("role", f"unknown role '{node.text}'", node, hint)
    return ""


def _figure(fields: Fields, name: str, node: Node) -> Figure | None:
    if not isinstance(node, Mapping):
        hint = 'write {what: "what the number counts", value: 12}'
        message = f"an item of '{name}' must be a mapping with 'what'"
        fields.fault("field-type", message, node, hint)
        return None
    inner = fields.inner(node, _FIGURE_FIELDS)
    what = inner.required("what", 'add what: "what the number counts"')
    value, low, high = inner.number("value"), inner.number("low"), inner.number("high")
    if inner.nodes.keys() & _NUMBERS not in ({"value"}, {"low", "high"}):
        hint = "write value: 12, or low: 10 and high: 14"
        inner.fault("figure", "a figure has either 'value', or 'low' and 'high'", node, hint)
        return None
    if low and high and float(low) > float(high):
        inner.fault("figure", f"'low' {low} is above 'high' {high}", node, "swap the two")
        return None
    return Figure(
        what=what,
        low=value or low,
        high=high,
        unit=inner.text("unit"),
        as_of=inner.when("as_of"),
        source=inner.url("source"),
    )


def _correction(fields: Fields, name: str, node: Node) -> Correction | None:
    if not isinstance(node, Mapping):
        hint = 'write {date: YYYY-MM-DD, text: "what was put right"}'
        message = f"an item of '{name}' must be a mapping: date, text"
        fields.fault("field-type", message, node, hint)
        return None
    inner = fields.inner(node, ("date", "text"))
    inner.required("date", "add date: YYYY-MM-DD")
    date, text = inner.when("date"), inner.required("text", "add text: what was put right")
    return Correction(date, text) if date and text else None
