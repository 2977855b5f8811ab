"""Entities that belong to each other in a circle."""

from collections.abc import Callable, Iterable, Iterator

from digest.diagnostics import Diagnostic, error
from digest.model.records import Entity


def find_loops(entities: Iterable[Entity], slug_of: Callable[[str], str]) -> Iterable[Diagnostic]:
    """Yield an error for every `parent` and `member_of` that leads back to its own entity.

    `slug_of` returns the slug of the entity that a name stands for. A circle is told once, at the
    first of its files.
    """
    by_slug = {entity.slug: entity for entity in entities}
    for field, above in (("parent", _parent), ("member_of", _groups)):
        edges = {
            slug: [other for name in above(entity) if (other := slug_of(name)) in by_slug]
            for slug, entity in by_slug.items()
        }
        for circle in _circles(edges):
            entity = min((by_slug[slug] for slug in circle), key=lambda item: item.path)
            if len(circle) == 1:
                message = f"'{field}' of '{entity.name}' names itself"
            else:
                others = ", ".join(sorted(by_slug[slug].name for slug in {*circle} - {entity.slug}))
                message = f"'{field}' of '{entity.name}' leads back to it by way of {others}"
            yield error("entity-loop", message, entity.span(field), "take one of them out")


def _parent(entity: Entity) -> tuple[str, ...]:
    return (entity.parent,) if entity.parent else ()


def _groups(entity: Entity) -> tuple[str, ...]:
    return entity.member_of


def _circles(edges: dict[str, list[str]]) -> Iterable[list[str]]:
    """Yield the nodes of one circle after another: one for each edge that leads back.

    Every edge is walked once, depth first, without recursion: chains may be long.
    """
    done: set[str] = set()
    for first in edges:
        path: dict[str, Iterator[str]] = {}  # the nodes on the way here, with edges still to walk
        enter = "" if first in done else first
        while enter or path:
            if enter:
                path[enter] = iter(edges[enter])
                done.add(enter)
            here = next(reversed(path))
            enter = next(path[here], "")
            if enter in path:
                way = list(path)
                yield way[way.index(enter) :]
            elif not enter:
                del path[here]
            if enter in done:
                enter = ""
