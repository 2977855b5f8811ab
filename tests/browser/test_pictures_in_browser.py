import functools
import threading
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from images import picture
from support import article, build_site, make_site

SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(it => { sum += it.value; }))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 500);
})"""


class _Slow(SimpleHTTPRequestHandler):
    """Serves pictures half a second late, as far as a reader's eye can tell."""

    def do_GET(self) -> None:
        if self.path.endswith((".jpg", ".png", ".webp")):
            time.sleep(0.5)
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the name in the library
        del format, args


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    body = "![Large](big.jpg)\n\nText.\n\n![Small](small.png)\n\n" + "More text.\n\n" * 3
    body += '<img src="big.jpg" alt="Again" width="200">\n\nThe end.'
    files: dict[str, str | bytes] = {
        "content/a.md": article(body=body, extra="image: {src: big.jpg, alt: The head}"),
        "content/big.jpg": picture(1600, 1000, "JPEG"),
        "content/small.png": picture(300, 200),
    }
    assert build_site(make_site(folder, files)).codes == []
    handler = functools.partial(_Slow, directory=str(Path(folder) / "public"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/2023/07/27/a-title/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_pictures_come(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="load")
    page.wait_for_function("[...document.images].slice(0, 2).every(it => it.complete)")
    assert page.evaluate(SHIFTS) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ratios = page.evaluate("[...document.images].map(it => it.clientWidth / it.clientHeight)")
    assert [round(ratio, 1) for ratio in ratios] == [1.6, 1.6, 1.5, 1.6]
    chosen = [url for url in asked if ".webp" in url]
    expected = ".480." if width == 320 else ".960."
    assert chosen
    assert all(expected in url or ".480." in url for url in chosen)
    assert any(expected in url for url in chosen)
    page.close()
