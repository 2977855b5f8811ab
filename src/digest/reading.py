"""The content folder to records, texts and what stands in them, over several processes."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from digest.config.records import Config, Limits
from digest.diagnostics import Diagnostic
from digest.enrich.capitals import find_capitalised
from digest.enrich.extract import extract
from digest.enrich.mentions import NameFinder
from digest.enrich.names import Name
from digest.enrich.prose import make_prose
from digest.executor import core_count, run_batches, split_batches
from digest.index.naming import Naming
from digest.load.documents import Loaded, parse_document
from digest.load.files import Found, find_files, read_text
from digest.load.words import load_words
from digest.markup.body import make_body
from digest.model.findings import Extract, Mention
from digest.model.records import Article, Body, ContentPage, Entity, Record, Storyline

_PARSE_BATCH = 100
_MENTION_BATCH = 500

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""


class Parsed(msgspec.Struct, frozen=True, gc=False):
    """A content file after loading and conversion; `record` is None if it has errors."""

    path: str
    record: Record | None = None
    body: Body = Body()
    extract: Extract = Extract()
    diagnostics: tuple[Diagnostic, ...] = ()


class Content(msgspec.Struct, frozen=True):
    """The whole content folder, parsed; `broken` are the documents that have errors."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    storylines: tuple[Storyline, ...]
    pages: tuple[ContentPage, ...]
    bodies: dict[str, Body]
    extracts: dict[str, Extract]
    files: dict[str, str]
    broken: frozenset[str]


def read_content(
    site: Path, config: Config, zone: dt.tzinfo, jobs: int, progress: Progress
) -> tuple[Content, tuple[Diagnostic, ...]]:
    """Return the parsed content folder and every finding about its files."""
    found, findings = find_files(site)
    documents = [item for item in found if item.is_document]
    batches = split_batches(documents, _PARSE_BATCH)
    parsed: list[Parsed] = []
    shared = (config.limits, zone, config.entities.roles)
    for data in run_batches(_make_parser, shared, batches, jobs or core_count(), "reading"):
        parsed += msgspec.msgpack.decode(data, type=list[Parsed])
        progress("reading", len(parsed), len(documents))
    records = [item.record for item in parsed]
    content = Content(
        articles=tuple(record for record in records if isinstance(record, Article)),
        entities=tuple(record for record in records if isinstance(record, Entity)),
        storylines=tuple(record for record in records if isinstance(record, Storyline)),
        pages=tuple(record for record in records if isinstance(record, ContentPage)),
        bodies={item.path: item.body for item in parsed},
        extracts={item.path: item.extract for item in parsed if isinstance(item.record, Article)},
        files={item.path: item.file for item in found if not item.is_document},
        broken=frozenset(item.path for item in parsed if item.record is None),
    )
    return content, (*findings, *(fault for item in parsed for fault in item.diagnostics))


def _make_parser(
    limits: Limits, zone: dt.tzinfo, roles: tuple[str, ...]
) -> Callable[[Sequence[Found]], bytes]:
    """Return the task that reads a batch of files and returns its `Parsed` as MessagePack."""

    def parse(batch: Sequence[Found]) -> bytes:
        return msgspec.msgpack.encode(_parse_files(batch, limits, zone, roles))

    return parse


def _parse_files(
    batch: Sequence[Found], limits: Limits, zone: dt.tzinfo, roles: tuple[str, ...]
) -> list[Parsed]:
    """Return files of the content folder, loaded and converted, in the order given.

    The whole batch goes through one stage before the next begins: the code of a stage then stays in
    the processor's cache, which is an eighth faster than file after file.
    """
    texts = [read_text(found, limits.article_bytes) for found in batch]
    loaded = [
        Loaded(diagnostics=(text,))
        if isinstance(text, Diagnostic)
        else parse_document(found.path, text, zone, roles)
        for found, text in zip(batch, texts, strict=True)
    ]
    seconds = limits.markdown_seconds
    bodies = [
        make_body(item.text, found.path, item.line, is_markdown=item.is_markdown, seconds=seconds)
        for found, item in zip(batch, loaded, strict=True)
    ]
    extracts = [
        extract(body) if isinstance(item.record, Article) else Extract()
        for item, (body, _) in zip(loaded, bodies, strict=True)
    ]
    return [
        Parsed(found.path, item.record, body, extracted, (*item.diagnostics, *findings))
        for found, item, (body, findings), extracted in zip(
            batch, loaded, bodies, extracts, strict=True
        )
    ]


def find_mentions(
    naming: Naming, articles: Sequence[Article], content: Content, jobs: int
) -> dict[str, tuple[Mention, ...]]:
    """Return the entities that each article's text names, by path."""
    ranges = split_batches(articles, _MENTION_BATCH)
    finder = NameFinder(naming.searched(), load_words())
    shared = (finder, content.bodies, naming.local)
    found: dict[str, tuple[Mention, ...]] = {}
    for pairs in run_batches(_make_finder, shared, ranges, jobs or core_count(), "finding names"):
        found |= pairs
    return found


def _make_finder(
    finder: NameFinder, bodies: dict[str, Body], local: dict[str, tuple[Name, ...]]
) -> Callable[[Sequence[Article]], dict[str, tuple[Mention, ...]]]:
    """Return the task that finds names in a batch of articles."""

    def find(batch: Sequence[Article]) -> dict[str, tuple[Mention, ...]]:
        return {
            item.path: finder.find(
                make_prose("".join(bodies[item.path].html)),
                item.title,
                local.get(item.path, ()),
            )
            for item in batch
        }

    return find


def find_unknown_names(
    articles: Sequence[Article], content: Content, jobs: int
) -> dict[str, frozenset[str]]:
    """Return what looks like a name in each article's text, by path."""
    ranges = split_batches(articles, _MENTION_BATCH)
    shared = (content.bodies, load_words())
    found: dict[str, frozenset[str]] = {}
    for pairs in run_batches(_make_reader, shared, ranges, jobs or core_count(), "reading names"):
        found |= pairs
    return found


def _make_reader(
    bodies: dict[str, Body], words: frozenset[str]
) -> Callable[[Sequence[Article]], dict[str, frozenset[str]]]:
    """Return the task that reads names in a batch of articles."""

    def read(batch: Sequence[Article]) -> dict[str, frozenset[str]]:
        texts = {item.path: make_prose("".join(bodies[item.path].html)).text for item in batch}
        return {path: find_capitalised(text, words) for path, text in texts.items()}

    return read
