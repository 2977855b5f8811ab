"""Built sites behind a web server, and what a browser complains of."""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Dialog, Page


class _Quiet(SimpleHTTPRequestHandler):
    base = ""

    def translate_path(self, path: str) -> str:
        """Return the file of a path below the base; outside of it there is nothing."""
        if not path.startswith(f"{self.base}/"):
            return "/nowhere"
        return super().translate_path(path.removeprefix(self.base))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the name in the library
        del format, args


@contextmanager
def served(folder: Path, base: str = "") -> Iterator[str]:
    """Give the address of a folder on a server; `base` is a path such as `/a/b`."""
    kind = type("Handler", (_Quiet,), {"base": base})
    handler = functools.partial(kind, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()


def watch(page: Page) -> list[str]:
    """Return a list that grows with everything the page complains of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", functools.partial(_note_dialog, said))
    page.on("request", lambda request: _note_foreign(request.url, said))
    return said


def _note_dialog(said: list[str], dialog: Dialog) -> None:
    said.append(f"dialog {dialog.message}")
    dialog.dismiss()


def _note_foreign(url: str, said: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1:", "data:")):
        said.append(f"request to {url}")
