"""What script adds to pages: links to paragraphs, and copies of citations."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support import article, build_site, make_site, page
from web import served, watch

BODY = """A first paragraph of words that goes on for a line or two, on a phone at least.

## What next

A second one, with a [link](https://example.org/) in it.

> Quoted.

The last.
"""
NAMES = [
    "W" * 60,
    "全国人工智能从业人员工会联合会" * 3,
    "إضراب نقابة العمال والموظفين في الشركات الكبرى",
    "The International Alliance of Theatrical Stage Employees of the Americas",
    "😀" * 9,
    "Ünïçödé & <b>Wörkérs</b>",
    "ไทยแรงงาน" * 3,
    "i" * 90,
    *(f"Guild of Writers number {number}" for number in range(5)),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    who = "\n".join(f"  - '{name}'" for name in ["Alliance of " + "long names " * 9, *NAMES])
    extra = f"authors: [Ada]\nentities:\n{who}"
    files = {f"content/{n}.md": article(f"Piece {n}", body=BODY, extra=extra) for n in range(4)}
    folder = make_site(tmp_path_factory.mktemp("site"), files)
    outcome = build_site(folder)
    assert outcome.ok, outcome.text
    return folder


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    with served(site / "public") as address:
        yield address


@pytest.fixture(params=[320, 1280])
def tab(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Page]:
    """Give an article in a window of that width, which may say nothing amiss."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    said = watch(tab)
    tab.goto(f"{base}/2023/07/27/piece-0/")
    yield tab
    context.close()
    assert said == []


def clipboard(tab: Page) -> str:
    return str(tab.evaluate("navigator.clipboard.readText()"))


def switch(tab: Page) -> None:
    button = tab.get_by_role("button", name="Links to paragraphs")
    button.focus()
    tab.keyboard.press("Enter")


def test_a_pointer_finds_the_link_of_a_paragraph(tab: Page) -> None:
    second = tab.get_by_text("A second one")
    link = second.locator(".permalink")
    expect(link).not_to_be_visible()
    second.hover()
    expect(link).to_be_visible()
    box = link.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    tab.mouse.move(box["x"] + 12, box["y"] + 12, steps=20)
    expect(link).to_be_visible()
    link.click()
    assert tab.url.endswith(f"#{second.get_attribute('id')}")
    assert re.search(r"#p-[0-9a-f]{8}$", tab.url)
    assert tab.evaluate("document.querySelector(':target').textContent").startswith("A second")


def test_links_are_no_stops_until_the_button_makes_them_so(tab: Page) -> None:
    assert tab.get_by_role("link", name="Link to this place").count() == 0
    assert tab.locator(".permalink:not([tabindex='-1'])").count() == 0
    switch(tab)
    assert tab.get_by_role("link", name="Link to this place").count() == 4
    stops = []
    for _ in range(4):
        stops.append(tab.evaluate("document.activeElement.getAttribute('href')"))
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.href") == "https://example.org/":
            tab.keyboard.press("Tab")
    assert [stop.startswith("#") for stop in stops] == [True] * 4
    assert stops[1] == "#what-next"
    assert len(set(stops)) == 4
    switch(tab)
    assert tab.get_by_role("link", name="Link to this place").count() == 0


def test_links_fit_and_hide_no_word(tab: Page) -> None:
    switch(tab)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for link in tab.locator(".permalink").all():
        box = link.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= tab.evaluate("innerWidth")


def test_links_are_not_copied_with_the_text(tab: Page) -> None:
    switch(tab)
    tab.evaluate("getSelection().selectAllChildren(document.querySelector('.text'))")
    copied = str(tab.evaluate("getSelection().toString()"))
    assert "What next" in copied
    assert "¶" not in copied
    assert "Link to" not in copied


def test_a_citation_is_copied_and_said_so(tab: Page) -> None:
    status = tab.locator("#page--citation ~ .act [role=status]")
    expect(status).to_be_empty()
    tab.get_by_role("button", name="Copy citation").click()
    expect(status.first).to_have_text("Copied")
    assert clipboard(tab) == tab.locator("#page--citation").inner_text()
    tab.get_by_text("BibTeX", exact=True).click()
    tab.get_by_role("button", name="Copy BibTeX").press("Enter")
    expect(status.last).to_have_text("Copied")
    assert clipboard(tab).startswith("@misc{")


def test_a_copy_that_fails_is_said_too(browser: Browser, base: str) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{base}/2023/07/27/piece-0/")
    tab.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    tab.get_by_role("button", name="Copy citation").click()
    status = tab.locator(".act [role=status]").first
    expect(status).not_to_be_empty()
    assert status.inner_text() == "Not copied: select the text and copy it"
    context.close()


def test_without_script_nothing_promises_it(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{base}/2023/07/27/piece-0/")
    assert tab.get_by_role("button").count() == 0
    assert tab.locator(".text > p[id]").count() == 3
    context.close()


def test_feeds_have_no_links_to_paragraphs(site: Path) -> None:
    assert "permalink" not in page(site, "/feed.xml")


@pytest.mark.parametrize("width", [320, 1280])
def test_names_in_the_picture_of_a_company_are_apart(
    browser: Browser, base: str, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(f"{base}/entities/{'w' * 60}/")
    boxes = tab.evaluate("""() => {
        const box = (node) => node.getBoundingClientRect().toJSON();
        const all = [...document.querySelectorAll(".company text")].map(box);
        return [box(document.querySelector(".company")), ...all];
    }""")
    rows = tab.evaluate("""() => [...document.querySelectorAll(".company-row")]
        .map((node) => node.getBoundingClientRect().height)""")
    tab.close()
    picture, *names = boxes
    assert len(names) == 13
    assert min(rows) >= 24
    for name in names:
        assert picture["left"] <= name["left"] < name["right"] <= picture["right"]
        assert picture["top"] <= name["top"] < name["bottom"] <= picture["bottom"]
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            apart = one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
            assert apart or one["right"] < other["left"] or other["right"] < one["left"]
