"""The preview in a real browser: it follows every save, and lets no other site in."""

import signal
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from previews import Preview, preview, until
from support import article, make_site, write_files

URL = "/2023/07/27/piece/"
PIECE = "content/piece.md"
LONG = "\n\n".join(["A paragraph of the piece."] * 400)
STYLE = "body { background: rgb(1, 2, 3); }"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Preview]:
    files = {
        PIECE: article("Piece", body=f"First.\n\n{LONG}", extra="tags: [t]"),
        "content/other.md": article("Other", date="2021-01-01", extra="tags: [t]"),
        "content/far.md": article("Far", date="2001-01-01"),
        "content/draft.md": article("Draft", date="2021-01-02", extra="tags: [t]\nstatus: draft"),
        "static/extra.css": STYLE,
        "templates/article.html": (
            '{% extends "base.html" %}{% block head %}'
            '<link rel="stylesheet" href="{{ site.home }}extra.css">{% endblock %}'
            "{% block main %}<h1>{{ page.head.title }}</h1>{{ page.body|safe }}{% endblock %}"
        ),
    }
    with preview(make_site(tmp_path, files)) as running:
        yield running


@contextmanager
def opened(browser: Browser, served: Preview, url: str = URL) -> Iterator[Page]:
    """Give a page that is up to date, with a mark that is lost when it is loaded again."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"http://localhost:{served.port}{url}")
    page.wait_for_timeout(300)
    page.evaluate("window.untouched = true")
    yield page
    assert [it for it in complaints if "ERR_CONNECTION" not in it and "404" not in it] == []
    page.close()


def comes_true(page: Page, expression: str) -> None:
    """Wait until something is so in a page that may be loaded again meanwhile."""

    def holds() -> bool:
        try:
            return bool(page.evaluate(expression))
        except Error:  # between two documents
            return False

    until(holds, what=expression)


def picture(width: int) -> bytes:
    """Return a black PNG of one line."""
    head = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(width + 1))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def untouched(page: Page) -> bool:
    return bool(page.evaluate("window.untouched === true"))


def test_an_edit_is_shown_where_the_reader_was(browser: Browser, served: Preview) -> None:
    with opened(browser, served) as page:
        page.evaluate("scrollTo(0, 700)")
        write_files(served.site, {PIECE: article("Piece", body=f"Second.\n\n{LONG}")})
        page.get_by_text("Second.").wait_for()
        comes_true(page, "Math.abs(scrollY - 700) < 2")
        assert not untouched(page)


def test_an_edit_elsewhere_leaves_the_page_alone(browser: Browser, served: Preview) -> None:
    with opened(browser, served, "/2001/01/01/far/") as page:
        number = served.state()["number"]
        write_files(served.site, {"content/draft.md": article("New", date="2021-01-02")})
        until(lambda: served.state()["number"] > number)
        page.wait_for_timeout(700)
        assert untouched(page)


def test_a_style_sheet_is_exchanged(browser: Browser, served: Preview) -> None:
    with opened(browser, served) as page:
        background = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(background) == "rgb(1, 2, 3)"
        page.evaluate("scrollTo(0, 500)")
        for color in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
            write_files(served.site, {"static/extra.css": f"body {{ background: {color}; }}"})
            comes_true(page, f"{background} === '{color}'")
        comes_true(page, "document.querySelectorAll('link[href*=extra]').length === 1")
        assert untouched(page)
        assert page.evaluate("scrollY") == 500


def test_what_a_style_sheet_imports_is_followed(browser: Browser, served: Preview) -> None:
    files = {"static/extra.css": '@import "inner.css";', "static/inner.css": STYLE}
    write_files(served.site, files)
    until(lambda: served.get("/inner.css").status == 200)
    with opened(browser, served) as page:
        background = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(background) == "rgb(1, 2, 3)"
        write_files(served.site, {"static/inner.css": STYLE.replace("3", "9")})
        comes_true(page, f"{background} === 'rgb(1, 2, 9)'")
        assert untouched(page)


def test_an_address_that_is_none_disturbs_nothing(browser: Browser, served: Preview) -> None:
    strange = "sources: [https://1.2.3.4.5/x]"
    template = '{% extends "base.html" %}{% block main %}<a href="http://[">x</a>{% endblock %}'
    write_files(
        served.site, {PIECE: article("Piece", extra=strange), "templates/article.html": template}
    )
    until(lambda: "http://[" in served.get(URL).text)
    with opened(browser, served) as page:
        write_files(served.site, {PIECE: article("Piece", date="2023-99-01")})
        page.get_by_role("dialog").wait_for()
        assert untouched(page)


def test_a_picture_is_exchanged(browser: Browser, served: Preview) -> None:
    piece = article("Piece", body="![A line](line.png)")
    write_files(served.site, {"content/line.png": picture(20), PIECE: piece})
    until(lambda: "line.png" in served.get(URL).text)
    with opened(browser, served) as page:
        width = "document.querySelector('main img').naturalWidth"
        assert page.evaluate(width) == 20
        write_files(served.site, {"content/line.png": picture(40)})
        comes_true(page, f"{width} === 40")


def test_renamed_and_deleted(browser: Browser, served: Preview) -> None:
    with opened(browser, served, "/tags/t/") as page:
        write_files(served.site, {PIECE: article("Another name", extra="tags: [t]")})
        page.get_by_role("link", name="Another name").wait_for()
    with opened(browser, served, "/2021/01/01/other/") as page:
        (served.site / "content/other.md").unlink()
        page.get_by_text("There is nothing").or_(page.get_by_text("404")).first.wait_for()
        write_files(
            served.site, {"content/other.md": article("Other", date="2021-01-01", body="Again.")}
        )
        page.get_by_text("Again.").wait_for()


def test_findings_lie_over_the_page_until_they_are_mended(
    browser: Browser, served: Preview
) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    with opened(browser, served) as page:
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.className")
        write_files(
            served.site,
            {f"content/{hostile}.md".replace("/>", ">"): article("T", date="2023-99-01")},
        )
        dialog = page.get_by_role("dialog", name="The last save has errors")
        dialog.wait_for()
        assert "date-format" in dialog.inner_text()
        assert f"content/{hostile}.md:3:7" in dialog.inner_text()
        assert "3 | date: 2023-99-01" in dialog.inner_text()
        assert "hint:" in dialog.inner_text()
        assert page.evaluate("document.activeElement.id") == "digest-overlay"
        assert untouched(page)
        page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
        assert page.evaluate("document.activeElement.className") == focused
        write_files(served.site, {PIECE: article("Piece", date="2023-99-02")})
        dialog.wait_for()
        assert dialog.get_by_role("listitem").count() == 2
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        (served.site / f"content/{hostile}.md").unlink()
        write_files(served.site, {PIECE: article("Piece", body="All is well.")})
        dialog.wait_for(state="detached")
        page.get_by_text("All is well.").wait_for()
        assert page.locator("#digest-overlay").count() == 0


def test_a_site_that_cannot_be_made_at_first(browser: Browser, tmp_path: Path) -> None:
    site = make_site(tmp_path, {PIECE: article("Piece", date="2023-99-01")})
    with preview(site) as served, opened_failed(browser, served) as page:
        page.get_by_text("date-format").wait_for()
        write_files(site, {PIECE: article("Piece", body="All is well.")})
        page.get_by_text("All is well.").wait_for()
        assert page.get_by_text("date-format").count() == 0


@contextmanager
def opened_failed(browser: Browser, served: Preview) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(served.origin + URL)
    yield page
    page.close()


def test_a_template_that_fails_for_one_page(browser: Browser, served: Preview) -> None:
    template = (
        '{% extends "base.html" %}{% block main %}{{ page.body|safe }}'
        '{% if page.head.title == "Other" %}{{ page.nothing }}{% endif %}{% endblock %}'
    )
    with opened(browser, served) as page:
        write_files(served.site, {"templates/article.html": template})
        dialog = page.get_by_role("dialog")
        dialog.wait_for()
        assert "has no 'nothing', in the page of content/other.md" in dialog.inner_text()
        assert untouched(page)
        mended = template.replace("page.nothing", "'Fine.'")
        write_files(served.site, {"templates/article.html": mended})
        dialog.wait_for(state="detached")
        comes_true(page, "!document.querySelector('h1')")


def test_badges(browser: Browser, served: Preview) -> None:
    with opened(browser, served, "/2021/01/02/draft/") as page:
        badge = page.get_by_label("Preview", exact=True)
        assert badge.inner_text() == "Draft: not published"
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.digest-badge')).position")
            == "fixed"
        )
        write_files(served.site, {"content/draft.md": article("Draft", date="2021-01-02")})
        badge.wait_for(state="detached")
    write_files(
        served.site,
        {"content/draft.md": article("Draft", date="2021-01-02", extra="tags: [t]\nstatus: draft")},
    )
    until(lambda: served.state()["held"])
    with opened(browser, served, "/tags/t/") as page:
        marks = page.locator(".digest-mark")
        marks.first.wait_for()
        assert marks.all_inner_texts() == ["Draft"]


def test_the_server_is_started_again(browser: Browser, tmp_path: Path) -> None:
    site = make_site(tmp_path, {PIECE: article("Piece", body="First.")})
    with preview(site) as served:
        page = browser.new_page()
        page.goto(served.origin + URL)
        page.wait_for_timeout(300)
        page.evaluate("window.untouched = true")
        port = served.port
        served.end(signal.SIGTERM)
    with preview(site, "--port", port) as served:
        page.wait_for_timeout(3500)
        assert untouched(page)  # nothing has changed, so nothing is loaded again
        write_files(site, {PIECE: article("Piece", body="Second.")})
        page.get_by_text("Second.").wait_for()
    page.close()


def test_twelve_tabs_share_a_stream(browser: Browser, served: Preview) -> None:
    context = browser.new_context()
    pages = [context.new_page() for _ in range(12)]
    for page in pages:
        page.goto(f"http://localhost:{served.port}{URL}", timeout=10_000)
    write_files(served.site, {PIECE: article("Piece", body="Second.")})
    for page in pages:
        page.get_by_text("Second.").wait_for()
    pages[0].close()  # the one that held the stream
    write_files(served.site, {PIECE: article("Piece", body="Third.")})
    for page in pages[1:]:
        page.get_by_text("Third.").wait_for()
        assert page.get_by_text("Second.").count() == 0
    context.close()


def test_the_pages_of_the_preview_itself(browser: Browser, served: Preview) -> None:
    with opened(browser, served, "/_digest/") as page:
        assert page.get_by_role("link", name="Draft").is_visible()
        write_files(served.site, {PIECE: article("Piece", body="Second.")})
        page.get_by_role("cell", name=PIECE).wait_for()
        page.get_by_role("link", name="Pages").click()
        page.get_by_label("Address, source or kind").fill("piece.md")
        page.get_by_role("button", name="Find").click()
        row = page.get_by_role("row").nth(1)
        assert URL in row.inner_text()
        assert "body" in row.inner_text()
        page.get_by_role("link", name="Suggestions").click()
        page.get_by_role("heading", name="Suggestions").wait_for()
    for url in ("/_digest/", "/_digest/pages", "/_digest/suggestions"):
        for width in (320, 1280):
            context = browser.new_context(viewport={"width": width, "height": 800})
            page = context.new_page()
            page.goto(served.origin + url)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (url, width)
            context.close()


ATTACK = """
async (base) => {
  const outcome = {};
  const attempt = async (name, work) => {
    try { outcome[name] = await work(); } catch (fault) { outcome[name] = "refused"; }
  };
  for (const path of ["/", "/_digest/events", "/_digest/state?page=/", "/_digest/findings"]) {
    for (const mode of ["cors", "no-cors"]) {
      await attempt(`fetch ${mode} ${path}`, async () => {
        const answer = await fetch(base + path, { mode });
        return (await answer.text()) === "" ? "refused" : "read";
      });
    }
    await attempt(`stream ${path}`, () => new Promise((done) => {
      const stream = new EventSource(base + path);
      stream.onmessage = () => done("read");
      stream.onerror = () => { stream.close(); done("refused"); };
    }));
  }
  const load = (name, tag, attribute, path) => attempt(name, () => new Promise((done) => {
    const element = document.createElement(tag);
    element[attribute] = base + path;
    element.onload = () => done(tag === "iframe" ? frame(element) : "read");
    element.onerror = () => done("refused");
    document.body.append(element);
    setTimeout(() => done("refused"), 3000);
  }));
  const frame = (element) => {
    try { return element.contentDocument.body.textContent ? "read" : "refused"; }
    catch { return "refused"; }
  };
  await load("script", "script", "src", "/_digest/preview.js");
  await load("picture", "img", "src", "/favicon.svg");
  await load("frame", "iframe", "src", "/2021/01/02/draft/");
  await attempt("window", () => new Promise((done) => {
    const other = open(base + "/2021/01/02/draft/");
    setTimeout(() => {
      try { done(other.document.body.textContent.includes("Draft") ? "read" : "refused"); }
      catch { done("refused"); }
    }, 1500);
  }));
  return outcome;
}
"""


class _Evil(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>x</title><body><p>another site")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name in the library
        del format, args


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_another_site_reads_nothing(browser: Browser, served: Preview, name: str) -> None:
    evil = ThreadingHTTPServer(("127.0.0.1", 0), _Evil)
    threading.Thread(target=evil.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://{name}:{evil.server_port}/")
    outcome = page.evaluate(ATTACK, f"http://127.0.0.1:{served.port}")
    assert {key for key, found in outcome.items() if found != "refused"} == set()
    assert len(outcome) == 16
    page.close()
    evil.shutdown()
    evil.server_close()
    assert served.get("/").status == 200


def test_the_style_sheet_of_the_theme_is_exchanged(browser: Browser, served: Preview) -> None:
    with opened(browser, served, "/") as page:
        for color in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
            write_files(served.site, {"static/digest.css": f"body {{ background: {color}; }}"})
            comes_true(page, f"getComputedStyle(document.body).backgroundColor === '{color}'")
        comes_true(
            page, "document.querySelectorAll('link[rel=stylesheet][href*=assets]').length === 1"
        )
        assert untouched(page)
