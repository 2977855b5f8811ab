"""What a build starts from: options, settings, and the content of every file by its digest.

Nothing is parsed here and little is imported, so that a build of an unchanged site ends soon.
"""

import datetime as dt
import fcntl
import functools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from digest.cache.keys import digest_of, engine_key, make_key
from digest.cache.outputs import OutputState, load_state
from digest.cache.store import Store, remove_cache
from digest.config.load import load_config
from digest.config.records import Clock, Config
from digest.config.zones import load_zone
from digest.diagnostics import Diagnostic, failure
from digest.load.files import Found, find_files, hash_file, read_bytes
from digest.load.theme import NOTHING_KNOWN, Theme, load_theme
from digest.model.held import EVERY_REASON, NO_REASON, Reason
from digest.urls import Base
from digest.write.guard import check_output

CACHE = ".digest"
_MANY, _BATCH = 20_000, 2_500

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""


def no_progress(_work: str, _done: int, _total: int) -> None:
    """Tell nobody."""


class Options(msgspec.Struct, frozen=True):
    """What the command line asks for.

    Attributes:
        site: Folder that holds `site.toml`.
        now: The moment of the build, with an offset.
        output: Output folder, or None for the one in `site.toml`.
        base: Where the site will stand, or None for `[site] url`.
        drafts: Whether drafts are published.
        everything: Whether all is published: drafts, what is not yet due and what has expired.
        jobs: Number of processes; 0 for one for each core, if there is work for them.
        strict: Whether warnings are errors, and every entity needs a file.
        clean: Whether the cache is thrown away first.
        cache: Folder of the cache, or None for the one of the site.
        explain: URL of a page whose making is to be explained, or empty.
        writes: Whether the output folder will be written to.
    """

    site: Path
    now: dt.datetime
    output: Path | None = None
    base: Base | None = None
    drafts: bool = False
    everything: bool = False
    jobs: int = 0
    strict: bool = False
    clean: bool = False
    cache: Path | None = None
    explain: str = ""
    writes: bool = True

    @property
    def shown(self) -> frozenset[Reason]:
        """Return the reasons that keep nothing off the site."""
        if self.everything:
            return EVERY_REASON
        return frozenset({Reason.DRAFT}) if self.drafts else NO_REASON


