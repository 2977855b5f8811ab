"""Content that looks dangerous and must come out right."""

import os
import re
from pathlib import Path

import pytest

from support import NOW, SITE, article, bare, build_site, make_site, page, read_tree, run_digest

A = "content/a.md"
TEXT = article(
    "Café", body="One\n\n* two\n* three\n\n| a | b |\n|---|---|\n| 1 | 2 |", extra="tags: [x]"
)
URL = "/2023/07/27/caf%C3%A9/"
ARTICLE = "/2023/07/27/café/"


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("---\n", "---   \n").encode(),
        b"\n\n" + TEXT.encode(),
    ],
    ids=["byte order mark", "CRLF", "CR", "spaces behind the dashes", "empty lines before"],
)
def test_the_same_text_in_another_coat_gives_the_same_site(tmp_path: Path, text: bytes) -> None:
    plain = make_site(tmp_path / "plain", {A: TEXT})
    other = make_site(tmp_path / "other", {A: text})
    assert build_site(plain).ok
    assert build_site(other).ok
    assert read_tree(plain / "public") == read_tree(other / "public")


def test_tags_stay_as_typed(tmp_path: Path) -> None:
    tags = ["no", "on", "yes", "null", "0123", "12:30", "3.10", "1e3", "~"]
    site = make_site(tmp_path, {A: article(extra=f"tags: [{', '.join(tags)}]")})
    assert build_site(site).ok
    found = re.findall(r'rel="tag"[^>]*>([^<]*)<', page(site, "/2023/07/27/a-title/"))
    assert found == tags
    assert (site / "public/tags/tilde/index.html").is_file()


def test_one_tag_may_stand_without_brackets(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(extra="tags: labor")})
    assert build_site(site).ok
    names = {path.name for path in (site / "public/tags").iterdir()}
    assert names == {"labor", "index.html"}


def test_front_matter_alone_builds_with_a_warning(tmp_path: Path) -> None:
    outcome = build_site(make_site(tmp_path, {A: '---\ntitle: "x"\ndate: 2023\n---\n'}))
    assert outcome.ok
    assert outcome.codes == ["empty-body"]


def test_a_title_may_hold_separators_and_overrides(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article("a\u2028b \u202egnitset")})
    assert build_site(site).ok, build_site(site).text
    assert "gnitset" in page(site, "/feed.xml")


def test_template_marks_in_a_text_are_text(tmp_path: Path) -> None:
    body = "{{ 7*7 }} {% include '/etc/passwd' %} {# x #}"
    site = make_site(
        tmp_path, {A: article("{{ 6*6 }}x", body=body), "content/b.txt": f"date 2023 {body}"}
    )
    assert build_site(site).ok
    html = page(site, "/2023/07/27/6-6-x/")
    assert "{{ 7*7 }} {% include \u2018/etc/passwd’ %} {# x #}" in html
    assert "{{ 6*6 }}x" in html
    assert "49" not in html
    assert "{{ 7*7 }}" in page(site, "/2023/7-7-include-etc-passwd-x/")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Tokyo", "UTC"])
def test_a_day_is_the_same_day_everywhere(tmp_path: Path, zone: str) -> None:
    for name, place in (("here", "UTC"), ("there", zone)):
        site = make_site(tmp_path / name, {A: article()})
        done = run_digest("build", "--now", "2026-01-01", cwd=site, env={"TZ": place})
        assert done.code == 0, done.err
    assert read_tree(tmp_path / "here/public") == read_tree(tmp_path / "there/public")
    html = page(tmp_path / "there", "/2023/07/27/a-title/")
    assert '<time datetime="2023-07-27">27 July 2023</time>' in html


