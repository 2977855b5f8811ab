"""`digest serve`: a preview that follows every save."""

import datetime as dt
import signal
import socket
import sys
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

import click

from digest.cli.options import now_option, site_option
from digest.cli.progress import show_progress
from digest.config.load import find_site
from digest.diagnostics import Severity, format_diagnostic, visible
from digest.serve.board import Board
from digest.serve.engine import Asked, Engine
from digest.serve.findings import count_findings
from digest.serve.records import Rebuild
from digest.serve.server import AddressError, Server, is_private, open_sockets
from digest.serve.state import State

_PORT = 8000
_SHOWN = 5
_MOST = 20
"""How many findings are told at once; the inspector has them all."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@site_option
@click.option("--host", metavar="ADDR", help="Address to listen on; default: this machine alone.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_PORT,
    show_default=True,
    help="Port to listen on; 0 for any that is free.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--no-drafts", is_flag=True, help="Show only what a build would publish now.")
@now_option
def command(
    *,
    site: Path | None,
    host: str | None,
    port: int,
    open_browser: bool,
    no_drafts: bool,
    now: dt.datetime | None,
) -> int:
    """Show the site in a browser, and follow every save.

    Drafts, scheduled and expired pieces are shown with a badge. The output folder is not
    touched. What is wrong with a file is shown in the browser and here; the last good
    site stays until it is mended. Ctrl-C ends the preview.

    \b
    Examples:
      digest serve
      digest serve --open
      digest serve --port 8080 --no-drafts
      digest serve --now 2026-01-01
    """  # noqa: D301 click leaves the paragraph after this mark as it is
    folder = find_site(site or Path.cwd())
    sockets = _listen(host, port)
    url = f"http://{_name(host)}:{sockets[0].getsockname()[1]}/"
    asked = Asked(folder, everything=not no_drafts, now=now, clock=_now)
    return _preview(asked, sockets, url, open_browser=open_browser)


def _listen(host: str | None, port: int) -> list[socket.socket]:
    """Return sockets that listen; nobody is answered as yet."""
    try:
        sockets = open_sockets(host, port)
    except AddressError as fault:
        raise WrongAddress(str(fault)) from None
    if not is_private(sockets):
        click.echo("warning: everyone who can reach this machine can read drafts", err=True)
    return sockets


class WrongAddress(click.ClickException):
    """An address that cannot be listened on: one line, and the code of wrong usage."""

    exit_code = 2


def _preview(asked: Asked, sockets: list[socket.socket], url: str, *, open_browser: bool) -> int:
    """Show a site until somebody ends it, and return the exit code."""
    terminal = _Terminal(url)
    board = Board()
    engine = Engine(asked, board, terminal.tell)
    board.wake = engine.watcher.call
    with (
        _ended_by_signals(engine) as ending,
        closing(engine),
        closing(Server(board, sockets)) as server,
    ):
        with show_progress() as progress:
            engine.begin(progress)
        ending.is_gentle = True
        server.start()
        terminal.welcome(asked.site, engine.file_count)
        if open_browser:
            webbrowser.open(url)
        engine.run()
    if ending.number == signal.SIGINT:
        raise click.Abort
    return 128 + ending.number


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)  # noqa: TID251 the clock enters here


def _name(host: str | None) -> str:
    """Return what stands for the host in an address."""
    if host is None:
        return "localhost"
    if host in {"0.0.0.0", "::"}:  # noqa: S104 it is named, not bound
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


class _Ending:
    """Ends the preview at Ctrl-C or a request to end.

    An exception that a signal handler raises arises anywhere, between a lock and its release too.
    So the engine is only told, once it watches; a first build, or what does not end when told, is
    broken off.

    Attributes:
        number: The last signal.
        is_gentle: Whether the engine watches.
    """

    def __init__(self, engine: Engine) -> None:
        self.number = 0
        self.is_gentle = False
        self._engine = engine

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal."""
        again, self.number = bool(self.number), number
        self._engine.end()
        if again or not self.is_gentle:
            if number == signal.SIGINT:
                raise KeyboardInterrupt
            sys.exit(128 + number)


@contextmanager
def _ended_by_signals(engine: Engine) -> Iterator[_Ending]:
    """Have signals end an engine; those that tell of broken leases (digest.serve.writing) do not.

    What runs in the background of a script goes on at Ctrl-C, as it was told to.
    """
    ending = _Ending(engine)
    signals = [signal.SIGTERM]
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signals.append(signal.SIGINT)
    before = {number: signal.signal(number, ending.end) for number in signals}
    if hasattr(signal, "SIGIO"):
        signal.signal(signal.SIGIO, signal.SIG_IGN)
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Terminal:
    """Tells of builds as they come."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._failed = False
        self._told: tuple[str, ...] = ()
        self._notices: set[str] = set()

    def welcome(self, site: Path, file_count: int) -> None:
        """Say where the site is, and what is watched."""
        url = self._url
        click.echo(f"Serving {visible(str(site), 1000)} at {url}")
        click.echo(f"watching {file_count:,} files, live reload on, inspector at {url}_digest/")
        click.echo("Ctrl-C ends it")

    def tell(self, state: State) -> None:
        """Print what a build came to; findings that have been told once are not told again."""
        rebuild = state.history[0]
        ordered = sorted(state.findings, key=lambda item: item.severity is not Severity.ERROR)
        findings = tuple(map(format_diagnostic, ordered))
        told = frozenset(() if state.failed else self._told)
        new = [finding for finding in findings if finding not in told]
        for finding in new[:_MOST]:
            click.echo(finding, err=True)
        if len(new) > _MOST:
            click.echo(f"and {len(new) - _MOST:,} more: {self._url}_digest/", err=True)
        for notice in set(state.notices) - self._notices:
            click.echo(f"notice: {visible(notice, 1000)}", err=True)
        self._told, self._notices = findings, self._notices | set(state.notices)
        if state.failed:
            shown = "the site before it stays" if state.snapshot else "there is no site as yet"
            line = f"failed with {count_findings(state.findings)}: {shown}"
        else:
            line = ("fixed: " if self._failed else "") + _changes(rebuild)
        self._failed = state.failed
        click.echo(f"{rebuild.at.astimezone():%H:%M:%S} {_touched(rebuild)}{line}")


def _touched(rebuild: Rebuild) -> str:
    return f"{_list(rebuild.touched, rebuild.touched_count, 2)}: " if rebuild.touched else ""


def _changes(rebuild: Rebuild) -> str:
    """Return which pages a build has changed, and how long it took."""
    took = f"in {rebuild.seconds:.2f} s"
    count = rebuild.change_count
    if not count:
        return f"built {took}" + (", no page changed" if rebuild.touched else "")
    urls = [it.url if it.why else f"{it.url} gone" for it in rebuild.changes]
    pages = f"{count:,} page{'' if count == 1 else 's'} changed {took}"
    return f"{pages}: {_list(urls, count, _SHOWN)}"


def _list(names: Sequence[str], count: int, most: int) -> str:
    """Return the first of some names, and how many more there are."""
    shown = ", ".join(map(visible, names[:most]))
    return f"{shown} and {count - most:,} more" if count > most else shown
