"""Measure the preview beside Hugo's: `python tests/benchmarks/bench_serve.py [ARTICLES] [EDITS]`.

Both serve the same made-up articles, one after the other, Hugo with the plain theme of
bench_hugo.py. Prints seconds: from the start of the command to its first answer, and the median
from a save of one article to the reload event (Digest) and to the new text in an answer (both).
Hugo is that of the package `hugo` or on the PATH; without it only Digest is measured. Read the
ratios.
"""

import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_build import make_corpus
from bench_hugo import find_hugo, make_theme

LONGEST = 120


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def ask(port: int, path: str) -> bytes:
    """Return the body of an answer, or nothing where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read() if answer.status == http.HTTPStatus.OK else b""
    except OSError:
        return b""
    finally:
        connection.close()


def wait_until_shown(port: int, path: str, text: bytes) -> float:
    """Return the moment at which a page has a text."""
    end = time.perf_counter() + LONGEST
    while text not in ask(port, path):
        if time.perf_counter() > end:
            sys.exit(f"{path} never came to have {text!r}")
        time.sleep(0.002)
    return time.perf_counter()


@contextmanager
def started(command: list[str], site: Path, port: int) -> Iterator[float]:
    """Run a server and give how long it took to its first answer."""
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=site, stdout=quiet, stderr=quiet)
    try:
        yield wait_until_shown(port, "/", b"</html>") - began
    finally:
        process.terminate()
        process.wait()


class Events:
    """The moments at which numbers come from a stream of events."""

    def __init__(self, port: int) -> None:
        self.moments: list[float] = []
        self._connection = socket.create_connection(("127.0.0.1", port))
        request = f"GET /_digest/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        self._connection.sendall(request.encode())
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while piece := self._connection.recv(4096):
            if b"data:" in piece:
                self.moments.append(time.perf_counter())

    def first_after(self, moment: float) -> float:
        """Return the first event after a moment; it may have come already or be about to."""
        while not self.moments or self.moments[-1] < moment:
            time.sleep(0.001)
        return next(it for it in self.moments if it >= moment)


def edit(articles: list[Path], edits: int) -> Iterator[tuple[str, bytes, float]]:
    """Save one article after the other; yield its page, the new text, and the moment."""
    for number in range(edits):
        file = articles[7919 * (number + 1) % len(articles)]
        marker = f"Sentence number {number} of {time.time_ns()}."
        text = f"{file.read_text(encoding='utf-8')}\n{marker}\n"
        time.sleep(1)
        moment = time.perf_counter()
        file.write_text(text, encoding="utf-8")
        yield file.stem, marker.encode(), moment


def page_of(port: int, stem: str) -> str:
    """Return the path at which Digest serves an article, which its inspector knows."""
    listed = ask(port, f"/_digest/pages?q={stem}.md").decode()
    return listed.split('<td><a href="', 1)[1].split('"', 1)[0]


def measure_digest(site: Path, articles: list[Path], edits: int) -> dict[str, float]:
    """Return seconds of the preview, by what was measured."""
    found: dict[str, float] = {}
    port = free_port()
    command = [sys.executable, "-m", "digest", "serve", "--port", str(port)]
    with started(command, site, port) as seconds:
        found["first answer, cold"] = seconds
    events_after, shown_after = [], []
    with started(command, site, port) as seconds:
        found["first answer, warm"] = seconds
        events = Events(port)
        for stem, marker, moment in edit(articles, edits):
            events_after.append(events.first_after(moment) - moment)
            path = page_of(port, stem)
            shown_after.append(wait_until_shown(port, path, marker) - moment)
    found["save to event"] = statistics.median(events_after)
    found["save to text"] = statistics.median(shown_after)
    return found


def measure_hugo(site: Path, articles: list[Path], edits: int, hugo: str) -> dict[str, float]:
    """Return seconds of Hugo's server, by what was measured."""
    port = free_port()
    command = [hugo, "server", "--quiet", "--bind", "127.0.0.1", "--port", str(port)]
    shown_after = []
    with started(command, site, port) as seconds:
        for stem, marker, moment in edit(articles, edits):
            path = hugo_path(site, stem)
            shown_after.append(wait_until_shown(port, path, marker) - moment)
    return {"first answer, cold": seconds, "save to text": statistics.median(shown_after)}


def hugo_path(site: Path, stem: str) -> str:
    """Return the path at which Hugo serves an article."""
    file = next((site / "content").rglob(f"{stem}.md"))
    return "/" + file.relative_to(site / "content").with_suffix("").as_posix() + "/"


def main() -> None:
    """Make the corpus, measure, print."""
    count, edits = (int(text) for text in [*sys.argv[1:], *("1000", "15")[len(sys.argv) - 1 :]])
    hugo = find_hugo()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        make_corpus(site, count)
        make_theme(site)
        articles = sorted((site / "content").rglob("*.md"))
        ours = measure_digest(site, articles, edits)
        theirs = measure_hugo(site, articles, edits, hugo) if hugo else {}
    for name, seconds in ours.items():
        other = theirs.get(name)
        beside = f"   Hugo {other:.3f}, {seconds / other:.2f} of it" if other else ""
        sys.stdout.write(f"{name:20} {seconds:7.3f}{beside}\n")


if __name__ == "__main__":
    main()
