"""The preview's builds: from a save to a new snapshot.

A build of the preview is a build as far as the plan (`digest.planning`). It runs in the thread that
watches; what it makes is handed to the server as a whole, or not at all.
"""

import datetime as dt
import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from digest.cache.texts import TextLostError
from digest.config.records import Clock
from digest.diagnostics import Diagnostic, DigestError
from digest.index.publication import held_reason, split_published, unchanged_span
from digest.load.files import Found, hash_file
from digest.load.theme import theme_folder
from digest.model.held import Held
from digest.plan.views import SiteView
from digest.planning import Planned, plan_site
from digest.reading import Content
from digest.render.templates import Templates
from digest.rendering import make_bases
from digest.serve.board import Board
from digest.serve.changes import MOST, date_pages, describe, find_changes, remade
from digest.serve.copies import Copies, keep_copies
from digest.serve.records import Rebuild
from digest.serve.snapshot import SiteSnapshot
from digest.serve.state import State
from digest.serve.tree import Tree
from digest.serve.trial import in_order, try_out
from digest.serve.watch import Watcher
from digest.start import Options, Progress, Start, begin, no_progress
from digest.surveying import read_site

_HISTORY = 50
_TIDY = 20
_TRIAL, _FURTHER, _REST = 0.2, 0.05, 1.0
"""Seconds: how long pages are tried out before a site is shown, how long at a time later, and for
how long nothing must have been built then."""


class Asked(msgspec.Struct, frozen=True):
    """What the command line asks of the preview.

    Attributes:
        everything: Whether drafts, and what is not yet or no longer published, are shown.
        now: The moment as of which the site is shown, or None for the present.
        clock: Returns the present.
    """

    site: Path
    everything: bool
    now: dt.datetime | None
    clock: Callable[[], dt.datetime]


class _Built(msgspec.Struct, frozen=True):
    """A site that was planned.

    Attributes:
        held: Documents that a build would leave out, by path.
        digests: Digest of each file that was read, by its path on the disk.
    """

    planned: Planned
    snapshot: SiteSnapshot
    held: tuple[Held, ...]
    clock: Clock
    notices: tuple[str, ...]
    digests: dict[str, bytes]


