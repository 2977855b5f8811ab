"""The search page, used as a reader would."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support import NO_SEARCH, SITE, article, build_site, make_site
from web import served, watch

CONFIG = SITE.removeprefix(NO_SEARCH)
HOSTILE = "<img src=x onerror=alert(1)> & &lt;b&gt;"
FILES = {
    "content/entities/u.md": "---\nname: Actors Union\nkind: worker-group\n---\n\nA union.\n",
    "content/strike.md": article(
        "A strike at the studio",
        date="2023-07-27",
        body="Actors Union called a walkout over generative models.",
        extra="tags: [strikes, likeness]\nentities: [Actors Union, Kestrel, Alba]",
    ),
    "content/deal.md": article(
        "The walkout ends",
        date="2024-01-02",
        body="A contract was signed after the long walkout.",
        extra="tags: [contracts]\nentities: [Actors Union]",
    ),
    "content/hostile.md": article(
        HOSTILE,
        date="2022-03-01",
        body="A zeppelin says `<img src=x onerror=alert(2)>` and &amp;lt;i&amp;gt;.",
        extra="tags: [games]",
    ),
    "content/chinese.md": article("网飞 招聘", body="Zither. 文字。", extra="lang: zh"),
    "content/hidden.md": article("Hidden walkout", extra="status: unlisted"),
    "content/draft.md": article("Draft walkout", extra="status: draft"),
    **{
        f"content/many/{number}.md": article(
            f"Ballot {number}", date=f"2021-{number % 12 + 1:02}", extra="tags: [votes]"
        )
        for number in range(25)
    },
}


@pytest.fixture(scope="module", params=["", "/a/b"], ids=["root", "below a path"])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    config = CONFIG.replace("example.org/", f"example.org{request.param}/")
    site = make_site(tmp_path_factory.mktemp("site"), FILES, config)
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    with served(site / "public", request.param) as base:
        yield base


def await_index(page: Page) -> None:
    expect(page.locator("select[name=year] option")).not_to_have_count(1)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Give the search page; it must not complain of anything until the end of the test."""
    context = browser.new_context()
    page = context.new_page()
    said = watch(page)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.log(e.violatedDirective))"
    )
    page.goto(f"{address}/search/")
    await_index(page)
    yield page
    context.close()
    assert said == []


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox")


def titles(page: Page) -> list[str]:
    return page.locator(".search-results h2").all_inner_texts()


def search(page: Page, words: str, said: str) -> None:
    field(page).fill(words)
    expect(page.get_by_role("status")).to_have_text(said)


def test_words_are_found_with_title_date_and_excerpt(page: Page, address: str) -> None:
    search(page, "walkouts", "2 pieces")
    assert set(titles(page)) == {"A strike at the studio", "The walkout ends"}
    result = page.get_by_role("listitem").filter(has_text="The walkout ends")
    assert result.locator("time").get_attribute("datetime") == "2024-01-02"
    assert result.locator("time").inner_text() == "2 January 2024"
    assert result.locator("mark").all_inner_texts() == ["walkout."]
    result.get_by_role("link").click()
    assert page.url == f"{address}/2024/01/02/the-walkout-ends/"


def test_what_nobody_wrote_is_not_found(page: Page) -> None:
    search(page, "xylophone", "No piece has that")
    assert titles(page) == []
    search(page, "strike", "1 piece")
    search(page, "", "")
    assert titles(page) == []


@pytest.mark.parametrize(
    ("name", "value", "choice", "found"),
    [
        ("tag", "strikes", "strikes (1)", {"A strike at the studio"}),
        ("entity", "Kestrel", "Kestrel (1)", {"A strike at the studio"}),
        (
            "kind",
            "worker group",
            "worker group (2)",
            {"A strike at the studio", "The walkout ends"},
        ),
        ("kind", "other", "other (1)", {"A strike at the studio"}),
        ("year", "2024", "2024 (1)", {"The walkout ends"}),
    ],
)
def test_filters(page: Page, name: str, value: str, choice: str, found: set[str]) -> None:
    select = page.locator(f"select[name={name}]")
    assert choice in select.locator("option").all_inner_texts()
    select.select_option(value)
    expect(page.get_by_role("status")).to_have_text(
        "1 piece" if len(found) == 1 else f"{len(found)} pieces"
    )
    assert set(titles(page)) == found
    page.reload()
    expect(page.get_by_role("listitem").filter(has=page.locator("h2"))).to_have_count(len(found))
    assert select.input_value() == value
    select.select_option("")
    expect(page.get_by_role("status")).to_have_text("")


