"""Take pictures of every kind of page of the reference digest: `make screenshots`.

They go into `screenshots/`: phone, tablet and desk, light and dark. Two of them, smaller, stand in
the README: they are written to `docs/` and committed.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from conftest import FLAGS  # noqa: E402 the tests are no package
from examples import build_example  # noqa: E402
from web import served  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
FOLDER = ROOT / "screenshots"
WIDTHS = {"phone": (390, 844), "tablet": (768, 1024), "desk": (1280, 900)}
KNOWN = {
    "home": "",
    "timeline": "timeline/",
    "filters": "timeline/?tag=strikes",
    "entities": "entities/",
    "tags": "tags/",
    "storylines": "storylines/",
    "figures": "figures/",
    "corrections": "corrections/",
    "search": "search/?q=strike",
    "not-found": "404.html",
}
LONGEST = {
    "article": "2*/*/*/*/index.html",
    "entity": "entities/*/index.html",
    "tag": "tags/*/index.html",
    "storyline": "storylines/*/index.html",
    "month": "timeline/*/*/index.html",
    "year": "timeline/*/index.html",
}
README = {("home", "desk", "light"): "home.png", ("article", "phone", "dark"): "article.png"}
COLORS = 256


class Look(NamedTuple):
    """How a page is looked at."""

    device: str
    scheme: str


def find_kinds(output: Path) -> dict[str, str]:
    """Return the path of a page of each kind by its name: the longest, where there are many."""
    found = dict(KNOWN)
    for kind, pattern in LONGEST.items():
        longest = max(output.glob(pattern), key=lambda path: (path.stat().st_size, path))
        found[kind] = f"{longest.parent.relative_to(output).as_posix()}/"
    return found


def take(browser: Browser, base: str, kinds: dict[str, str], look: Look) -> None:
    """Write the pictures of all kinds of pages at one look."""
    width, height = WIDTHS[look.device]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if look.scheme == "dark" else "light",
    )
    for kind, path in kinds.items():
        page.goto(f"{base}/{path}", wait_until="networkidle")
        data = page.screenshot(full_page=True)
        (FOLDER / f"{kind}-{look.device}-{look.scheme}.png").write_bytes(data)
        name = README.get((kind, look.device, look.scheme))
        if name:
            (ROOT / "docs" / name).write_bytes(smaller(page.screenshot()))
    page.close()


def smaller(data: bytes) -> bytes:
    """Return a PNG with a palette."""
    image = Image.open(BytesIO(data)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Build the reference digest and take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        output = build_example("reference digest", Path(folder))
        kinds = find_kinds(output)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served(output) as base:
            for device in WIDTHS:
                for scheme in ("light", "dark"):
                    take(browser, base, kinds, Look(device, scheme))
        browser.close()
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}\n")


if __name__ == "__main__":
    main()
