"""Keys of what pages are made from.

A page shows itself and stretches of ordered lists: the articles of a tag, the ones before and after
in time, the nearest in each list that makes articles related. So its key is made of the keys of the
articles in those stretches, and of the few things about the whole site that any page may show. It
may be too fine, which costs a view that turns out to be the same; it is never too coarse.
"""

from collections.abc import Iterable, Mapping

import msgspec

from digest.cache.keys import KEY_BYTES, digest_of, join_keys, make_key
from digest.index.records import Index
from digest.index.related import NEAR
from digest.model.records import Article
from digest.plan.links import Filled, Shown, find_shown

_FEW = 50
Links = tuple[tuple[str, ...], tuple[Shown | None, ...]]


class KeySources(msgspec.Struct, frozen=True):
    """What the keys of articles are made of.

    Attributes:
        index: The index.
        documents: Key of each document by path.
        mentions: What was found in each article by path, encoded.
        filled: Links of the documents that have any, resolved, by path.
        shown: Pictures by URL.
    """

    index: Index
    documents: Mapping[str, bytes]
    mentions: Mapping[str, bytes]
    filled: Mapping[str, Filled]
    shown: Mapping[str, Shown] = {}

    def same_lists(self, other: "KeySources") -> bool:
        """Return whether the lists of the two indexes are the very same."""
        mine, others = self.index, other.index
        same = mine.entities is others.entities and mine.tags is others.tags
        return same and mine.membership is others.membership

    def of(self, path: str) -> tuple[bytes, bytes, Links]:
        """Return what the key of an article is made of beside its lists."""
        return self.documents[path], self.mentions.get(path, b""), self.links(path)

    def links(self, path: str) -> Links:
        """Return the links of a document, and the pictures among them as they are shown."""
        found = self.filled.get(path)
        if found is None:
            return (), ()
        return found.urls, tuple([find_shown(url, self.shown) for url in found.pictures])


class Keys(msgspec.Struct, frozen=True):
    """Keys to make others from.

    Attributes:
        world: Key of the settings, the words and all documents that are no articles.
        articles: Key by path of what any page may show of an article.
        company: The same, followed by the sizes of the lists of its entities.
        sources: What they are made of.
        near: For each listed article in order, the key of itself and of all near it in any list.
    """

    world: bytes
    articles: dict[str, bytes]
    company: dict[str, bytes]
    sources: KeySources
    near: tuple[bytes, ...] = ()

    def of(self, *parts: object, articles: Iterable[Article] = ()) -> bytes:
        """Return the key of some plain values and of articles in order."""
        own = self.articles
        stretch = join_keys([own[article.path] for article in articles])
        return make_key(self.world, msgspec.msgpack.encode(parts), stretch)

    def of_company(self, *parts: object, articles: Iterable[Article] = ()) -> bytes:
        """Return the key of values and articles, with the sizes of the lists of their entities."""
        own = self.company
        stretch = join_keys([own[article.path] for article in articles])
        return make_key(self.world, msgspec.msgpack.encode(parts), stretch)


def make_keys(world: bytes, sources: KeySources, before: Keys | None = None) -> Keys:
    """Return the keys of the articles of a site.

    Args:
        world: Key of the settings, the words and all documents that are no articles.
        sources: What the keys are made of.
        before: Keys that were made earlier, which are taken over where they must be the same.
    """
    index = sources.index
    articles: dict[str, bytes] = {}
    company: dict[str, bytes] = {}
    sizes = {slug: len(term.articles).to_bytes(4, "big") for slug, term in index.entities.items()}
    encode = msgspec.msgpack.Encoder().encode
    known = before if before and sources.same_lists(before.sources) else None
    changed: list[str] = []
    for article in (*index.articles, *index.unlisted):
        path = article.path
        own = sources.of(path)
        if known and known.sources.of(path) == own:
            articles[path], company[path] = known.articles[path], known.company[path]
            continue
        slugs = [part.slug for part in index.parts_of(article)]
        names = [index.entities[slug].name for slug in slugs]
        names += [term.name for term in index.tags_of(article)]
        key = digest_of(encode((own, names)))
        changed.append(path)
        articles[path] = key
        company[path] = b"".join([key, *[sizes[slug] for slug in slugs]])
    keys = Keys(world, articles, company, sources)
    if known and known.world == world and len(changed) <= _FEW:
        near = _near_again(known, index, keys, changed)
    else:
        near = _near(world, index, articles)
    return msgspec.structs.replace(keys, near=tuple(near))


def _near(world: bytes, index: Index, articles: Mapping[str, bytes]) -> list[bytes]:
    """Return, for each listed article in order, the key of itself and of all near it in any list.

    Near are the ones before and after, and all candidates of `index.related`.
    """
    own = [articles[article.path] for article in index.articles]
    lists = [b"".join([own[place] for place in found]) for found in index.membership.lists]
    around = _around(own)
    before, after = NEAR * KEY_BYTES, (NEAR + 1) * KEY_BYTES
    found = []
    for place, (numbers, places) in enumerate(
        zip(index.membership.reasons, index.membership.places, strict=True)
    ):
        stretch = [world, own[place], around[place], around[place + 2]]
        for number, position in zip(numbers, places, strict=True):
            at = position * KEY_BYTES
            stretch += (lists[number][max(0, at - before) : at + after], b"|")
        found.append(join_keys(stretch))
    return found


def _around(own: list[bytes]) -> list[bytes]:
    nobody = bytes(KEY_BYTES)
    return [nobody, *own, nobody]


def _near_again(known: Keys, index: Index, keys: Keys, changed: Iterable[str]) -> list[bytes]:
    """Return what `_near` does, made anew for those alone that are near an article that changed."""
    own = [keys.articles[article.path] for article in index.articles]
    around = _around(own)
    near = list(known.near)
    lists, reasons, places = (
        index.membership.lists,
        index.membership.reasons,
        index.membership.places,
    )
    paths = frozenset(changed)
    touched: set[int] = set()
    for place, article in enumerate(index.articles):
        if article.path in paths:
            touched.update(range(max(0, place - 1), min(place + 2, len(own))))
            for number, position in zip(reasons[place], places[place], strict=True):
                touched.update(lists[number][max(0, position - NEAR) : position + NEAR + 1])
    for place in touched:
        stretch = [keys.world, own[place], around[place], around[place + 2]]
        for number, position in zip(reasons[place], places[place], strict=True):
            part = lists[number][max(0, position - NEAR) : position + NEAR + 1]
            stretch += (*[own[other] for other in part], b"|")
        near[place] = join_keys(stretch)
    return near
