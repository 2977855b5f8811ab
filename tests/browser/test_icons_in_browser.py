"""The web app manifest and the icons, as a browser takes them."""

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from digest.plan.machine import short_name
from digest.urls import parse_base
from support import SITE, article, build_site, make_site, page

STATIC = Path(__file__).parents[2] / "static"
MEASURE = """async (src) => {
  const image = new Image();
  image.src = src;
  await image.decode();
  return [image.naturalWidth, image.naturalHeight];
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a site below a base path."""
    root = tmp_path_factory.mktemp("site")
    config = SITE.replace("Test digest", "Labor & 'AI' <Digest>")
    site = make_site(root / "source", {"content/a.md": article()}, config)
    outcome = build_site(site, output=root / "host/b", base=parse_base("https://example.org/b/"))
    assert outcome.ok, outcome.text
    return root / "host"


@pytest.fixture
def host(folder: Path) -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_browser_takes_manifest_and_icons(browser: Browser, host: str) -> None:
    tab = browser.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(f"{host}/b/2023/07/27/a-title/")
    session = tab.context.new_cdp_session(tab)
    read: Any = session.send("Page.getAppManifest")
    assert read["url"] == f"{host}/b/site.webmanifest"
    assert read["errors"] == []
    manifest = json.loads(read["data"])
    assert manifest["name"] == "Labor & 'AI' <Digest>"
    problems: Any = session.send("Page.getInstallabilityErrors")
    assert {it["errorId"] for it in problems["installabilityErrors"]} <= {"in-incognito"}
    sizes = {"favicon.ico": "32x32", "apple-touch-icon.png": "180x180"}
    sizes |= {icon["src"]: icon["sizes"] for icon in manifest["icons"] if icon["sizes"] != "any"}
    assert len(sizes) == 5
    for src, size in sizes.items():
        assert tab.evaluate(MEASURE, f"/b/{src}") == [int(side) for side in size.split("x")]
    tab.close()
    assert said == []


def test_every_icon_that_a_page_names_is_there(folder: Path) -> None:
    text = (folder / "b/index.html").read_text()
    links = re.findall(r'<link rel="(?:icon|apple-touch-icon|manifest)"[^>]* href="([^"]+)"', text)
    assert len(links) == 4
    assert [link for link in links if not (folder / link.removeprefix("/")).is_file()] == []


def test_icons_are_small() -> None:
    large = {it.name: it.stat().st_size for it in STATIC.glob("*icon*")}
    assert len(large) == 6
    assert {name: size for name, size in large.items() if size > 12_000} == {}


def test_the_colors_of_the_window_are_those_of_the_paper(folder: Path) -> None:
    sheet = (STATIC / "digest.css").read_text()
    ((light, dark),) = re.findall(r"--paper: light-dark\((#\w+), (#\w+)\);", sheet)
    text = (folder / "b/index.html").read_text()
    colors = re.findall(r'<meta name="theme-color" media="[^"]+" content="(#\w+)">', text)
    manifest = json.loads((folder / "b/site.webmanifest").read_text())
    assert colors == [light, dark]
    assert [manifest["theme_color"], manifest["background_color"]] == [light, light]


def test_there_is_a_manifest_without_an_address(tmp_path: Path) -> None:
    config = '[sources]\nrequired = false\n[site]\ntitle = "T"\n'
    site = make_site(tmp_path, {"content/a.md": article()}, config)
    assert build_site(site).ok
    assert json.loads(page(site, "/site.webmanifest"))["short_name"] == "T"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Digest", "The Digest"),
        ("Labor & AI Digest", "Labor & AI"),
        ("Labor and – other", "Labor and"),
        ("Arbeitsrechtsnachrichten heute", ""),
    ],
)
def test_a_short_name_ends_with_a_word(title: str, name: str) -> None:
    assert short_name(title) == name
