"""uvicorn in a thread of its own, on sockets that we bind."""

import asyncio
import contextlib
import errno
import ipaddress
import resource
import socket
import threading
from collections.abc import Sequence
from concurrent.futures import Future

import uvicorn

from digest.diagnostics import visible
from digest.serve.app import make_app
from digest.serve.bell import Bell
from digest.serve.board import Board
from digest.serve.connection import Connection
from digest.serve.worker import Worker

_BACKLOG = 256
_CONNECTIONS = 1000
_TRIES = 20
_LONGEST = 5.0


class AddressError(Exception):
    """The preview cannot listen there; the text is one line that says what to do."""


def open_sockets(host: str | None, port: int) -> list[socket.socket]:
    """Return sockets that listen: on 127.0.0.1 and, if there is one, ::1, or on the given address.

    All have the same port; with port 0 it is a free one. Nobody is answered until a server starts.

    Raises:
        AddressError: where the address is unknown or the port is taken.
    """
    for left in reversed(range(_TRIES if port == 0 else 1)):
        sockets: list[socket.socket] = []
        try:
            for address in _addresses(host, port):
                wanted = sockets[0].getsockname()[1] if sockets else port
                sockets += _listen(address, wanted, optional=bool(sockets))
        except (OSError, UnicodeError) as fault:
            for item in sockets:
                item.close()
            # A free port of one address may be taken at the other.
            if not (left and getattr(fault, "errno", 0) == errno.EADDRINUSE):
                raise AddressError(_explain(fault, host, port)) from fault
        else:
            return sockets
    raise AssertionError


def _addresses(host: str | None, port: int) -> list[tuple[socket.AddressFamily, str]]:
    if host is None:
        return [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
    if not host:
        raise OSError(errno.EINVAL, "no address")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((item[0], str(item[4][0])) for item in found))


def _listen(
    address: tuple[socket.AddressFamily, str], port: int, *, optional: bool
) -> list[socket.socket]:
    """Return a socket that listens, or none where an optional address does not exist."""
    family, host = address
    try:
        # Without its number asyncio would not know TCP, and hold small packets back (Nagle).
        opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError:
        if optional:
            return []
        raise
    try:
        # So that a port can be used again at once; it is no permission to share it.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(host != "::"))
        opened.bind((host, port))
        opened.listen(_BACKLOG)
    except OSError as fault:
        opened.close()
        if optional and fault.errno in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}:
            return []
        raise
    return [opened]


def _explain(fault: OSError | UnicodeError, host: str | None, port: int) -> str:
    if isinstance(fault, UnicodeError) or host == "":
        return f"--host '{visible(host or '')}' is no name or address of a machine"
    if fault.errno == errno.EADDRINUSE:
        return f"port {port} is taken: choose another with --port"
    if fault.errno == errno.EACCES:
        return f"port {port} is not allowed: choose one above 1023 with --port"
    return (
        f"cannot listen on {visible(host or '127.0.0.1')}, port {port}: {fault.strerror or fault}"
    )


def is_private(sockets: Sequence[socket.socket]) -> bool:
    """Return whether only this machine can reach the sockets."""
    return all(ipaddress.ip_address(item.getsockname()[0]).is_loopback for item in sockets)


class Server:
    """Answers from a board, in a thread of its own."""

    def __init__(self, board: Board, sockets: Sequence[socket.socket]) -> None:
        self._board = board
        self._sockets = list(sockets)
        self._ready: Future[_Running] = Future()
        self._thread = threading.Thread(target=self._run, name="digest-preview", daemon=True)

    def start(self) -> None:
        """Return when the server answers."""
        self._thread.start()
        self._ready.result()

    def close(self) -> None:
        """End all streams and answers, and return soon: within a second, as a rule."""
        if self._thread.is_alive():
            running = self._ready.result()
            # The loop is closed where the thread has ended just now.
            with contextlib.suppress(RuntimeError):
                running.loop.call_soon_threadsafe(running.end)
            self._thread.join(_LONGEST)  # it ends with the process if not before
        for item in self._sockets:
            item.close()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as fault:
            if self._ready.done():
                raise
            self._ready.set_exception(fault)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        bell = Bell()
        workers = Worker("digest-pages"), Worker("digest-suggestions")
        names = frozenset() if is_private(self._sockets) else _own_names()
        config = uvicorn.Config(
            make_app(self._board, bell, workers, names),
            http=Connection,
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            # What goes wrong in answers the application tells; uvicorn would tell of clients too.
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_connection_limit(),
            timeout_graceful_shutdown=1,
        )
        running = _Running(config, loop, bell, self._ready)
        with self._board.watching(lambda: loop.call_soon_threadsafe(bell.ring)):
            await running.serve(self._sockets)


class _Running(uvicorn.Server):
    """uvicorn that says when it answers."""

    def __init__(
        self,
        config: uvicorn.Config,
        loop: asyncio.AbstractEventLoop,
        bell: Bell,
        ready: "Future[_Running]",
    ) -> None:
        super().__init__(config)
        self.loop = loop
        self._bell = bell
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set_result(self)

    def end(self) -> None:
        """Stop; called in the loop."""
        self._bell.close()
        self.should_exit = True


def _own_names() -> frozenset[str]:
    """Return the names by which other machines may call this one."""
    name = socket.gethostname().lower()
    return frozenset({name, f"{name.partition('.')[0]}.local"})


def _connection_limit() -> int:
    """Return how many connections there may be: half of the files that may be open, at most."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _CONNECTIONS if soft == resource.RLIM_INFINITY else min(_CONNECTIONS, soft // 2)
