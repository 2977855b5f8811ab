"""The content folder to records, texts and what stands in them, over several processes."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import msgspec

from digest.cache.keys import digest_of, make_key
from digest.cache.store import Store
from digest.cache.texts import Text, TextFile
from digest.config.records import Config, Limits
from digest.diagnostics import Diagnostic, has_errors
from digest.enrich.extract import extract_all
from digest.executor import Jobs, run_batches, split_batches
from digest.load.documents import Loaded, parse_document
from digest.load.files import Found, decode_text, read_bytes
from digest.markup.body import make_body
from digest.model.findings import NOTHING_FOUND, Extract
from digest.model.records import Article, Body, ContentPage, Entity, Record, Storyline
from digest.start import Progress

_PARSE_BATCH = 50
_KEPT_AT_ONCE = 2000


class Document(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A content file after loading and conversion, without its HTML.

    `record` is None if the file has errors.
    """

    path: str
    record: Record | None = None
    body: Body = Body()
    extract: Extract = NOTHING_FOUND
    diagnostics: tuple[Diagnostic, ...] = ()


class Content(msgspec.Struct, frozen=True):
    """The whole content folder, parsed.

    Attributes:
        bodies: Bodies without their HTML, by path; `texts` has that.
        files: Disk path of the files that are no documents, by path.
        broken: The documents that have errors.
        made: Documents that no earlier build has made, by path.
        digests: Digest of each file by path.
        keys: Key of each document by path: of its content and of all that it is read with.
        parsed: The documents by key, without those that have errors.
    """

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    storylines: tuple[Storyline, ...]
    pages: tuple[ContentPage, ...]
    bodies: dict[str, Body]
    extracts: dict[str, Extract]
    files: dict[str, str]
    broken: frozenset[str]
    made: tuple[str, ...]
    digests: dict[str, bytes]
    keys: dict[str, bytes]
    parsed: dict[bytes, Document]
    texts: TextFile


class Sources(msgspec.Struct, frozen=True):
    """What is to be read.

    Attributes:
        found: The files of the content folder, by path.
        digests: Digest of the bytes of those files that are hashed already, by path.
        engine: Key of the program.
        before: What this process has read before, if anything.
    """

    found: tuple[Found, ...]
    digests: Mapping[str, bytes]
    engine: bytes
    before: Content | None = None


class Rules(msgspec.Struct, frozen=True):
    """What decides, beside its content, what becomes of a document."""

    limits: Limits
    zone: dt.tzinfo
    roles: tuple[str, ...]
    engine: bytes

    def key(self) -> bytes:
        """Return the key of the rules."""
        limits = msgspec.msgpack.encode(self.limits)
        roles = msgspec.msgpack.encode(self.roles)
        return make_key(self.engine, limits, repr(self.zone).encode(), roles)


def read_content(
    sources: Sources, config: Config, zone: dt.tzinfo, work: tuple[Store, Jobs], progress: Progress
) -> tuple[Content, tuple[Diagnostic, ...]]:
    """Return the parsed content folder and every finding about its files.

    What an earlier build made of the same bytes is taken from the store.
    """
    store, _ = work
    rules = Rules(config.limits, zone, config.entities.roles, sources.engine)
    documents = [item for item in sources.found if item.is_document]
    keys = _keys(documents, sources.digests, rules)
    known = _recall(keys, sources.before.parsed if sources.before else {}, store)
    left = [item for item in documents if keys.get(item.path) not in known]
    made = _parse_all(left, rules, work, progress)
    keys |= made.keys
    known |= _decode(made.faces)
    parsed = [known[keys[item.path]] for item in documents]
    records = [item.record for item in parsed]
    content = Content(
        articles=tuple(record for record in records if isinstance(record, Article)),
        entities=tuple(record for record in records if isinstance(record, Entity)),
        storylines=tuple(record for record in records if isinstance(record, Storyline)),
        pages=tuple(record for record in records if isinstance(record, ContentPage)),
        bodies={item.path: item.body for item in parsed},
        extracts={item.path: item.extract for item in parsed if isinstance(item.record, Article)},
        files={item.path: item.file for item in sources.found if not item.is_document},
        broken=frozenset(item.path for item in parsed if item.record is None),
        made=tuple(sorted(made.keys)),
        digests={**sources.digests, **made.digests},
        keys=keys,
        parsed={keys[item.path]: item for item in parsed if item.record is not None},
        texts=TextFile(store.path, keys),
    )
    return content, tuple(fault for item in parsed for fault in item.diagnostics)


