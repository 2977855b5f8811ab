"""Front matter fields to entities, storylines and content pages."""

from digest.load.articles import content_id, read_slug, read_template
from digest.load.fields import Fields, alias_item
from digest.load.items import read_named
from digest.model.records import (
    ContentPage,
    Entity,
    EntityKind,
    Status,
    Storyline,
    StorylineStatus,
)
from digest.urls import path_fault, slugify, term_fault, term_slug

ENTITY_FIELDS = (
    "name",
    "kind",
    "aliases",
    "acronym",
    "homepage",
    "wikidata",
    "member_of",
    "parent",
    "description",
    "mentions",
)
STORYLINE_FIELDS = ("title", "start", "end", "status", "parties", "next_date", "description")
PAGE_FIELDS = ("title", "slug", "status", "description", "aliases", "lang", "template")
_POINTED_AT = (
    "name",
    "title",
    "slug",
    "aliases",
    "acronym",
    "member_of",
    "parent",
    "template",
    "parties",
    "end",
)


def read_entity(fields: Fields) -> Entity | None:
    """Return the entity, or None if it has no usable name."""
    name = fields.required("name", 'add name: "The name"')
    slug = _slug_of(fields, name, "name")
    entity = Entity(
        path=fields.path,
        name=name,
        slug=slug,
        kind=fields.choice("kind", EntityKind, EntityKind.OTHER) or EntityKind.OTHER,
        aliases=fields.texts("aliases"),
        acronym=fields.text("acronym"),
        homepage=fields.url("homepage"),
        wikidata=_wikidata(fields),
        member_of=fields.texts("member_of"),
        parent=fields.text("parent"),
        description=fields.text("description"),
        mentions=fields.flag("mentions", default=True),
        places=fields.places(_POINTED_AT),
    )
    return entity if slug else None


def read_storyline(fields: Fields) -> Storyline | None:
    """Return the storyline, or None if it has no usable title."""
    title = fields.required("title", 'add title: "What it is about"')
    slug = _slug_of(fields, title, "title")
    storyline = Storyline(
        path=fields.path,
        title=title,
        slug=slug,
        start=fields.when("start"),
        end=fields.when("end"),
        status=fields.choice("status", StorylineStatus) or StorylineStatus.ONGOING,
        parties=read_named(fields, "parties"),
        next_date=fields.when("next_date"),
        description=fields.text("description"),
        places=fields.places(_POINTED_AT),
    )
    start, end = storyline.start, storyline.end
    if start and end and end.key < start.key and not start.date.startswith(end.date):
        message = f"the storyline ends on {end.text}, before it starts on {start.text}"
        fields.fault("storyline-dates", message, fields.nodes["end"], "swap the two, or mend one")
    return storyline if slug else None


def _slug_of(fields: Fields, name: str, field: str) -> str:
    """Return the slug of a name, noting a name that can have none."""
    slug = term_slug(name)
    fault = term_fault(slug)
    if name and fault:
        hint = "choose another name, with letters or digits"
        fields.fault("slug", f"'{name}' makes no URL: {fault}", fields.nodes.get(field), hint)
        return ""
    return slug


def read_page(fields: Fields) -> ContentPage | None:
    """Return the page, or None if it has no title or no URL."""
    title = fields.required("title", 'add title: "A title"')
    folders = content_id(fields.path).split("/")[1:]
    written = read_slug(fields, folders[-1]) if "slug" in fields.nodes else slugify(folders[-1])
    parts = (*(slugify(folder) for folder in folders[:-1]), written)
    page = ContentPage(
        path=fields.path,
        title=title,
        parts=parts,
        status=fields.choice("status", Status, Status.PUBLISHED) or Status.PUBLISHED,
        description=fields.text("description"),
        aliases=fields.convert("aliases", alias_item),
        lang=fields.lang(),
        template=read_template(fields),
        places=fields.places(_POINTED_AT),
    )
    fault = path_fault(f"/{'/'.join(parts)}/")
    if not written and "slug" in fields.nodes:
        return None
    if "" in parts or fault:
        message = f"the file name makes no URL{': ' + fault if fault else ''}"
        fields.fault("slug", message, None, "rename the file: letters, digits and hyphens")
        return None
    return page if title else None


def _wikidata(fields: Fields) -> str:
    text = fields.text("wikidata")
    if text and not (text[0] == "Q" and text[1:].isascii() and text[1:].isdigit()):
        hint = "write the item's number, such as Q6581097"
        message = f"'wikidata' must be an item such as Q42, got '{text}'"
        fields.fault("field-value", message, fields.nodes["wikidata"], hint)
        return ""
    return text
