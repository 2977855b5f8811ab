"""What strangers may send, over raw sockets: nothing but the site is ever answered."""

import re
import socket
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from previews import Preview, preview, receive
from support import article, make_site

BESIDE = "a text beside the site"
DRAFT = "nobody outside may read this"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("outer")
    (folder / "secret.txt").write_text(BESIDE)
    site = make_site(
        folder / "site",
        {
            "content/a.md": article("A", body=DRAFT, extra="status: draft"),
            "content/.env": BESIDE,
            ".env": BESIDE,
            "static/shown.txt": "a file of the site",
            "static/big.bin": bytes(range(256)) * 8192,
        },
    )
    (site / "link").symlink_to(folder / "secret.txt")
    with preview(site) as running:
        yield running
        assert running.get("/2023/07/27/a/").status == 200
        assert running.process.poll() is None
        assert "Traceback" not in running.said


def ask(served: Preview, target: str | bytes, *headers: str, method: str = "GET") -> bytes:
    """Send one request, as written, and return all that comes."""
    target = target if isinstance(target, bytes) else target.encode()
    host = (
        ()
        if any(it.lower().startswith("host:") for it in headers)
        else (f"Host: 127.0.0.1:{served.port}",)
    )
    lines = [method.encode() + b" " + target + b" HTTP/1.1"]
    lines += [it.encode() for it in (*host, *headers, "Connection: close")]
    return served.send(b"\r\n".join(lines) + b"\r\n\r\n")


def status(answer: bytes) -> int:
    match = re.match(rb"HTTP/1\.1 (\d\d\d) ", answer)
    assert match, answer[:200]
    return int(match[1])


UP = [
    "..",
    "%2e%2e",
    ".%2e",
    "%2E.",
    "%252e%252e",
    "..%00",
    "%c0%ae%c0%ae",
    "%u002e%u002e",
    "..;",
    "\uff0e\uff0e",
]
SEPARATORS = ["/", "%2f", "\\", "%5c", "//", "%252f"]
TRAVERSALS = [
    f"{up}{separator}".join([start, "", "secret.txt"])
    for (up, separator), start in zip(
        product(UP, SEPARATORS), ["/", "/2023/", "/static/"] * 20, strict=True
    )
]


def test_there_are_sixty_ways() -> None:
    assert len(set(TRAVERSALS)) == 60


@pytest.mark.parametrize("target", TRAVERSALS)
def test_no_way_leads_out_of_the_site(served: Preview, target: str) -> None:
    answer = ask(served, target)
    assert status(answer) in {400, 404}
    assert BESIDE.encode() not in answer


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("/%00", {400}),
        ("/a%00.html", {400}),
        ("/%0d%0aSet-Cookie:%20a=b", {400}),
        ("/%1b[2J", {400}),
        ("/%ff", {400}),
        ("/%zz", {400}),
        ("/%", {400}),
        ("/\\", {400}),
        ("//evil.example/%2f..", {404}),
        ("//evil.example", {404}),
        ("///", {404}),
        ("/.env", {404}),
        ("/link", {404}),
        ("/content/.env", {404}),
        ("/content/a.md", {404}),
        ("/site.toml", {404}),
        ("/.digest/cache.sqlite", {404}),
        ("/.digest-manifest.json", {404}),
        ("/static/shown.txt", {404}),
        ("/_digest/../site.toml", {404}),
        ("/_digest/assets/preview.js", {404}),
        ("/_digest/frame.html", {404}),
        ("/" + "a" * 100_000, {400, 414, 431}),
        ("/?" + "a" * 100_000, {400, 414, 431}),
        ("http://x/", {400, 421}),
        ("http://evil.example/2023/", {400, 421}),
        ("https://127.0.0.1/", {400, 421}),
        ("*", {400}),
        ("a", {400}),
        ("ftp://127.0.0.1/", {400}),
    ],
)
def test_strange_targets(served: Preview, target: str, wanted: set[int]) -> None:
    answer = ask(served, target)
    assert status(answer) in wanted
    assert BESIDE.encode() not in answer
    assert b"Location" not in answer


@pytest.mark.parametrize(
    "method", "POST PUT DELETE PATCH OPTIONS TRACE CONNECT PROPFIND get".split()
)
def test_other_methods(served: Preview, method: str) -> None:
    target = "127.0.0.1:80" if method == "CONNECT" else "/"
    answer = ask(served, target, method=method)
    assert status(answer) in {400, 405}
    if status(answer) == 405:
        assert b"allow: GET, HEAD" in answer


def test_head_sends_the_head_alone(served: Preview) -> None:
    whole, head = ask(served, "/"), ask(served, "/", method="HEAD")
    assert status(head) == 200
    assert head.endswith(b"\r\n\r\n")
    lengths = [re.findall(rb"content-length: (\d+)", answer) for answer in (whole, head)]
    assert lengths[0] == lengths[1] != []


