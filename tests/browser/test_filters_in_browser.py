"""What the theme's scripts add to pages: the filters of the timeline, the switch of the scheme."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support import SITE, article, build_site, make_site
from web import served, watch

UNION = "---\nname: Riders Union\nkind: union\n---\n"
COMPANY = "---\nname: Parcels Inc\nkind: company\n---\n"
STORY = "---\ntitle: The ride\nstatus: ongoing\n---\n"
FILES = {
    "content/entities/riders.md": UNION,
    "content/entities/parcels.md": COMPANY,
    "content/storylines/ride.md": STORY,
    "content/a.md": article(
        "Riders walk out",
        date="2022-05-01",
        extra="tags: [strikes]\nentities: {union: [Riders Union], employer: [Parcels Inc]}\n"
        "storylines: [The ride]",
    ),
    "content/b.md": article(
        "Parcels buys a model",
        date="2023-06-02",
        extra="tags: [deals]\nentities: {employer: [Parcels Inc]}",
    ),
    "content/c.md": article(
        "<b>Riders</b> & a deal",
        date="2023-06",
        extra="tags: [strikes, deals]\nentities: {union: [Riders Union]}",
    ),
    **{
        f"content/many/{number}.md": article(
            f"Other {number}", date="2021-01-01", extra="tags: [x]"
        )
        for number in range(120)
    },
}


@pytest.fixture(scope="module", params=["", "/a/b"])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    base: str = request.param
    folder = tmp_path_factory.mktemp("site")
    site = make_site(folder, FILES, SITE.replace("example.org", f"example.org{base}"))
    outcome = build_site(site, output=folder / f"host{base}")
    assert outcome.ok, outcome.text
    with served(folder / "host") as origin:
        yield origin + base


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    said = watch(page)
    yield page
    page.close()
    assert said == []


def titles(page: Page) -> list[str]:
    return page.locator(".entry:visible .entry-title").all_inner_texts()


def select(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=False)


def opened(page: Page, address: str, query: str = "") -> Page:
    page.goto(f"{address}/timeline/{query}")
    page.locator(".filters summary").click()
    page.locator("select[name=tag] option").nth(1).wait_for(state="attached")
    return page


def test_a_choice_shows_its_pieces_newest_first(page: Page, address: str) -> None:
    select(opened(page, address), "entity").select_option("riders-union")
    assert titles(page) == ["<b>Riders</b> & a deal", "Riders walk out"]
    expect(page.get_by_role("status")).to_have_text("2 pieces")
    assert page.locator(".filters-found .day-date").all_inner_texts() == ["June 2023", "1 May 2022"]
    assert page.locator(".filters-found time").first.get_attribute("datetime") == "2023-06"
    select(page, "tag").select_option("deals")
    expect(page.get_by_role("status")).to_have_text("1 piece")
    page.get_by_role("link", name="a deal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("<b>Riders</b> & a deal")


def test_counts_say_what_each_choice_would_leave(page: Page, address: str) -> None:
    select(opened(page, address), "tag").select_option("strikes")
    entities = page.locator("select[name=entity] option").all_inner_texts()
    assert entities == ["All", "Riders Union (2)", "Parcels Inc (1)"]
    tags = page.locator("select[name=tag] option").all_inner_texts()
    assert tags == ["All", "x (120)", "deals (2)", "strikes (2)"]
    assert page.locator("select[name=kind] option").all_inner_texts()[1:] == [
        "Union (2)",
        "Company (1)",
    ]


def test_kind_role_and_entity_are_asked_of_one_and_the_same(page: Page, address: str) -> None:
    select(opened(page, address), "kind").select_option("company")
    assert titles(page) == ["Parcels buys a model", "Riders walk out"]
    assert page.locator("select[name=role] option").all_inner_texts() == ["All", "Employer (2)"]
    select(page, "role").select_option("employer")
    select(page, "storyline").select_option("the-ride")
    assert titles(page) == ["Riders walk out"]


def test_the_address_holds_the_choice_and_the_back_button_takes_it_back(
    page: Page, address: str
) -> None:
    select(opened(page, address), "tag").select_option("strikes")
    select(page, "role").select_option("union")
    assert parse_qs(urlsplit(page.url).query) == {"tag": ["strikes"], "role": ["union"]}
    page.go_back()
    expect(select(page, "role")).to_have_value("")
    expect(select(page, "tag")).to_have_value("strikes")
    page.go_back()
    expect(page.locator(".filters-found")).to_be_hidden()
    page.go_forward()
    expect(select(page, "tag")).to_have_value("strikes")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("2 pieces")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".filters-found")).to_be_hidden()
    assert urlsplit(page.url).query == ""


def test_an_address_with_an_unknown_choice_finds_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/timeline/?tag=<img src=x onerror=alert(1)>&tag=2")
    expect(page.get_by_role("status")).to_have_text("0 pieces")
    assert titles(page) == []
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".filters-found")).to_be_hidden()


def test_a_long_list_comes_in_parts_and_focus_goes_on(page: Page, address: str) -> None:
    select(opened(page, address), "tag").select_option("x")
    assert len(titles(page)) == 100
    page.get_by_role("button", name="Show more").press("Enter")
    assert len(titles(page)) == 120
    assert page.evaluate("document.activeElement.textContent") == titles(page)[100]
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_the_keyboard_alone_is_enough(page: Page, address: str) -> None:
    page.goto(f"{address}/timeline/")
    page.locator(".filters summary").focus()
    page.keyboard.press("Enter")
    page.locator("select[name=tag] option").nth(1).wait_for(state="attached")
    page.keyboard.press("Tab")
    page.keyboard.type("deals")
    expect(page.get_by_role("status")).to_have_text("2 pieces")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "storyline"


def test_data_that_does_not_come_is_told(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/data/**", lambda route: route.abort())
    page.goto(f"{address}/timeline/")
    page.locator(".filters summary").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("could not be loaded"))
    page.unroute("**/data/**")
    page.locator(".filters summary").click()
    page.locator(".filters summary").click()
    page.locator("select[name=tag] option").nth(1).wait_for(state="attached")
    assert page.get_by_role("status").inner_text() == ""
    page.close()


def test_without_script_there_are_no_filters(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/timeline/")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".switch")).to_be_hidden()
    assert page.locator(".entry:visible").count() == 20
    context.close()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_switch_takes_the_other_scheme_and_keeps_it(
    browser: Browser, address: str, system: str
) -> None:
    other = "dark" if system == "light" else "light"
    context = browser.new_context(color_scheme="dark" if system == "dark" else "light")
    page = context.new_page()
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    page.goto(f"{address}/")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name=other, exact=False).click()
    assert page.evaluate(scheme) == other
    after = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert after != before
    page.goto(f"{address}/timeline/")
    assert page.evaluate(scheme) == other
    page.get_by_role("button", name=system, exact=False).click()
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate(scheme) == "light dark"
    context.close()
