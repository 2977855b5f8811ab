import pytest

from digest.diagnostics import Severity
from digest.model.records import Body, Link
from digest.plan.links import Resolved, Targets, fill_body, resolve, write_html
from digest.urls import Base

SOURCE = "content/2023/x.md"
TARGETS = Targets(
    documents={
        SOURCE: "/2023/07/27/x/",
        "content/2023/y.md": "/2023/07/28/y/",
        "content/2024/z w.txt": "/2024/z/",
        "content/entities/caf\u00e9.md": "/entities/caf\u00e9/",
        "content/pages/about.md": "/about/",
    },
    anchors={
        "/": frozenset(),
        "/2023/07/27/x/": frozenset({"what-next", "r\u00e9sum\u00e9", "fn-1"}),
        "/2023/07/28/y/": frozenset({"why"}),
        "/2024/z/": frozenset(),
        "/entities/caf\u00e9/": frozenset(),
        "/about/": frozenset(),
        "/timeline/2023/07/": frozenset({"d-2023-07-27"}),
        "/tags/a&b/": frozenset(),
        "/img/logo.svg": frozenset(),
        "/img/photo.png": frozenset(),
        "/paper.pdf": frozenset(),
    },
    held={"content/2025/later.md": "scheduled"},
    paragraphs={"/2023/07/28/y/": "p-6426e370 p-0a26439b p-0a26439b-2"},
    files={
        "content/2023/chart.png": "/disk/chart.png",
        "content/2023/my chart.PNG": "/disk/my chart.PNG",
        "content/2023/figures.csv": "/disk/figures.csv",
        "content/2023/notes.odt": "/disk/notes.odt",
        "content/2023/drawing.svg": "/disk/drawing.svg",
    },
)
LINKS = {
    "source file": ("y.md", "/2023/07/28/y/"),
    "source file above": ("../2023/y.md", "/2023/07/28/y/"),
    "source file with space": ("../2024/z%20w.txt", "/2024/z/"),
    "source file in another form": ("../entities/cafe%CC%81.md", "/entities/caf\u00e9/"),
    "anchor of a source file": ("y.md#why", "/2023/07/28/y/#why"),
    "query of a source file": ("y.md?a=1#why", "/2023/07/28/y/?a=1#why"),
    "paragraph": ("y.md#p-0a26439b-2", "/2023/07/28/y/#p-0a26439b-2"),
    "own anchor": ("#what-next", "/2023/07/27/x/#what-next"),
    "own anchor in another form": ("#re%CC%81sum%C3%A9", "/2023/07/27/x/#r\u00e9sum\u00e9"),
    "empty anchor": ("#", "/2023/07/27/x/"),
    "own query": ("?a=1", "/2023/07/27/x/?a=1"),
    "page": ("/about/", "/about/"),
    "page without slash": ("/about", "/about/"),
    "home": ("/", "/"),
    "day of a month": ("/timeline/2023/07/#d-2023-07-27", "/timeline/2023/07/#d-2023-07-27"),
    "escaped page": ("/tags/a%26b/", "/tags/a&b/"),
    "page in another form": ("/entities/cafe\u0301/", "/entities/caf\u00e9/"),
    "file of the theme": ("/paper.pdf#page=3", "/paper.pdf#page=3"),
}
FILES = {
    "picture": ("chart.png", "/2023/chart.png", "content/2023/chart.png"),
    "picture with space": ("my%20chart.PNG", "/2023/my chart.PNG", "content/2023/my chart.PNG"),
    "data": ("figures.csv?a#b", "/2023/figures.csv?a#b", "content/2023/figures.csv"),
}
DEAD = {
    "nothing": ("", "it is empty", "write where it leads"),
    "missing file": (
        "yy.md",
        "there is no file content/2023/yy.md",
        "did you mean content/2023/y.md?",
    ),
    "missing page": ("/abuot/", "there is no page /abuot/", "did you mean /about/?"),
    "missing anchor": (
        "y.md#whyy",
        "there is no anchor #whyy on /2023/07/28/y/",
        "did you mean #why?",
    ),
    "a paragraph that was written anew": (
        "y.md#p-0a26439c",
        "there is no anchor #p-0a26439c on /2023/07/28/y/",
        "that paragraph has other words now: copy its link anew",
    ),
    "missing own anchor": (
        "#nothing",
        "there is no anchor #nothing on /2023/07/27/x/",
        "look at the headings of that page",
    ),
    "held article": (
        "../2025/later.md",
        "content/2025/later.md is not on the site: it is scheduled",
        "",
    ),
    "outside of content": ("../../site.toml", "there is no file ../../site.toml", ""),
    "outside of the site": ("../../../etc/passwd", "there is no file ../etc/passwd", ""),
    "file that is not published": ("notes.odt", "content/2023/notes.odt is no file to publish", ""),
    "drawing beside an article": (
        "drawing.svg",
        "content/2023/drawing.svg is no file to publish",
        "",
    ),
    "folder": ("../2023/", "there is no file content/2023", ""),
    "address of the source": ("/content/2023/y.md", "there is no page /content/2023/y.md", ""),
    "NUL": ("%00", "there is no file content/2023/\x00", ""),
}


