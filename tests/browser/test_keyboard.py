"""Pages used with the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from examples import build_example
from web import served

MARK = """() => {
    const kinds = "a[href], button, select, input, summary, [tabindex]";
    const stops = [...document.querySelectorAll(kinds)]
        .filter((it) => it.checkVisibility({ visibilityProperty: true }) && it.tabIndex >= 0);
    stops.forEach((it, place) => (it.dataset.stop = place));
    return stops.length;
}"""
FOCUSED = """() => {
    const it = document.activeElement;
    const box = it.getBoundingClientRect();
    const style = getComputedStyle(it);
    const line = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const seen = box.bottom > 0 && box.top < innerHeight;
    return { stop: Number(it.dataset.stop ?? -1), line, seen };
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    output = build_example("reference digest", tmp_path_factory.mktemp("site"))
    with served(output) as base:
        yield base, longest_article(output)


def longest_article(output: Path) -> str:
    longest = max(output.glob("2*/*/*/*/index.html"), key=lambda path: (path.stat().st_size, path))
    return longest.parent.relative_to(output).as_posix() + "/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", ["", "article", "timeline/", "search/"])
def test_tab_reaches_everything_in_its_order_and_shows_where_it_is(
    page: Page, site: tuple[str, str], kind: str
) -> None:
    base, article = site
    page.goto(f"{base}/{article if kind == 'article' else kind}")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((it) => (it.open = true))")
    if kind == "timeline/":
        page.locator("select[name=tag] option").nth(1).wait_for(state="attached")
    stops = page.evaluate(MARK)
    assert stops > 15
    page.locator(".skip").focus()  # the search page begins at its field
    reached = [0]
    for _ in range(1, stops):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["line"], focused
        assert focused["seen"], focused
        reached.append(focused["stop"])
    assert reached == list(range(stops))


def test_the_skip_link_leads_over_the_menu(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[0]}/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_switch_takes_space_and_enter(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[0]}/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.locator(".switch").focus()
    page.keyboard.press("Space")
    assert page.evaluate(ground) != light
    expect(page.locator(".switch")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate(ground) == light


def test_filters_open_and_close_by_keyboard(page: Page, site: tuple[str, str]) -> None:
    page.goto(f"{site[0]}/timeline/")
    page.locator(".filters summary").focus()
    page.keyboard.press("Space")
    page.locator("select[name=tag] option").nth(1).wait_for(state="attached")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".filters-found .entry").first).to_be_visible()
    page.locator(".filters-clear").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".filters-found")).to_be_hidden()
    assert page.evaluate("document.activeElement !== document.body")
    page.locator(".filters summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".filters-form")).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_copies_are_made_by_keyboard(page: Page, site: tuple[str, str], key: str) -> None:
    base, article = site
    page.goto(f"{base}/{article}")
    button = page.locator("[data-copy=page--citation]")
    button.focus()
    page.keyboard.press(key)
    expect(page.locator(".cite [role=status]").first).not_to_be_empty()
    citation = page.locator("#page--citation").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == citation
    expect(button).to_be_focused()
