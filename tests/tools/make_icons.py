"""Draw the icons of the default theme from its `favicon.svg`: `python tests/tools/make_icons.py`.

What comes out is committed below `static/`; run this again when the drawing changes.
"""

import struct
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

STATIC = Path(__file__).parents[2] / "static"
CHROMIUM = "/usr/bin/chromium"
FULL, SAFE = 1.0, 0.85
"""How large the mark is: a mask may leave a circle of 80 percent (W3C, Web App Manifest)."""


def draw(browser: Browser, size: int, *, square: bool = False, scale: float = FULL) -> bytes:
    """Return the drawing as a PNG; a square one fills its corners."""
    svg = (STATIC / "favicon.svg").read_text()
    if square:
        svg = svg.replace(' rx="7"', "")
    shift = 16 * (1 - scale)
    svg = svg.replace("<path ", f'<path transform="translate({shift} {shift}) scale({scale})" ')
    page = browser.new_page(viewport={"width": size, "height": size}, color_scheme="light")
    page.set_content(f'<body style="margin: 0; line-height: 0">{svg}')
    image = page.screenshot(omit_background=True)
    page.close()
    return image


def ico(png: bytes, size: int) -> bytes:
    """Return an ICO file of one PNG."""
    header = struct.pack("<HHH", 0, 1, 1)
    return header + struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), 22) + png


def main() -> None:
    """Write all icons."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        icons = {
            "icon-192.png": draw(browser, 192),
            "icon-512.png": draw(browser, 512),
            "icon-maskable-512.png": draw(browser, 512, square=True, scale=SAFE),
            "apple-touch-icon.png": draw(browser, 180, square=True),
            "favicon.ico": ico(draw(browser, 32), 32),
        }
        browser.close()
    for name, data in icons.items():
        (STATIC / name).write_bytes(data)


if __name__ == "__main__":
    main()
