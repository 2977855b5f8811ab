"""`digest serve` from its arguments to its exit code."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from previews import Events, preview, until
from processes import all_ended, end, unmeasured
from support import article, make_site, read_tree, run_digest, write_files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path, {"content/a.md": article("A", body="Text.")})


def test_a_port_that_is_taken(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run_digest("serve", "--port", port, cwd=site)
    assert ran.code == 2
    assert ran.err == f"Error: port {port} is taken: choose another with --port\n"
    assert ran.out == ""
    assert not (site / ".digest").exists()


def test_a_second_preview_never_takes_the_port_of_the_first(site: Path) -> None:
    with preview(site) as served:
        ran = run_digest("serve", "--port", served.port, cwd=site)
        assert ran.code == 2
        assert served.get("/2023/07/27/a/").status == 200


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--port", "70000"], 2),
        (["--port", "x"], 2),
        (["--host", "no such host"], 2),
        (["--host", "192.0.2.1"], 2),
        (["--now", "tomorrow"], 2),
        (["--site", "/nowhere"], 1),
        (["--output", "x"], 2),
    ],
)
def test_what_cannot_be(site: Path, arguments: list[str], code: int) -> None:
    ran = run_digest("serve", "--port", "0", *arguments, cwd=site)
    assert ran.code == code
    assert "Traceback" not in ran.err
    assert ran.err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_when_asked(site: Path, number: int, code: int) -> None:
    before = read_tree(site)
    with preview(site) as served:
        events = Events(served)
        began = time.monotonic()
        assert served.end(number) == code
        assert time.monotonic() - began < 3
        assert all_ended(served.process.pid, 1)
        assert "Traceback" not in served.said
        events.close()
    assert {k: v for k, v in read_tree(site).items() if not k.startswith(".digest/")} == before


@pytest.mark.parametrize("delay", [0.05, 0.3, 0.6, 1.0, 1.5])
def test_it_ends_during_its_first_build(tmp_path: Path, delay: float) -> None:
    files = {f"content/{number}.md": article(f"Piece {number}") for number in range(1500)}
    site = make_site(tmp_path, files)
    process = subprocess.Popen(
        [sys.executable, "-m", "digest", "serve", "--port", "0"],
        cwd=site,
        env=unmeasured(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(delay)
    err = end(process, signal.SIGINT)
    assert process.returncode in {130, -signal.SIGINT}, err
    assert all_ended(process.pid, 2)
    assert b"This is a bug" not in err
    assert not (site / "public").exists()


def test_everyone_is_let_in_with_a_warning(site: Path) -> None:
    with preview(site, "--host", "0.0.0.0") as served:  # noqa: S104 this is what is tested
        assert "warning: everyone who can reach this machine can read drafts" in served.said
        assert served.get("/2023/07/27/a/").status == 200
        name = socket.gethostname()
        assert served.get("/2023/07/27/a/", Host=f"{name}:{served.port}").status == 200
        assert served.get("/", Host=f"evil.example:{served.port}").status == 421
        assert served.get("/", Origin="https://evil.example").status == 403


def test_both_kinds_of_address(site: Path) -> None:
    with preview(site) as served:
        head = f"GET / HTTP/1.1\r\nHost: [::1]:{served.port}\r\nConnection: close\r\n\r\n".encode()
        if socket.has_ipv6 and "00000000000000000000000000000001" in _addresses():
            assert served.send(head, host="::1").startswith(b"HTTP/1.1 200 ")
        assert served.send(head).startswith(b"HTTP/1.1 200 ")


def _addresses() -> str:
    file = Path("/proc/net/if_inet6")
    return file.read_text() if file.exists() else ""


def test_it_tells_what_happens(site: Path) -> None:
    with preview(site) as served:
        assert f"Serving {site} at http://localhost:{served.port}/" in served.said
        assert "watching " in served.said
        write_files(site, {"content/a.md": article("A", body="Other text.")})
        until(lambda: "content/a.md: 7 pages changed in " in served.said)
        assert " s: /2023/07/27/a/, " in served.lines[-1]
        write_files(site, {"content/a.md": article("A", date="2023-99-99")})
        until(lambda: "failed with 1 error: the site before it stays" in served.said)
        assert "content/a.md:3:7: error[date-format]" in served.said
        assert "  3 | date: 2023-99-99" in served.said
        write_files(site, {"content/a.md": article("A", body="Mended.")})
        until(lambda: "fixed: " in served.said)


def test_a_browser_is_opened(site: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    os.environ["BROWSER"] = f"{browser} %s"
    try:
        with preview(site, "--open") as served:
            until((tmp_path / "opened").exists)
            until((tmp_path / "opened").read_text)
            assert (tmp_path / "opened").read_text() == f"http://localhost:{served.port}/\n"
    finally:
        del os.environ["BROWSER"]
