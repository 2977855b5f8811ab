from pathlib import Path

import pytest

from support import article, build_site, make_site, page, write_files

A = "content/a.md"
HEAD = '[site]\ntitle = "T"\n'
WRONG = [
    ("no section", "", "config-missing", 0, "[site]"),
    ("no title", "[site]\nurl = 'https://e.org/'\n", "config-missing", 0, "title"),
    ("empty title", "[site]\ntitle = ' '\n", "config-value", 2, ""),
    ("unknown key", HEAD + "ulr = 'x'\n", "config-unknown", 3, "url"),
    ("far key", HEAD + "zzz = 1\n", "config-unknown", 3, "known are"),
    ("unknown section", HEAD + "[biuld]\noutput = 'x'\n", "config-unknown", 3, "build"),
    ("section as value", "site = 1\n", "config-type", 1, "[site]"),
    ("number as title", "[site]\ntitle = 1\n", "config-type", 2, ""),
    ("address", HEAD + "url = 'example.org'\n", "config-value", 3, ""),
    ("address with a query", HEAD + "url = 'https://e.org/?a'\n", "config-value", 3, ""),
    ("language", HEAD + "language = 'english!'\n", "config-value", 3, ""),
    ("zone", HEAD + "timezone = 'Mars/Base'\n", "config-value", 3, ""),
    ("zone as path", HEAD + "timezone = '/etc/passwd'\n", "config-value", 3, ""),
    ("no entries", HEAD + "[feed]\nentries = 0\n", "config-value", 4, ""),
    ("search", HEAD + "[search]\nengine = 'x'\n", "config-value", 4, ""),
    ("syntax", "[site]\ntitle = x\n", "config-syntax", 2, ""),
    ("open text", '[site]\ntitle = "x\n', "config-syntax", 2, ""),
    ("key twice", HEAD + "title = 'x'\n", "config-syntax", 3, ""),
    ("open section", "[site", "config-syntax", 0, ""),
]


@pytest.mark.parametrize("case", WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_setting_is_placed(tmp_path: Path, case: tuple[str, str, str, int, str]) -> None:
    _, text, code, line, hint = case
    outcome = build_site(make_site(tmp_path, {A: article()}, text))
    assert outcome.codes == [code]
    span = outcome.diagnostics[0].span
    assert span is not None
    assert span.path == "site.toml"
    assert line in {0, span.line}
    assert hint in outcome.text


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    text = HEAD + "titel = 'x'\nlanguage = '!'\n[feed]\nentries = 'many'\n"
    outcome = build_site(make_site(tmp_path, {A: article()}, text))
    assert sorted(outcome.codes) == ["config-type", "config-unknown", "config-value"]


def test_settings_that_are_no_text(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article()})
    write_files(site, {"site.toml": b"[site]\ntitle = '\xff'\n"})
    assert build_site(site).codes == ["not-utf8"]
    (site / "site.toml").unlink()
    (site / "site.toml").mkdir()
    assert build_site(site).codes == ["unreadable"]


def test_all_settings_do_what_they_say(tmp_path: Path) -> None:
    text = (
        '[site]\ntitle = "Título"\nurl = "https://exämple.org:8443/a b/"\ndescription = "D"\n'
    ).replace("a b", "a%20b") + (
        'language = "es"\ntimezone = "Europe/Madrid"\n[build]\noutput = "out"\n'
        '[feed]\nentries = 1\nauthority = "https://old.example"\n'
    )
    files = {A: article("A"), "content/b.md": article("B", date="2023-07-28")}
    site = make_site(tmp_path, files, text)
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    feed = (site / "out/feed.xml").read_text()
    assert feed.count("<entry>") == 1
    assert "https://xn--exmple-cua.org:8443/a%20b/2023/07/28/b/" in feed
    assert "2023-07-28T00:00:00+02:00" in feed
    html = (site / "out/2023/07/28/b/index.html").read_text()
    assert '<html lang="es">' in html
    assert '<time datetime="2023-07-28">28 de julio de 2023</time>' in html


def test_the_file_may_come_in_another_coat(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article()})
    write_files(site, {"site.toml": "\ufeff" + HEAD.replace("\n", "\r\n")})
    outcome = build_site(site)
    assert outcome.codes == ["no-source", "no-site-url"]
    assert "<title>T</title>" in page(site, "/")