class Engine:
    """Builds a site again and again.

    Args:
        asked: What is shown.
        board: Where each new state is hung out.
        tell: Told of each build, when its state hangs out.
    """

    def __init__(self, asked: Asked, board: Board, tell: Callable[[State], None]) -> None:
        self.watcher = Watcher(asked.site)
        self._asked = asked
        self._board = board
        self._tell = tell
        self._tree = Tree({}, {})
        self._digests: dict[str, bytes] = {}
        self._built: _Built | None = None
        self._templates: tuple[bytes, SiteView, Templates] | None = None
        self._cache: tempfile.TemporaryDirectory[str] | None = None
        self._copies = Copies()
        self._notices: tuple[str, ...] = ()
        self._is_ended = False
        self._left: list[str] = []
        self._ended = 0.0
        self._good: SiteSnapshot | None = None
        self._span: tuple[dt.datetime | None, dt.datetime | None] = (None, None)
        # Higher than that of an earlier preview which an open page may still know.
        self._number = int(asked.clock().timestamp() * 1000)

    @property
    def file_count(self) -> int:
        """Return how many files are watched."""
        return len(self._tree.stamps)

    def begin(self, progress: Progress) -> None:
        """Build for the first time, over several processes; no thread may run as yet."""
        self._tree = self.watcher.look()
        self._build((), progress, jobs=0)

    def run(self) -> None:
        """Build after each save, until somebody ends it."""
        self.catch_up()
        while not self._is_ended:
            self.step()

    def end(self) -> None:
        """Have `run` return soon; any thread and any signal handler may do so."""
        self._is_ended = True
        self.watcher.call()

    def catch_up(self) -> None:
        """Build, if that changes anything, once nobody writes any file."""
        before, self._tree = self._tree, self.watcher.begin(self._tree)
        self._take(before, self._tree)

    def step(self) -> None:
        """Wait for a save, or for a moment at which something is published; build once."""
        before, self._tree = self._tree, self.watcher.wait(self._tree, self._is_wanted)
        self._take(before, self._tree)
        self._try_further()

    def close(self) -> None:
        """Leave nothing behind."""
        self.watcher.close()
        if self._cache:
            self._cache.cleanup()

    def _take(self, before: Tree, tree: Tree) -> None:
        """Build if a file has other bytes than before, the time has come, or texts were lost."""
        changed = tree.changed_since(before)
        fresh = {file: digest for file in changed if (digest := _digest(file))}
        other = {
            file for file in changed if file not in fresh or self._digests.get(file) != fresh[file]
        }
        for file in other - fresh.keys():
            self._digests.pop(file, None)
        self._digests |= fresh
        lost = self._board.take_loss()
        if lost:
            self._built = None
        if other or lost or self._is_due() or tree.findings != before.findings:
            names = {**before.names, **tree.names}
            self._build(tuple(sorted(names[file] for file in other)), no_progress, jobs=1)

    def _is_wanted(self) -> bool:
        """Return whether there is something to do though nobody has saved anything."""
        return self._is_trying or self._is_due()

    def _is_due(self) -> bool:
        """Return whether the time is one at which other articles are on the site."""
        (since, until), now = self._span, self._asked.clock()
        begun = since is None or since <= now
        return not self._asked.now and not (begun and (until is None or now < until))

    def _build(self, touched: tuple[str, ...], progress: Progress, *, jobs: int) -> None:
        """Build, and hang out what came of it."""
        self._number += 1
        rebuild = Rebuild(self._number, self._asked.clock(), 0, touched[:MOST], len(touched))
        with _no_garbage(self._number):
            try:
                self._show(rebuild, progress, jobs)
            except TextLostError:  # the cache was taken away: what it had is made anew
                self._built = None
                self._show(rebuild, progress, jobs)
        self._ended = time.monotonic()
        # A file that changed meanwhile may have been read either way: it is looked at again.
        for file in self.watcher.look().changed_since(self._tree):
            self._digests.pop(file, None)

    def _show(self, rebuild: Rebuild, progress: Progress, jobs: int) -> None:
        """Build, and hang out the site or what is wrong with it.

        Raises:
            TextLostError: where the cache has lost what pages are made of.
        """
        began = time.perf_counter()
        old = self._board.state.snapshot
        try:
            built = self._plan(rebuild.at, progress, jobs)
            new = built.snapshot
            paths = remade(old, new)
            left = try_out(new, in_order(old, new, paths), _TRIAL)
        except DigestError as fault:
            rebuild = msgspec.structs.replace(_lasted(rebuild, began), failed=True)
            self._fail(rebuild, fault.diagnostics, self._board.state)
            return
        left += sorted((set(self._left) - set(paths)) & new.pages.keys())
        self._left = left
        self._good = (self._good or old) if self._left else None
        self._hang_out(built, _lasted(rebuild, began), old, paths)

    @property
    def _is_trying(self) -> bool:
        """Return whether pages of a good build are to be tried now: not while somebody saves."""
        rests = time.monotonic() - self._ended > _REST
        return bool(self._left) and not self._board.state.failed and rests

    def _try_further(self) -> None:
        """Try some more pages of the last build; where a template fails, the build has failed."""
        state = self._board.state
        if not self._is_trying or state.snapshot is None:
            return
        try:
            self._left = try_out(state.snapshot, self._left, _FURTHER)
        except TextLostError:
            self._board.report_loss(state)
        except DigestError as fault:
            self._number += 1
            rebuild = msgspec.structs.replace(
                state.history[0], number=self._number, at=self._asked.clock(), failed=True
            )
            good = msgspec.structs.replace(state, snapshot=self._good or state.snapshot)
            self._fail(rebuild, fault.diagnostics, good)
        else:
            if not self._left:
                self._good = None

    def _fail(self, rebuild: Rebuild, findings: tuple[Diagnostic, ...], last: State) -> None:
        """Hang out that a build has failed; the site of the `last` state stays."""
        state = msgspec.structs.replace(
            last,
            number=rebuild.number,
            findings=findings,
            failed=True,
            history=(rebuild, *last.history)[:_HISTORY],
        )
        self._span = (None, None)  # the next good build asks the time again
        self._board.put(state)
        self._tell(state)

    def _hang_out(
        self, built: _Built, rebuild: Rebuild, old: SiteSnapshot | None, paths: list[str]
    ) -> None:
        """Hang out a new site; what it changes is found out while others look at it already."""
        last, new = self._board.state, built.snapshot
        state = State(
            number=rebuild.number,
            snapshot=new,
            findings=built.planned.findings,
            notices=(*self._notices, *built.notices, *self.watcher.notices),
            held=built.held,
            made=last.made,
            history=(rebuild, *last.history)[:_HISTORY],
        )
        self._board.put(state)
        self._built = built
        self._digests |= built.digests
        self._span = unchanged_span(built.planned.found.content.articles, built.clock)
        changes = find_changes(old, new, paths)
        if old:  # at first everything is new, which tells nothing
            rebuild = describe(rebuild, old, new, changes)
        state = msgspec.structs.replace(
            state,
            made=date_pages(last.made, new, changes, rebuild.at),
            history=(rebuild, *last.history)[:_HISTORY],
        )
        self._board.put(state)
        self._tell(state)

    def _plan(self, now: dt.datetime, progress: Progress, jobs: int) -> _Built:
        """Plan the site as it is now.

        Raises:
            DigestError: where it has errors.
        """
        options = Options(
            site=self._asked.site,
            now=self._asked.now or now,
            everything=self._asked.everything,
            jobs=jobs,
            writes=False,
            cache=Path(self._cache.name) if self._cache else None,
        )
        with begin(options, self._digests) as start:
            if start.store.is_spare and self._cache is None:
                # Texts are read from the cache as long as the preview runs.
                self._cache = tempfile.TemporaryDirectory(prefix="digest-preview-")
                self._notices = start.notices
                return self._plan(now, progress, jobs)
            before = self._built.planned if self._built else None
            try:
                return self._finish(start, _plan_start(start, progress, before))
            except TextLostError:
                start.store.start_anew()
                return self._finish(start, _plan_start(start, progress, None))

    def _finish(self, start: Start, planned: Planned) -> _Built:
        """Return a planned site with all that a preview has of it."""
        made_of = start.theme.key(), planned.plan.site
        if self._templates is None or self._templates[:2] != made_of:
            self._templates = (*made_of, Templates(start.theme.templates, planned.plan.site))
        content = planned.found.content
        held = _held(content, start.clock)
        roots = map(os.path.realpath, (self._asked.site, theme_folder()))
        self._copies = keep_copies(planned.plan.assets, roots, self._copies)
        snapshot = SiteSnapshot(
            planned,
            self._templates[2],
            make_bases(planned.plan, start.theme.templates, planned.reached, start.engine),
            start.config.base,
            {item.path: item for item in held},
            self._copies,
        )
        digests = {
            item.file: content.digests[item.path]
            for item in start.found
            if item.path in content.digests
        }
        theme = start.theme
        digests |= {theme.static[path]: digest for path, digest in theme.digests.items()}
        return _Built(planned, snapshot, held, start.clock, start.notices, digests)