def test_a_moment_keeps_its_offset_and_sorts_by_instant(tmp_path: Path) -> None:
    files = {
        "content/late.md": article("Late", date="2023-07-27T23:30:00-05:00"),
        "content/early.md": article("Early", date="2023-07-28T01:00:00+00:00"),
        "content/day.md": article("Day", date="2023-07-28"),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    assert "27 July 2023" in page(site, "/2023/07/27/late/")
    feed = page(site, "/feed.xml")
    assert "<published>2023-07-27T23:30:00-05:00</published>" in feed
    assert re.findall(r"<title>(\w+)</title>", feed)[1:] == ["Late", "Early", "Day"] or re.findall(
        r"<entry>\n<id>.*\n<title>(\w+)</title>", feed
    ) == ["Late", "Early", "Day"]


def test_a_date_keeps_its_precision_everywhere(tmp_path: Path) -> None:
    files = {
        "content/y.md": article("Year", date='"1811"'),
        "content/m.md": article("Month", date="1811-03"),
        "content/d.md": article("Day", date="1811-03-04"),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    assert '<time datetime="1811">1811</time>' in page(site, "/1811/year/")
    assert '<time datetime="1811-03">March 1811</time>' in page(site, "/1811/03/month/")
    year = page(site, "/timeline/1811/")
    assert year.index("Day</a>") < year.index("Month</a>") < year.index("Year</a>")
    assert "1811-01-01" not in "".join(
        path.read_text() for path in (site / "public").rglob("*.html")
    )


def test_what_is_dated_ahead_waits_and_then_appears(tmp_path: Path) -> None:
    config = SITE + 'timezone = "Europe/Berlin"\n'
    files = {A: article("Soon", date="2023-07-28"), "content/b.md": article("Now")}
    site = make_site(tmp_path, files, config)
    done = run_digest("build", "--now", "2023-07-27T23:59:00+02:00", cwd=site)
    assert "held back: content/a.md (scheduled, publishes 2023-07-28 00:00 +0200)" in done.out
    assert "Soon" not in "".join(path.read_text() for path in (site / "public").rglob("*.*ml"))
    done = run_digest("build", "--now", "2023-07-28T00:00:00+02:00", cwd=site)
    assert "held back" not in done.out
    assert "Soon" in page(site, "/")


def test_the_day_of_the_build_leaves_no_trace(tmp_path: Path) -> None:
    for day in ("2026-01-31", "2026-03-01"):
        site = make_site(tmp_path / day, {A: article(), "content/b.txt": "date 2023-01 Text."})
        assert run_digest("build", "--now", day, cwd=site).code == 0
    assert read_tree(tmp_path / "2026-01-31/public") == read_tree(tmp_path / "2026-03-01/public")


def test_twenty_articles_of_one_moment_have_one_order(tmp_path: Path) -> None:
    names = [f"content/{number:02}.md" for number in range(20)]
    trees: list[dict[str, bytes]] = []
    for order in (names, names[::-1]):
        files = {name: article(f"T {name[8:10]}", "2023-07-27T10:00:00Z") for name in order}
        site = make_site(tmp_path / str(len(trees)), files)
        assert build_site(site).ok
        trees.append(read_tree(site / "public"))
    assert trees[0] == trees[1]


CANARY = "zweiundvierzig"


@pytest.mark.parametrize(
    "extra",
    ["status: draft", "publish: 2030-01-01", "expires: 2024-01-01"],
    ids=["draft", "scheduled", "expired"],
)
def test_what_is_held_back_leaves_no_word(tmp_path: Path, extra: str) -> None:
    full = f"{extra}\ntags: [{CANARY}]\nentities: [{CANARY}]\nslug: {CANARY}\n"
    full += f"image: {{src: {CANARY}.png, alt: {CANARY}}}"
    site = make_site(tmp_path, {"content/b.md": article("B", body="[x](a.md)")})
    open_text = article(CANARY, body=CANARY, extra=f"tags: [{CANARY}]\nslug: {CANARY}")
    hidden = article(CANARY, body=f"{CANARY} ![{CANARY}]({CANARY}.png)", extra=full)
    (site / f"content/{CANARY}.png").write_bytes(b"x")
    (site / A).write_text(open_text)
    assert build_site(site).ok
    assert CANARY in page(site, "/")
    (site / A).write_text(hidden)
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    tree = read_tree(site / "public")
    assert [path for path, data in tree.items() if CANARY in path or CANARY.encode() in data] == []
    assert outcome.report is not None
    assert [item.path for item in outcome.report.held] == [A]
    assert outcome.codes == ["dead-link"]


def test_drafts_are_built_when_asked_for(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article("Draft", extra="status: draft")})
    assert build_site(site, drafts=True).ok
    assert "Draft" in page(site, "/")


def test_dated_text_is_text(tmp_path: Path) -> None:
    text = "\n date 2023-07-27 The U.S. *board* said <b>no</b>. More.\n\nSecond\nparagraph.\n"
    site = make_site(
        tmp_path, {"content/x.txt": text, "content/y.md": text.replace("board", "panel")}
    )
    assert build_site(site).ok
    html = bare(page(site, "/2023/07/27/the-u-s-board-said-b-no-b/"))
    assert (
        "<p>The U.S. *board* said &lt;b&gt;no&lt;/b&gt;. More.</p>\n<p>Second paragraph.</p>"
        in html
    )
    assert ">The U.S. *board* said &lt;b&gt;no&lt;/b&gt;</h1>" in html
    assert "panel" in page(site, "/")


def test_litter_is_never_read(tmp_path: Path) -> None:
    names = [".#x.md", "x.md~", ".x.md.swp", "4913", ".DS_Store", "y.md.tmp", "#x.md#", ".git/x.md"]
    site = make_site(tmp_path, {f"content/{name}": "not an article" for name in names})
    (site / "content/.#lock.md").symlink_to("nobody@nowhere:1")
    (site / A).write_text(article())
    outcome = build_site(site)
    assert outcome.ok
    assert outcome.diagnostics == ()


def test_links_pipes_and_loops_are_met_with_care(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {A: article()})
    (site / "content/loop").symlink_to(site / "content")
    (site / "content/gone.md").symlink_to("nowhere.md")
    os.mkfifo(site / "content/pipe.md")
    outcome = build_site(site)
    assert outcome.ok
    assert outcome.codes == ["skipped"] * 3
    (tmp_path / "secret.md").write_text(article("Secret"))
    (site / "content/out.md").symlink_to(tmp_path / "secret.md")
    (site / "static").mkdir()
    (site / "static/passwd").symlink_to("/etc/passwd")
    outcome = build_site(site)
    assert not outcome.ok
    assert outcome.codes.count("link-outside") == 2


def test_dotfiles_in_static_are_not_published(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(), "static/.env": "SECRET=1", "static/CNAME": "e.org"})
    assert build_site(site).ok
    tree = read_tree(site / "public")
    assert ".env" not in tree
    assert tree["CNAME"] == b"e.org"


def test_now_is_passed_in(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(date="2026-06-01")})
    assert NOW.isoformat() == "2026-06-01T12:00:00+00:00"
    assert build_site(site).ok
    assert "1 June 2026" in page(site, "/")


def test_a_storyline_is_no_article(tmp_path: Path) -> None:
    storyline = "---\ntitle: Storyline\nstatus: ongoing\n---\n"
    site = make_site(tmp_path, {A: article(), "content/storylines/x.md": storyline})
    outcome = build_site(site)
    assert outcome.ok
    assert outcome.codes == []
    assert "Storyline<" not in page(site, "/")
    assert '<h1 dir="auto">Storyline</h1>' in page(site, "/storylines/storyline/")