@pytest.mark.parametrize(("target", "url"), LINKS.values(), ids=LINKS)
def test_link_leads_to_a_page(target: str, url: str) -> None:
    assert resolve(target, SOURCE, TARGETS) == Resolved(url)


@pytest.mark.parametrize(("target", "url", "file"), FILES.values(), ids=FILES)
def test_link_leads_to_a_file_that_is_published_for_it(target: str, url: str, file: str) -> None:
    assert resolve(target, SOURCE, TARGETS) == Resolved(url, file=file)


@pytest.mark.parametrize(("target", "fault", "hint"), DEAD.values(), ids=DEAD)
def test_dead_link(target: str, fault: str, hint: str) -> None:
    found = resolve(target, SOURCE, TARGETS)
    assert (found.url, found.file, found.fault) == ("", "", fault)
    assert hint in found.hint


@pytest.mark.parametrize("target", ["chart.png", "/img/photo.png", "/img/logo.svg"])
def test_picture_is_found(target: str) -> None:
    assert resolve(target, SOURCE, TARGETS, picture=True).url.endswith(target)


@pytest.mark.parametrize(
    "target",
    ["", "y.md", "#what-next", "/about/", "figures.csv", "drawing.svg", "/paper.pdf", "none.png"],
)
def test_what_is_no_picture_is_none(target: str) -> None:
    found = resolve(target, SOURCE, TARGETS, picture=True)
    assert found.url == ""
    assert found.fault


def a_body(*links: Link) -> Body:
    return Body(("<p><a", *(">x</a><a" for _ in links[1:]), ">x</a></p>"), links)


def test_a_body_without_links_is_whole() -> None:
    body = Body(("<p>x</p>",))
    filled = fill_body(body, SOURCE, TARGETS)
    assert write_html(body, filled.urls, Base()) == "<p>x</p>"
    assert filled.diagnostics == ()


@pytest.mark.parametrize(
    ("base", "full", "href"),
    [
        (Base(), False, "/2023/07/28/y/#why"),
        (Base("https://example.org", "/a/b"), False, "/a/b/2023/07/28/y/#why"),
        (Base("https://example.org", "/a/b"), True, "https://example.org/a/b/2023/07/28/y/#why"),
    ],
)
def test_links_are_written_below_the_base_and_whole_in_feeds(
    base: Base, href: str, *, full: bool
) -> None:
    body = a_body(Link("y.md#why", 3))
    filled = fill_body(body, SOURCE, TARGETS)
    assert write_html(body, filled.urls, base, full=full) == f'<p><a href="{href}">x</a></p>'


def test_an_address_is_escaped_in_its_attribute() -> None:
    body = a_body(Link('y.md?a="><b>&c=1'), Link("/tags/a%26b/"))
    filled = fill_body(body, SOURCE, TARGETS)
    assert write_html(body, filled.urls, Base()) == (
        '<p><a href="/2023/07/28/y/?a=&quot;&gt;&lt;b&gt;&amp;c=1">x</a>'
        '<a href="/tags/a&amp;b/">x</a></p>'
    )


@pytest.mark.parametrize(
    ("strict", "severity"),
    [(True, Severity.ERROR), (False, Severity.WARNING)],
    ids=["Markdown", "raw HTML"],
)
def test_a_dead_link_is_found_at_its_line_and_left_out(*, strict: bool, severity: Severity) -> None:
    body = a_body(Link("yy.md", 12, strict=strict))
    filled = fill_body(body, SOURCE, TARGETS)
    assert [(item.code, item.severity, str(item.span)) for item in filled.diagnostics] == [
        ("dead-link", severity, f"{SOURCE}:12")
    ]
    assert "the link 'yy.md' leads nowhere: there is no file" in filled.diagnostics[0].message
    assert write_html(body, filled.urls, Base()) == "<p><a>x</a></p>"


def test_a_dead_picture_leaves_a_valid_empty_one() -> None:
    body = Body(("<img", ' alt="x">'), (Link("none.png", 2, image=True),))
    filled = fill_body(body, SOURCE, TARGETS)
    assert write_html(body, filled.urls, Base()) == '<img src="data:," alt="x">'
    assert "the picture 'none.png'" in filled.diagnostics[0].message


def test_every_dead_link_of_a_body_is_found() -> None:
    filled = fill_body(a_body(Link("a.md", 1), Link("y.md", 2), Link("b.md", 3)), SOURCE, TARGETS)
    assert [item.span.line for item in filled.diagnostics if item.span] == [1, 3]


def test_files_of_a_body_are_published() -> None:
    body = Body(("<img", "><a", ">x</a>"), (Link("chart.png", image=True), Link("figures.csv")))
    assert fill_body(body, SOURCE, TARGETS).files == (
        "content/2023/chart.png",
        "content/2023/figures.csv",
    )
