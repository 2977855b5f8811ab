"""Records of the domain, made in tests without files."""

from typing import Any

from digest.model.dates import When
from digest.model.records import Article, Entity, Named
from digest.urls import term_slug


def when(text: str) -> When:
    """Return a calendar date."""
    return When(text, text)


def an_article(name: str, date: str = "2023-07-27", **fields: Any) -> Article:
    """Return an article; `entities` may be plain names."""
    entities = tuple(
        Named(item) if isinstance(item, str) else item for item in fields.pop("entities", ())
    )
    event = fields.pop("event_date", date)
    made: dict[str, Any] = {
        "id": name,
        "path": f"content/{name}.md",
        "title": f"Title {name}",
        "slug": name,
        "date": when(date),
        "event_date": when(event),
        "entities": entities,
        "places": {"tags": (4, 7), "entities": (5, 11), "id": (2, 5)},
    }
    return Article(**{**made, **fields})


def an_entity(name: str, **fields: Any) -> Entity:
    """Return an entity with a file."""
    slug = term_slug(name)
    path = f"content/entities/{slug}.md"
    made: dict[str, Any] = {"path": path, "name": name, "slug": slug, "places": {"name": (2, 7)}}
    return Entity(**{**made, **fields})


def in_order(*articles: Article) -> tuple[Article, ...]:
    """Return articles as the index wants them: by date and then id."""
    return tuple(sorted(articles, key=lambda item: (item.date.key, item.id)))
