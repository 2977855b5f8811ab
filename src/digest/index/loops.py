"""Entities that belong to each other in a circle."""

from collections.abc import Callable, Iterable
from graphlib import CycleError, TopologicalSorter

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
                others = ", ".join(sorted(by_slug[slug].name for slug in circle - {entity.slug}))
                message = f"'{field}' of '{entity.name}' leads back to it by way of {others}"
            yield error("entity-loop", message, entity.span(field), "take one of them out")


def _parent(entity: Entity) -> tuple[str, ...]:
    return (entity.parent,) if entity.parent else ()


def _groups(entity: Entity) -> tuple[str, ...]:
    return entity.member_of


def _circles(edges: dict[str, list[str]]) -> Iterable[set[str]]:
    """Yield the nodes of one circle after another; each is cut before the next is looked for."""
    while True:
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as fault:
            circle = fault.args[1]
            yield set(circle)
            # The circle is given against the edges: each node is followed by one that names it.
            edges[circle[1]].remove(circle[0])
        else:
            return
