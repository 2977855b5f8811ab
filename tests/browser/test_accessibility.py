"""Every page kind held against WCAG 2.2 A and AA by axe-core, and by Lighthouse."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from axe import kinds, violations
from examples import EXAMPLES, build_example
from web import served

TOOLS = Path(__file__).parents[1] / "tools"
SCORED = ["accessibility", "best-practices", "seo"]


@pytest.fixture(scope="module", params=EXAMPLES)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, list[str]]]:
    output = build_example(request.param, tmp_path_factory.mktemp("site"))
    with served(output) as base:
        yield base, kinds(output)


def open_all(page: Page) -> None:
    """Open what can be opened on a page: details, filters with a choice, a search with results."""
    page.evaluate("document.querySelectorAll('details').forEach((it) => (it.open = true))")
    if page.locator(".filters select[name=tag]").count():
        page.locator(".filters select[name=tag] option").nth(1).wait_for(state="attached")
        page.locator(".filters select[name=tag]").select_option(index=1)
        page.locator(".filters-found .entry").first.wait_for()
    if page.locator("form.search").count():
        page.locator("form.search select[name=year] option").nth(1).wait_for(state="attached")
        page.locator("form.search select[name=year]").select_option(index=1)
        page.locator(".search-results li").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, site: tuple[str, list[str]], width: int, scheme: str
) -> None:
    base, paths = site
    assert len(paths) > 12
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    found = {}
    for path in paths:
        page.goto(f"{base}/{path}")
        open_all(page)
        if wrong := violations(page):
            found[path] = wrong
    page.close()
    assert found == {}


def test_lighthouse_gives_every_point_and_sees_nothing_move(tmp_path: Path) -> None:
    output = build_example("reference digest", tmp_path)
    paths = kinds(output)
    first = [next(path for path in paths if path.startswith(kind)) for kind in ("2", "entities/")]
    with served(output) as base:
        urls = [f"{base}/{path}" for path in ("", "timeline/", *first)]
        done = subprocess.run(
            ["node", "lighthouse.mjs", "/usr/bin/chromium", *urls],
            cwd=TOOLS,
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
    found = json.loads(done.stdout)
    assert [found[url]["failed"] for url in urls] == [[]] * len(urls)
    assert [found[url]["scores"] for url in urls] == [dict.fromkeys(SCORED, 1)] * len(urls)
    assert [found[url]["shift"] for url in urls] == [0] * len(urls)