def _plan_start(start: Start, progress: Progress, before: Planned | None) -> Planned:
    content, faults = read_site(start, progress, before.found if before else None)
    return plan_site(start, content, faults, before)


def _held(content: Content, clock: Clock) -> tuple[Held, ...]:
    """Return what a build would leave out now, by path."""
    _, held = split_published(content.articles, clock)
    pages = [item for page in content.pages if (item := held_reason(page, clock))]
    return tuple(sorted((*held, *pages), key=lambda item: item.path))


def _lasted(rebuild: Rebuild, began: float) -> Rebuild:
    return msgspec.structs.replace(rebuild, seconds=time.perf_counter() - began)


def _digest(file: str) -> bytes | None:
    """Return the digest of a file, or None where it cannot be read."""
    made = hash_file(Found(file, file))
    return made if isinstance(made, bytes) else None


@contextmanager
def _no_garbage(number: int) -> Iterator[None]:
    """Look for no garbage during a build, and for none in what it has made.

    The records of a site hold no cycles and are freed without that, and looking through all of them
    takes as long as a build. Now and then it is done, as templates do hold some.
    """
    gc.disable()
    try:
        yield
    finally:
        if number % _TIDY == 0:
            gc.unfreeze()
            gc.collect()
        gc.freeze()
        gc.enable()
