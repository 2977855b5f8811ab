"""What the reference digest sends to a reader, and whether its pages move or ask for more."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import kinds
from examples import build_example
from web import served, watch

MOST_OF_HOME, MOST_OF_SCRIPT = 60_000, 12_000
WATCH = """
    window.seen = [];
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput } of list.getEntries()) {
            if (!hadRecentInput) seen.push(`moved by ${value}`);
        }
    }).observe({ type: "layout-shift", buffered: true });
    document.addEventListener("securitypolicyviolation", (event) => {
        seen.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_example("reference digest", tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with served(output) as base:
        yield base


def packed(data: bytes) -> int:
    return len(gzip.compress(data, compresslevel=6))


def test_the_front_page_is_light(output: Path) -> None:
    html = (output / "index.html").read_text()
    files = re.findall(r'(?:src|href)="/?([^":]*\.(?:css|js))"', html)
    assert len(files) >= 3
    parts = [html.encode(), *((output / file).read_bytes() for file in files)]
    assert sum(map(packed, parts)) <= MOST_OF_HOME


def test_the_scripts_of_the_theme_are_small(output: Path) -> None:
    scripts = list((output / "assets").glob("*.js"))
    assert len(scripts) >= 4
    assert sum(packed(script.read_bytes()) for script in scripts) <= MOST_OF_SCRIPT


def settle(page: Page, path: str) -> None:
    """Wait for what the scripts of a page bring."""
    page.wait_for_load_state("networkidle")
    if path.startswith("search/?"):
        expect(page.locator(".search-results li").first).to_be_visible()
    if path.startswith("timeline/?"):
        expect(page.locator(".filters-found .entry").first).to_be_visible()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_is_refused_or_asked_of_others(
    browser: Browser, output: Path, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(WATCH)
    said = watch(page)
    found = {}
    for path in [*kinds(output), "search/?q=strike", "timeline/?tag=strikes"]:
        page.goto(f"{address}/{path}")
        settle(page, path)
        if seen := page.evaluate("window.seen"):
            found[path] = seen
    page.close()
    assert found == {}
    assert said == []