class Start(msgspec.Struct, frozen=True):
    """Everything that a build reads, before any of it is parsed.

    Attributes:
        output: Real path of the output folder.
        found: Files of the content folder, by path.
        digests: Digest of each file of the content folder by path; documents are left out where the
            store is empty, as they will be read anyway.
        engine: Key of the program.
        store: The cache.
        load_state: Returns what the last build left in the output folder; loads it once.
        findings: Findings so far.
    """

    options: Options
    config: Config
    clock: Clock
    output: Path
    found: tuple[Found, ...]
    theme: Theme
    digests: Mapping[str, bytes]
    engine: bytes
    store: Store
    load_state: Callable[[], OutputState]
    findings: tuple[Diagnostic, ...]

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what a person should know of the cache by now; it changes no page."""
        return (f"{CACHE}/ {self.store.notice}",) if self.store.notice else ()

    def key(self, digests: Mapping[str, bytes]) -> bytes:
        """Return the key of everything that is read, with the digests of all content files."""
        if len(digests) < len(self.found):
            return b""
        options = self.options
        asked = msgspec.msgpack.encode(
            (self.config, options.base, sorted(options.shown), options.strict, self.findings)
        )
        content = [part for item in self.found for part in (item.path.encode(), digests[item.path])]
        return make_key(self.engine, asked, self.theme.key(), make_key(*content))


@contextmanager
def begin(options: Options, known: Mapping[str, bytes] = NOTHING_KNOWN) -> Iterator[Start]:
    """Give what a build starts from; no other build of the site begins until this one has ended.

    `known` are digests of files that need not be read to hash them, by their path on the disk.

    Raises:
        DigestError: where the settings have errors, or the output folder is refused; `disk`, where
            the disk does not do what a build asks of it.
    """
    config, findings = load_config(options.site)
    if options.base:
        config = msgspec.structs.replace(config, base=options.base)
        findings = tuple(item for item in findings if item.code != "no-site-url")
    output = options.output or options.site / config.output
    output = check_output(options.site, output) if options.writes else output
    try:
        with _open_cache(options) as store:
            yield _start(options, (config, findings), output, store, known)
    except OSError as fault:
        message = f"{fault.filename or output}: {fault.strerror or fault}"
        hint = "the site that was there before is whole"
        raise failure("disk", message, hint=hint) from fault


def _start(
    options: Options,
    settings: tuple[Config, tuple[Diagnostic, ...]],
    output: Path,
    store: Store,
    known: Mapping[str, bytes],
) -> Start:
    """Look at everything that a build reads."""
    config, findings = settings
    found, faults = find_files(options.site)
    theme, more = load_theme(options.site, known)
    digests = {item.path: known[item.file] for item in found if item.file in known}
    left = [item for item in found if item.path not in digests]
    digests |= _hash(left, config.limits.article_bytes, options.jobs, everything=not store.is_empty)
    return Start(
        options=options,
        config=config,
        clock=Clock(options.now, load_zone(config.site.timezone) or dt.UTC),
        output=output,
        found=found,
        theme=theme,
        digests=digests,
        engine=engine_key(),
        store=store,
        load_state=functools.cache(functools.partial(load_state, store, str(output))),
        findings=(*findings, *faults, *more),
    )


@contextmanager
def _open_cache(options: Options) -> Iterator[Store]:
    """Give the cache of a site, locked.

    The lock is the kernel's, on the folder: it is gone when the process is, and leaves no file.
    Where the site may not be written to, the cache is one for this build alone.
    """
    folder = options.cache or options.site / CACHE
    with ExitStack() as stack:
        fault: OSError | None = None
        try:
            folder.mkdir(exist_ok=True)
            _lock(folder, stack)
            if options.clean:
                remove_cache(folder)
        except OSError as refusal:
            fault = refusal
        store = Store(folder, fault)
        stack.callback(store.close)
        yield store


def _lock(folder: Path, stack: ExitStack) -> None:
    """Wait until no other build holds a folder, and hold it until the stack ends."""
    handle = os.open(folder, os.O_RDONLY)
    stack.callback(os.close, handle)
    fcntl.flock(handle, fcntl.LOCK_EX)


def _hash(found: Sequence[Found], limit: int, jobs: int, *, everything: bool) -> dict[str, bytes]:
    """Return digests of the files that can be read, by path; of documents with `everything`."""
    wanted = [item for item in found if everything or not item.is_document]
    if len(wanted) < _MANY:
        return _make_hasher(limit)(wanted)
    from digest.executor import Jobs, core_count, run_batches, split_batches  # noqa: PLC0415 slow to import

    digests: dict[str, bytes] = {}
    batches = split_batches(wanted, _BATCH)
    for part in run_batches(_make_hasher, (limit,), batches, Jobs(jobs or core_count()), "hashing"):
        digests |= part
    return digests


def _hash_document(found: Found, limit: int) -> bytes | None:
    data = read_bytes(found, limit)
    return None if isinstance(data, Diagnostic) else digest_of(data)


def _make_hasher(limit: int) -> Callable[[Sequence[Found]], dict[str, bytes]]:
    """Return what hashes files; documents above the limit are left out, as they are refused."""

    def hash_files(batch: Sequence[Found]) -> dict[str, bytes]:
        digests: dict[str, bytes] = {}
        for item in batch:
            made = _hash_document(item, limit) if item.is_document else hash_file(item)
            if isinstance(made, bytes):
                digests[item.path] = made
        return digests

    return hash_files
