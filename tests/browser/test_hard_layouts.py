"""Pages hold words that are hard to set: very long, unbroken, right to left, Chinese."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from axe import kinds, violations
from layouts import TITLES, cut_off, make_hard_site
from support import article, build_site, make_site
from web import served


@pytest.fixture(scope="module", params=TITLES)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, list[str]]]:
    output = make_hard_site(tmp_path_factory.mktemp("site"), request.param)
    with served(output) as base:
        yield base, kinds(output)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (768, "light"), (1280, "dark")])
def test_no_page_is_wider_than_its_window(
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
        page.evaluate("document.querySelectorAll('details').forEach((it) => (it.open = true))")
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        wrong = [*(["wide"] if wide else []), *cut_off(page)]
        wrong += violations(page) if width == 320 else []
        if wrong:
            found[path] = wrong
    page.close()
    assert found == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_a_month_of_one_piece_stands_beside_one_of_3000(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    files: dict[str, str | bytes] = {
        f"content/{number}.md": article(f"Vote {number}", date=f"2023-07-{number % 31 + 1:02}")
        for number in range(3000)
    }
    files |= {
        "content/a.md": article("A", date="2023-05"),
        "content/b.md": article("B", date="2023-04"),
    }
    site = make_site(tmp_path, files)
    assert build_site(site, jobs=0).ok
    page = browser.new_page(viewport={"width": width, "height": 900})
    with served(site / "public") as base:
        page.goto(f"{base}/timeline/")
        boxes = [bar.bounding_box() for bar in page.locator(".chart-bars rect").all()]
        heights = [box["height"] for box in boxes if box]
        assert min(heights) >= 2  # one piece is seen
        assert max(heights) > 75
        page.goto(f"{base}/timeline/2023/07/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(page.locator("nav.months a")).to_have_count(31)
    page.close()