@pytest.mark.parametrize(
    "data",
    [
        b"GET /\r\n",
        b"GET / HTTP/0.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,
        b"\r\n\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"GET / HTTP/1.1\nHost: x\n\n",
        b"\0" * 5000,
        b"GET  /  HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
    ids=range(11),
)
def test_what_is_no_request(served: Preview, data: bytes) -> None:
    answer = served.send(data, seconds=0.5)
    assert answer == b"" or status(answer) >= 400


def test_a_request_with_a_body(served: Preview) -> None:
    answer = ask(served, "/", "Content-Length: 5")
    assert status(answer) == 400
    smuggled = (
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    )
    assert status(served.send(smuggled % served.port, 1)) == 400


def test_half_a_request_is_given_up(served: Preview) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
        began = time.monotonic()
        for byte in b"GET / HTT":
            connection.sendall(bytes([byte]))
            time.sleep(0.01)
        assert receive(connection) == b""
        assert 5 < time.monotonic() - began < 15


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost.evil.example:{port}",
        "127.0.0.1:1",
        "127.0.0.1",
        "127.0.0.1:{port}@evil.example",
        "0.0.0.0:{port}",
        "[::1]",
        "127.1:{port}",
        "2130706433:{port}",
        "",
    ],
)
def test_another_host(served: Preview, host: str) -> None:
    for path in ("/", "/_digest/events", "/_digest/state?page=/"):
        answer = ask(served, path, f"Host: {host.format(port=served.port)}")
        assert status(answer) in {400, 421}
        assert DRAFT.encode() not in answer


@pytest.mark.parametrize(
    "host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "LOCALHOST:{port}"]
)
def test_its_own_names(served: Preview, host: str) -> None:
    assert status(ask(served, "/", f"Host: {host.format(port=served.port)}")) == 200


PATHS = [
    "/",
    "/2023/07/27/a/",
    "/digest.css",
    "/feed.xml",
    "/_digest/",
    "/_digest/events",
    "/_digest/state?page=/",
    "/_digest/findings",
    "/_digest/preview.js",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        ["Origin: https://evil.example"],
        ["Origin: http://1.2.3.4"],
        ["Origin: null"],
        ["Origin: http://127.0.0.1:1"],
        ["Origin: http://localhost"],
        ["Sec-Fetch-Site: cross-site"],
        ["Sec-Fetch-Site: same-site"],
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"],
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"],
        [
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-Dest: document",
            "Sec-Purpose: prefetch",
        ],
    ],
)
def test_another_site_asks(served: Preview, path: str, headers: list[str]) -> None:
    answer = ask(served, path, *headers)
    assert status(answer) == 403
    assert DRAFT.encode() not in answer
    assert b"access-control" not in answer.lower()


def test_a_link_may_be_followed(served: Preview) -> None:
    followed = [
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Mode: navigate",
        "Sec-Fetch-Dest: document",
    ]
    answer = ask(served, "/2023/07/27/a/", *followed)
    assert status(answer) == 200
    assert b"cross-origin-opener-policy: same-origin" in answer
    assert b"x-frame-options: DENY" in answer


@pytest.mark.parametrize("path", PATHS)
def test_its_own_pages_ask(served: Preview, path: str) -> None:
    own = [f"Origin: http://127.0.0.1:{served.port}", "Sec-Fetch-Site: same-origin"]
    with socket.create_connection(("127.0.0.1", served.port), timeout=1) as connection:
        head = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{served.port}", *own]
        connection.sendall("\r\n".join([*head, "", ""]).encode())
        answer = receive(connection)
    assert status(answer) == 200
    assert b"access-control" not in answer.lower()
    assert b"cache-control: no-store" in answer
    assert b"x-content-type-options: nosniff" in answer


def test_the_stream_says_only_a_number(served: Preview) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=1) as connection:
        connection.sendall(
            f"GET /_digest/events HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
        )
        _, _, body = receive(connection).partition(b"\r\n\r\n")
    lines = [line for line in body.split(b"\r\n") if not re.fullmatch(rb"[0-9a-f]+", line)]
    assert re.fullmatch(rb"retry: 1000\ndata: \d+\n\n", b"".join(lines))


@pytest.mark.parametrize(
    ("asked", "wanted", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=2097151-", 206, slice(2097151, None)),
        ("bytes=5-99999999999", 206, slice(5, None)),
        ("bytes=2097152-", 416, slice(0)),
        ("bytes=9-1", 200, slice(None)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("bytes=-0", 416, slice(0)),
    ],
)
def test_a_part_of_a_file(served: Preview, asked: str, wanted: int, part: slice) -> None:
    answer = served.get("/big.bin", range=asked)
    data = bytes(range(256)) * 8192
    assert answer.status == wanted
    assert answer.headers["accept-ranges"] == "bytes"
    if wanted != 416:
        assert answer.body == data[part]
    if wanted == 206:
        first, last, whole = map(int, re.findall(r"\d+", answer.headers["content-range"]))
        assert data[first : last + 1] == data[part]
        assert whole == len(data)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/digest.css", "text/css; charset=utf-8"),
        ("/favicon.svg", "image/svg+xml; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/shown.txt", "text/plain; charset=utf-8"),
        ("/big.bin", "application/octet-stream"),
        ("/_digest/preview.js", "text/javascript; charset=utf-8"),
        ("/_digest/state", "application/json"),
        ("/nothing/", "text/html; charset=utf-8"),
    ],
)
def test_types(served: Preview, path: str, wanted: str) -> None:
    answer = served.get(path)
    assert answer.headers["content-type"] == wanted
    assert answer.status == (404 if path == "/nothing/" else 200)


def test_a_page_without_its_slash(served: Preview) -> None:
    answer = served.get("/2023/07/27/a?x=1")
    assert answer.status == 308
    assert answer.headers["location"] == "/2023/07/27/a/?x=1"
    assert served.get("/2023/07/27/a/?x=1").page == served.get("/2023/07/27/a/").page


def test_only_this_machine_can_reach_it(served: Preview) -> None:
    own = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    port = f"{served.port:04X}"
    listening = [it[1] for it in own if it[1].endswith(f":{port}") and it[3] == "0A"]
    assert listening == [f"0100007F:{port}"]
