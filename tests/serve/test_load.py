"""Many listeners and many saves: answers stay quick, and memory stays as it was."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from previews import Events, Preview, preview, until
from support import article, make_site, write_files

URL = "/2023/07/27/piece/"


def make(folder: Path) -> Path:
    files: dict[str, str | bytes] = {
        f"content/{number}.md": article(f"Piece {number}", extra=f"tags: [t{number % 9}]")
        for number in range(60)
    }
    files["content/piece.md"] = article("Piece", body="First.")
    files["static/big.bin"] = bytes(8 << 20)
    return make_site(folder, files)


def ask_slowly(served: Preview, path: str) -> socket.socket:
    """Ask for a file and read nothing of it."""
    connection = socket.create_connection(("127.0.0.1", served.port), timeout=20)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n"
    connection.sendall(head.encode())
    return connection


def memory(served: Preview) -> int:
    """Return how many bytes of memory the preview holds."""
    lines = Path(f"/proc/{served.process.pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def threads(served: Preview) -> int:
    return len(list(Path(f"/proc/{served.process.pid}/task").iterdir()))


def test_listeners_and_slow_readers_hold_nobody_up(tmp_path: Path) -> None:
    site = make(tmp_path)
    with preview(site) as served, ExitStack() as stack:
        with ThreadPoolExecutor(20) as pool:
            streams = list(pool.map(lambda _: ask_slowly(served, "/_digest/events"), range(200)))
        readers = [ask_slowly(served, "/big.bin") for _ in range(50)]
        for connection in (*streams, *readers):
            stack.enter_context(connection)
        time.sleep(0.5)
        times = []
        for number in range(100):
            began = time.monotonic()
            assert served.get(f"/2023/07/27/piece-{number % 60}/").status == 200
            times.append(time.monotonic() - began)
        assert median(times) < 0.05
        assert sorted(times)[-5] < 0.1
        write_files(site, {"content/piece.md": article("Piece", body="Second.")})
        until(lambda: "Second." in served.get(URL).text)
        wanted = f"data: {served.state()['number']}".encode()
        for stream in streams:
            stream.settimeout(5)
            got = b""
            while wanted not in got:
                got += stream.recv(4096)
        assert threads(served) < 60


def test_two_hundred_builds_take_no_more_memory_than_twenty(tmp_path: Path) -> None:
    site = make(tmp_path)
    sizes, counts = [], []
    with preview(site) as served:
        events = Events(served)
        for number in range(200):
            text = f"Netflix cut {number} jobs. " * 20
            write_files(site, {f"content/{number % 60}.md": article("New", body=text)})
            events.wait_for(number + 2)
            served.get("/")
            served.get("/_digest/")
            sizes.append(memory(served))
            counts.append(threads(served))
        events.close()
    assert max(sizes[-5:]) < 1.2 * sizes[19]
    assert max(counts[-5:]) <= counts[19]
