from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from examples import EXAMPLES, build_example
from support import article, build_site, make_site
from web import served, watch

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror=alert(1)&gt;'>",  # noqa: E501 one vector
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<form><button formaction=javascript:alert(1)>press</button></form>",
    "<a href='java&#10;script:alert(1)'>press</a>",
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt:alert(1))",
    "[press](data:text/html,<script>alert(1)</script>)",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0; url=javascript:alert(1)'>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    '[x](https://example.org/"onmouseover="alert(1))',
    "`</code><script>alert(1)</script>`",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<video><source onerror=alert(1)></video>",
]


@pytest.fixture(scope="module", params=EXAMPLES)
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, list[str]]]:
    output = build_example(request.param, tmp_path_factory.mktemp("site"))
    with served(output) as base:
        yield base, sample_urls(output)


def sample_urls(output: Path) -> list[str]:
    """Return every article, and a few pages of each other kind."""
    found = sorted(path.relative_to(output).as_posix() for path in output.rglob("index.html"))
    urls = [path.removesuffix("index.html") for path in found]
    few = [url for url in urls if url.startswith(("tags/", "entities/", "timeline/"))][::12]
    rest = [url for url in urls if not url.startswith(("tags/", "entities/", "timeline/", "old/"))]
    return [*few, *rest[::3], "", "404.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_fit_and_keep_their_policy(
    browser: Browser, address: tuple[str, list[str]], width: int, scheme: str
) -> None:
    base, urls = address
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    said = watch(page)
    wide = []
    for url in urls:
        page.goto(f"{base}/{url}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(url)
        assert page.locator("h1").count() == 1, url
    page.close()
    assert wide == []
    assert said == []


def test_pages_can_be_read_without_script(browser: Browser, address: tuple[str, list[str]]) -> None:
    base, _ = address
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/")
    page.get_by_role("link", name="Timeline", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Timeline"
    context.close()


def test_hostile_articles_run_nothing(browser: Browser, tmp_path: Path) -> None:
    files = {
        f"content/{number}.md": article(f"Hostile {number}", body=f"{vector}\n\nText.")
        for number, vector in enumerate(HOSTILE)
    }
    site = make_site(tmp_path, files)
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    page = browser.new_page()
    said = watch(page)
    with served(site / "public") as base:
        for number in range(len(files)):
            page.goto(f"{base}/2023/07/27/hostile-{number}/")
            for link in page.get_by_text("press").all():
                link.click(timeout=1000)
            page.mouse.move(100, 200)
        page.close()
    alarming = [line for line in said if "404" not in line]
    assert alarming == []
