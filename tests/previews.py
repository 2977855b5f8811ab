"""Previews as processes that tests start, ask and end; over real sockets."""

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

from support import NOW, article, make_site

_SCRIPT = re.compile(
    rb'(<link [^>]*preview\.css"><aside class="digest-badge".*?</aside>)?'
    rb'<script src="/_digest/preview\.js"[^>]*></script>'
)


class Answer(NamedTuple):
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> bytes:
        """Return the body without what the preview puts in."""
        return _SCRIPT.sub(b"", self.body)


class Preview:
    """A running preview."""

    def __init__(self, process: "subprocess.Popen[str]", site: Path) -> None:
        self.process = process
        self.site = site
        self.lines: list[str] = []
        self._ready = threading.Event()
        self._readers = [
            threading.Thread(target=self._read, args=(stream,), daemon=True)
            for stream in (process.stdout, process.stderr)
        ]
        for reader in self._readers:
            reader.start()
        if not self._ready.wait(60):
            process.kill()
            raise AssertionError("\n".join(self.lines))
        self.port = int(re.findall(r"at http://\S+:(\d+)/", self.said)[0])

    def _read(self, stream: Any) -> None:
        for line in stream:
            self.lines.append(line.rstrip("\n"))
            if "Ctrl-C ends it" in line:
                self._ready.set()

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page in a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(
                "GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()}
            )
            answer = connection.getresponse()
            return Answer(
                answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
            )
        finally:
            connection.close()

    def state(self, page: str = "/") -> dict[str, Any]:
        found = json.loads(self.get(f"/_digest/state?page={page}").body)
        assert isinstance(found, dict)
        return found

    def send(self, data: bytes, seconds: float = 5, host: str = "127.0.0.1") -> bytes:
        """Send bytes and return what comes until the other side closes or falls silent."""
        with socket.create_connection((host, self.port), timeout=seconds) as connection:
            connection.sendall(data)
            return receive(connection)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(30)
        for reader in self._readers:
            reader.join()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return code


def receive(connection: socket.socket) -> bytes:
    """Return what comes until the other side closes or falls silent."""
    got = b""
    try:
        while piece := connection.recv(65536):
            got += piece
    except TimeoutError:
        pass
    except ConnectionResetError:
        pass
    return got


@contextmanager
def preview(
    site: Path, *arguments: object, now: bool = True, open_files: int = 0
) -> Iterator[Preview]:
    """Run a preview of a site on a free port; `open_files` limits how many it may have open."""
    moment = ["--now", NOW.isoformat()] if now else []
    limit = ["prlimit", f"--nofile={open_files}"] if open_files else []
    command = [sys.executable, "-m", "digest", "serve", "--port", "0", *moment]
    process = subprocess.Popen(
        [*limit, *command, *map(str, arguments)],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    running = None
    try:
        running = Preview(process, site)
        yield running
    finally:
        if running is None:
            process.kill()
        else:
            running.end()


class Events:
    """The numbers that a stream of a preview has brought, as they come."""

    def __init__(self, served: Preview) -> None:
        self.numbers: list[int] = []
        self.raw = b""
        self._connection = socket.create_connection(("127.0.0.1", served.port), timeout=60)
        host = f"127.0.0.1:{served.port}".encode()
        self._connection.sendall(b"GET /_digest/events HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        until(lambda: bool(self.numbers))

    def _run(self) -> None:
        try:
            while piece := self._connection.recv(4096):
                self.raw += piece
                self.numbers = [int(found) for found in re.findall(rb"data: (\d+)\n\n", self.raw)]
        except OSError:
            return

    def wait_for(self, count: int) -> None:
        """Wait until so many numbers have come."""
        until(lambda: len(self.numbers) >= count, what=f"{count} builds, not {self.numbers}")

    def close(self) -> None:
        with suppress(OSError):  # the preview may have ended before
            self._connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._connection.close()


def until(met: Callable[[], object], seconds: float = 20, what: str = "") -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, what or "it did not come to be so"
        time.sleep(0.005)


PIECE = "content/piece.md"


def site_of(folder: Path) -> Path:
    """Write a site of four pieces, of which one is `PIECE`."""
    others = {f"content/{name}.md": article(f"Other {name}", extra="tags: [t]") for name in "abc"}
    return make_site(folder, {PIECE: article("Piece", body="First.", extra="tags: [t]"), **others})


def shows(served: Preview, url: str, text: str) -> bool:
    """Return whether a page is there and has a text."""
    answer = served.get(url)
    return answer.status == 200 and text in answer.text


def wait_for(served: Preview, url: str, text: str) -> None:
    """Wait until a page has a text."""
    until(lambda: shows(served, url, text), what=f"{text} in\n{served.said}")