def _keys(
    documents: Sequence[Found], digests: Mapping[str, bytes], rules: Rules
) -> dict[str, bytes]:
    """Return the keys of those documents that are hashed already, by path."""
    own = rules.key()
    return {
        item.path: make_key(own, item.path.encode(), digests[item.path])
        for item in documents
        if item.path in digests
    }


def _recall(
    keys: Mapping[str, bytes], known: Mapping[bytes, Document], store: Store
) -> dict[bytes, Document]:
    """Return those of some documents, by key, that are `known` or in the store."""
    wanted = keys.values()
    found = {key: known[key] for key in wanted if key in known}
    asked = [key for key in wanted if key not in found]
    return found | _decode(store.find("documents", asked)) if asked else found


def _decode(faces: Mapping[bytes, bytes]) -> dict[bytes, Document]:
    decode = msgspec.msgpack.Decoder(Document).decode
    return {key: decode(face) for key, face in faces.items()}


class _Made(msgspec.Struct, frozen=True):
    """Documents as encoded by their keys; keys and digests by path."""

    faces: dict[bytes, bytes]
    keys: dict[str, bytes]
    digests: dict[str, bytes]


class _Row(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One document as a worker hands it over."""

    path: str
    key: bytes
    digest: bytes
    face: bytes
    html: bytes
    sound: bool


def _parse_all(
    found: Sequence[Found], rules: Rules, work: tuple[Store, Jobs], progress: Progress
) -> _Made:
    """Parse files and keep what they become in the store."""
    store, jobs = work
    made = _Made({}, {}, {})
    rows: list[_Row] = []
    batches = split_batches(found, _PARSE_BATCH)
    for data in run_batches(_make_parser, (rules,), batches, jobs, "reading"):
        rows += msgspec.msgpack.decode(data, type=list[_Row])
        if len(rows) >= _KEPT_AT_ONCE:
            _keep(rows, made, store)
            rows = []
        progress("reading", len(made.keys) + len(rows), len(found))
    _keep(rows, made, store)
    return made


def _keep(rows: list[_Row], made: _Made, store: Store) -> None:
    if rows:
        # What is wrong is looked at again each time: a slow machine may have been the reason.
        store.put("documents", [(row.key, row.face) for row in rows if row.sound])
        store.put("bodies", [(row.key, row.html) for row in rows])
        made.faces.update((row.key, row.face) for row in rows)
        made.keys.update((row.path, row.key) for row in rows)
        made.digests.update((row.path, row.digest) for row in rows)


def _make_parser(rules: Rules) -> Callable[[Sequence[Found]], bytes]:
    """Return the task that reads a batch of files and returns its rows as MessagePack."""
    own = rules.key()

    def parse(batch: Sequence[Found]) -> bytes:
        return msgspec.msgpack.encode(_parse_files(batch, rules, own))

    return parse


def _parse_files(batch: Sequence[Found], rules: Rules, own: bytes) -> list[_Row]:
    """Return files of the content folder, loaded and converted, in the order given.

    The whole batch goes through one stage before the next begins: the code of a stage then stays in
    the processor's cache, which is an eighth faster than file after file.
    """
    limits = rules.limits
    data = [read_bytes(found, limits.article_bytes) for found in batch]
    texts = [
        read if isinstance(read, Diagnostic) else decode_text(found.path, read)
        for found, read in zip(batch, data, strict=True)
    ]
    loaded = [
        Loaded(diagnostics=(text,))
        if isinstance(text, Diagnostic)
        else parse_document(found.path, text, rules.zone, rules.roles)
        for found, text in zip(batch, texts, strict=True)
    ]
    seconds = limits.markdown_seconds
    bodies = [
        make_body(item.text, found.path, item.line, is_markdown=item.is_markdown, seconds=seconds)
        for found, item in zip(batch, loaded, strict=True)
    ]
    extracts = extract_all([body for body, _ in bodies])
    rows = []
    for found, read, item, (body, findings), extracted in zip(
        batch, data, loaded, bodies, extracts, strict=True
    ):
        bare = msgspec.structs.replace(body, html=())
        notes = (*item.diagnostics, *findings)
        kept = extracted if _needs_figures(item.record) else extracted.without_figures()
        document = Document(found.path, item.record, bare, kept, notes)
        text = Text(body.html, extracted.figures)
        face, html = msgspec.msgpack.encode(document), msgspec.msgpack.encode(text)
        content = digest_of(face if isinstance(read, Diagnostic) else read)
        key = make_key(own, found.path.encode(), content)
        rows.append(_Row(found.path, key, content, face, html, sound=not has_errors(notes)))
    return rows


def _needs_figures(record: Record | None) -> bool:
    """Return whether the figures of a text are compared with what an editor says of them."""
    return isinstance(record, Article) and bool(record.figures or record.figures_hide)
