"""Keys of what pages are made from.

A page shows itself and stretches of ordered lists: the articles of a tag, the ones before and after
in time, the nearest in each list that makes articles related. So its key is made of the keys of the
articles in those stretches, and of the few things about the whole site that any page may show. It
may be too fine, which costs a view that turns out to be the same; it is never too coarse.
"""

from collections.abc import Iterable, Mapping

import msgspec

from digest.cache.keys import join_keys, make_key
from digest.index.records import Index
from digest.index.related import NEAR
from digest.model.records import Article
from digest.plan.links import Filled


class Keys(msgspec.Struct, frozen=True):
    """Keys to make others from.

    Attributes:
        world: Key of the settings and of all documents that are no articles.
        articles: Key by path of what any page may show of an article.
        company: The same, followed by the sizes of the lists of its entities.
    """

    world: bytes
    articles: dict[str, bytes]
    company: dict[str, bytes]

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


def make_keys(
    world: bytes,
    index: Index,
    documents: Mapping[str, bytes],
    mentions: Mapping[str, bytes],
    filled: Mapping[str, Filled],
) -> Keys:
    """Return the keys of the articles of a site.

    Args:
        world: Key of the settings and of all documents that are no articles.
        index: The index.
        documents: Key of each document by path.
        mentions: What was found in each article by path, encoded.
        filled: Links of the documents that have any, resolved, by path.
    """
    articles: dict[str, bytes] = {}
    company: dict[str, bytes] = {}
    encode = msgspec.msgpack.encode
    for article in (*index.articles, *index.unlisted):
        path = article.path
        terms = [index.entities[part.slug] for part in index.parts_of(article)]
        names = [term.name for term in terms] + [term.name for term in index.tags_of(article)]
        links = filled[path].urls if path in filled else ()
        key = make_key(documents[path], mentions.get(path, b""), encode((names, links)))
        articles[path] = key
        company[path] = key + encode([len(term.articles) for term in terms])
    return Keys(world, articles, company)


def neighbour_keys(index: Index, keys: Keys) -> list[bytes]:
    """Return, for each listed article in order, the key of itself and of all near it in any list.

    Near are the ones before and after, and all candidates of `index.related`.
    """
    own = [keys.articles[article.path] for article in index.articles]
    lists, last = index.membership.lists, len(own) - 1
    found = []
    for place, (numbers, places) in enumerate(
        zip(index.membership.reasons, index.membership.places, strict=True)
    ):
        stretch = [own[place], own[place - 1] if place else b"", own[min(place + 1, last)]]
        for number, at in zip(numbers, places, strict=True):
            stretch += [own[i] for i in lists[number][max(0, at - NEAR) : at + NEAR + 1]]
            stretch.append(b"|")
        found.append(join_keys(stretch))
    return found
