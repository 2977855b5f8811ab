"""Front matter fields to an `Article`."""

import re
import unicodedata
from typing import Any

from digest.load.dates import parse_when
from digest.load.fields import Fields, alias_item
from digest.load.frontmatter import Mapping
from digest.load.items import correction_item, figure_item, read_named, source_item
from digest.model.dates import When
from digest.model.records import Article, Image, Status
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
    "figures_hide",
    "corrections",
    "lang",
    "template",
)
_POINTED_AT = (
    "id title date slug aliases tags entities storylines figures_hide sources image template"
).split()
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
        "sources": fields.convert("sources", source_item),
        "entities": read_named(fields, "entities"),
        "storylines": fields.texts("storylines"),
        "figures": fields.convert("figures", figure_item),
        "figures_hide": fields.texts("figures_hide"),
        "corrections": fields.convert("corrections", correction_item),
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
        src = inner.required("src", "add src: picture.jpg")
        image = Image(src, inner.required("alt", 'add alt: "What it shows"'))
    else:
        image = Image(fields.scalar("image", node))
    if image.src and (has_scheme(image.src) or image.src.startswith("//")):
        hint = "put the picture into the site: pages show none from another host"
        fields.fault("url", f"'image' must be a file of the site, got '{image.src}'", node, hint)
        return None
    if image.src and not isinstance(node, Mapping):
        hint = f'write image: {{src: {image.src}, alt: "What it shows"}}'
        fields.fault("missing-field", "'image' has no 'alt'", node, hint)
    return image if image.src else None
