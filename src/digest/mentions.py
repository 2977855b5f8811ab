"""The names in the texts of a site, found over several processes."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import msgspec

from digest.cache.keys import make_key
from digest.cache.store import Store
from digest.cache.texts import TextFile
from digest.enrich.capitals import find_capitalised
from digest.enrich.mentions import NameFinder
from digest.enrich.names import Name
from digest.enrich.prose import make_prose
from digest.executor import Jobs, run_batches, split_batches
from digest.index.naming import Naming
from digest.load.words import load_words
from digest.model.findings import Mention
from digest.model.records import Article
from digest.reading import Content

_BATCH = 500


class Mentions(msgspec.Struct, frozen=True):
    """What texts name.

    Attributes:
        names: Key of the names that were looked for.
        encoded: Names that each article's text holds, by path, as MessagePack: pages have keys that
            are made of the bytes.
        decoded: The same names.
        texts: Key of the text, by path.
        finder: What looks for the names, if it was made in this process.
    """

    names: bytes
    encoded: dict[str, bytes]
    decoded: dict[str, tuple[Mention, ...]]
    texts: dict[str, bytes]
    finder: NameFinder | None = None

    def same_entities(self, other: "Mentions") -> bool:
        """Return whether the same entities are named in the same order, wherever they stand."""
        mine, others = self.decoded, other.decoded
        return mine.keys() == others.keys() and all(
            mine[path] is now or [it.slug for it in mine[path]] == [it.slug for it in now]
            for path, now in others.items()
        )


NO_MENTIONS = Mentions(b"", {}, {}, {})


class Search(msgspec.Struct, frozen=True):
    """Whose names are looked for, in which articles; `engine` is the key of the program."""

    naming: Naming
    articles: tuple[Article, ...]
    engine: bytes


def find_mentions(
    search: Search, content: Content, work: tuple[Store, Jobs], before: Mentions = NO_MENTIONS
) -> Mentions:
    """Return the entities that each article's text names.

    What this process has found `before`, or an earlier build, is not looked for again.
    """
    store, jobs = work
    naming = search.naming
    names = naming.searched()
    own = make_key(search.engine, msgspec.msgpack.encode(names))
    keys = {it.path: content.keys[it.path] + _local(naming, it.path) for it in search.articles}
    known = before if before.names == own else _recall(store, own)
    left = [item for item in search.articles if known.texts.get(item.path) != keys[item.path]]
    made: dict[str, bytes] = {}
    finder = known.finder
    wanted = [(item.path, item.title) for item in left]
    if len(wanted) > _BATCH:
        shared = (names, content.texts, naming.local)
        batches = split_batches(wanted, _BATCH)
        for pairs in run_batches(_make_task, shared, batches, jobs, "finding names"):
            made |= pairs
    elif wanted:
        finder = finder or NameFinder(names, load_words())
        made |= _find(finder, content.texts, naming.local, wanted)
    encoded = {path: made[path] if path in made else known.encoded[path] for path in keys}
    decode, decoded = msgspec.msgpack.Decoder(tuple[Mention, ...]).decode, known.decoded
    mentions = Mentions(
        own,
        encoded,
        {
            path: decoded[path] if path in decoded and path not in made else decode(data)
            for path, data in encoded.items()
        },
        keys,
        finder,
    )
    if left and known is not before:  # a process that goes on knows it without the store
        _keep_mentions(store, mentions)
    return mentions


def _keep_mentions(store: Store, mentions: Mentions) -> None:
    """Keep what was found, as one value for the whole site: every build wants all of it."""
    value = {path: (key, mentions.encoded[path]) for path, key in mentions.texts.items()}
    store.put("mentions", [(mentions.names, msgspec.msgpack.encode(value))])


def _recall(store: Store, names: bytes) -> Mentions:
    """Return what earlier builds found with the same names."""
    data = store.find("mentions", [names]).get(names)
    rows = msgspec.msgpack.decode(data, type=dict[str, tuple[bytes, bytes]]) if data else {}
    texts = {path: key for path, (key, _) in rows.items()}
    return Mentions(names, {path: found for path, (_, found) in rows.items()}, {}, texts)


def _local(naming: Naming, path: str) -> bytes:
    local = naming.local.get(path)
    return msgspec.msgpack.encode(local) if local else b""


def _make_task(
    names: Iterable[Name], texts: TextFile, local: dict[str, tuple[Name, ...]]
) -> Callable[[Sequence[tuple[str, str]]], list[tuple[str, bytes]]]:
    """Return the task that finds names in a batch of articles, given by path and title."""
    return partial(_find, NameFinder(names, load_words()), texts, local)


def _find(
    finder: NameFinder,
    texts: TextFile,
    local: dict[str, tuple[Name, ...]],
    batch: Sequence[tuple[str, str]],
) -> list[tuple[str, bytes]]:
    encode = msgspec.msgpack.encode
    found = texts.find([path for path, _ in batch])
    # One step for all of them before the next: see digest.reading.
    proses = [make_prose("".join(html)) for html in found]
    return [
        (path, encode(finder.find(prose, title, local.get(path, ()))))
        for (path, title), prose in zip(batch, proses, strict=True)
    ]


def find_unknown_names(
    articles: Sequence[Article], content: Content, jobs: Jobs
) -> dict[str, frozenset[str]]:
    """Return what looks like a name in each article's text, by path."""
    ranges = split_batches([item.path for item in articles], _BATCH)
    shared = (content.texts, load_words())
    found: dict[str, frozenset[str]] = {}
    for pairs in run_batches(_make_reader, shared, ranges, jobs, "reading names"):
        found |= pairs
    return found


def _make_reader(
    texts: TextFile, words: frozenset[str]
) -> Callable[[Sequence[str]], dict[str, frozenset[str]]]:
    """Return the task that reads names in a batch of articles, given by path."""

    def read(batch: Sequence[str]) -> dict[str, frozenset[str]]:
        found = texts.find(batch)
        return {
            path: find_capitalised(make_prose("".join(html)).text, words)
            for path, html in zip(batch, found, strict=True)
        }

    return read