def test_filters_say_what_another_choice_would_give(page: Page) -> None:
    search(page, "walkout", "2 pieces")
    page.locator("select[name=year]").select_option("2023")
    expect(page.get_by_role("status")).to_have_text("1 piece")
    years = page.locator("select[name=year] option").all_inner_texts()
    assert years == ["All", "2024 (1)", "2023 (1)"]
    tags = page.locator("select[name=tag] option").all_inner_texts()
    assert tags == ["All", "likeness (1)", "strikes (1)"]


def test_the_back_button_goes_through_what_was_asked(page: Page, address: str) -> None:
    search(page, "walkout", "2 pieces")
    page.locator("select[name=year]").select_option("2024")
    expect(page.get_by_role("status")).to_have_text("1 piece")
    assert page.url == f"{address}/search/?q=walkout&year=2024"
    page.get_by_role("link", name="The walkout ends").click()
    page.wait_for_url("**/the-walkout-ends/")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("1 piece")
    assert (field(page).input_value(), titles(page)) == ("walkout", ["The walkout ends"])
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("2 pieces")
    assert page.url == f"{address}/search/?q=walkout"
    page.go_forward()
    expect(page.get_by_role("status")).to_have_text("1 piece")


def test_keys(page: Page, address: str) -> None:
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("walkout")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 pieces")
    page.keyboard.press("ArrowDown")
    first, second = titles(page)
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == second
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("/")
    assert field(page).input_value() == "walkout/"
    page.keyboard.press("Escape")
    assert field(page).input_value() == ""
    assert page.url == f"{address}/search/"
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    assert field(page).input_value() == ""


def test_the_key_leads_from_every_page_to_the_search(page: Page, address: str) -> None:
    page.goto(f"{address}/timeline/")
    page.keyboard.press("Control+/")
    page.keyboard.press("/")
    page.wait_for_url(f"{address}/search/")
    await_index(page)
    assert page.evaluate("document.activeElement.name") == "q"


def test_more_results_follow_on_demand(page: Page) -> None:
    search(page, "ballot", "25 pieces")
    assert len(titles(page)) == 10
    page.get_by_role("button", name="More").click()
    expect(page.locator(".search-results h2")).to_have_count(20)
    assert page.evaluate("document.activeElement.textContent") == titles(page)[10]
    page.get_by_role("button", name="More").click()
    expect(page.locator(".search-results h2")).to_have_count(25)
    expect(page.get_by_role("button", name="More")).to_be_hidden()
    assert len(set(titles(page))) == 25


def test_pieces_of_a_filter_stand_newest_first(page: Page) -> None:
    page.locator("select[name=tag]").select_option("votes")
    expect(page.get_by_role("status")).to_have_text("25 pieces")
    dates = [item.get_attribute("datetime") or "" for item in page.locator("main time").all()]
    assert dates == sorted(dates, reverse=True)


def test_a_hostile_piece_is_shown_as_it_is_written(page: Page) -> None:
    search(page, "zeppelin", "1 piece")
    assert titles(page) == [HOSTILE]
    assert "<img src=x onerror=alert(2)>" in page.locator(".search-results p[dir]").inner_text()
    assert page.locator(".search-results img").count() == 0


def test_an_address_of_another_script_leads_to_its_piece(page: Page) -> None:
    search(page, "zither", "1 piece")
    page.get_by_role("link", name="网飞 招聘").click()
    page.wait_for_url(re.compile("/2023/07/27/"))
    assert page.get_by_role("heading", level=1).inner_text() == "网飞 招聘"


def test_without_script_the_page_points_to_the_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    assert "allow this site to run its script" in page.locator("main").inner_text()
    page.locator("main").get_by_role("link", name="Timeline").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Timeline"
    context.close()


def test_where_there_is_no_index_the_page_says_so(browser: Browser, tmp_path: Path) -> None:
    site = make_site(tmp_path, {}, CONFIG)
    assert build_site(site).ok
    page = browser.new_page()
    with served(site / "public") as base:
        page.goto(f"{base}/search/?q=a")
        expect(page.get_by_role("status")).to_have_text(re.compile("not available here"))
        assert titles(page) == []
        page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_results_fit_and_nothing_moves(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(it => "
        "window.shift += it.value)).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"{address}/search/?q=walkout")
    expect(page.get_by_role("status")).to_have_text("2 pieces")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.shift") == 0
    page.close()
