from pathlib import Path

import pytest

from digest.config.load import find_site, load_config
from digest.config.records import Config, Limits, SiteInfo
from digest.diagnostics import Diagnostic, DigestError
from digest.urls import Base

TITLE = '[site]\ntitle = "A"\nurl = "https://a.example/"\n'


def load(folder: Path, text: str | bytes) -> Config:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "site.toml").write_bytes(data)
    return load_config(folder)[0]


def faults(folder: Path, text: str | bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(DigestError) as caught:
        load(folder, text)
    return caught.value.diagnostics


def test_a_title_and_an_address_are_enough(tmp_path: Path) -> None:
    assert load(tmp_path, TITLE) == Config(
        site=SiteInfo("A", "https://a.example/"),
        base=Base("https://a.example"),
        feed_authority="https://a.example",
    )


def test_every_key_is_read(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        '[site]\ntitle = "A"\nurl = "https://a.example/b/"\ndescription = "D"\nlanguage = "en-GB"\n'
        'timezone = "Europe/Berlin"\n[build]\noutput = "out"\n[feed]\nentries = 5\n'
        'authority = "https://old.example"\n[limits]\narticle_bytes = 10\nmarkdown_seconds = 1\n'
        "image_pixels = 100\nimage_bytes = 1000\n[social]\ncards = true\n"
        '[search]\nengine = "none"\n',
    )
    site = SiteInfo("A", "https://a.example/b/", "D", "en-GB", "Europe/Berlin")
    base, limits = Base("https://a.example", "/b"), Limits(10, 1, 100, 1000)
    assert config == Config(
        site, base, "out", limits, 5, "https://old.example", search_engine="none", cards=True
    )


def test_a_site_without_an_address_is_warned(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[site]\ntitle = "A"\n', encoding="utf-8")
    config, (finding,) = load_config(tmp_path)
    assert (config.base, finding.code) == (Base(), "no-site-url")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_line_endings_and_byte_order_mark_change_nothing(
    mark: str, ending: str, tmp_path: Path
) -> None:
    assert load(tmp_path, mark + TITLE.replace("\n", ending)) == load(tmp_path, TITLE)


WRONG = [
    # text below a good [site], code, place, message, hint
    ("tilte = 'x'", "config-unknown", ":4:1", "unknown key 'tilte'", "did you mean 'title'?"),
    ("[sites]", "config-unknown", ":4:1", "unknown section 'sites'", "did you mean 'site'?"),
    (
        "[xyz]\na = 1",
        "config-unknown",
        ":4:1",
        "unknown section 'xyz'",
        "known are build, ent",
    ),
    ("[feed]\noutput = 'x'", "config-unknown", ":5:1", "'output'", "it belongs below [build]"),
    ("[build]\n  xyz = 1", "config-unknown", ":5:3", "unknown key 'xyz'", "known are output"),
    ("language = 3", "config-type", ":4:1", "must be text in quotes, got 3", 'language = "…"'),
    ("[feed]\nentries = '9'", "config-type", ":5:1", "must be a whole number", "entries = 20"),
    ("[feed]\nentries = true", "config-type", ":5:1", "a whole number, got True", "entries = 20"),
    ("[feed]\nentries = 9.5", "config-type", ":5:1", "a whole number, got 9.5", "entries = 20"),
    ("[feed]\nentries = 0", "config-value", ":5:1", "from 1 to 1,000,000,000, got 0", ""),
    ("[limits]\narticle_bytes = -1", "config-value", ":5:1", "from 1 to", ""),
    (f"[limits]\narticle_bytes = {10**30}", "config-value", ":5:1", "from 1 to", ""),
    ("language = 'english!'", "config-value", ":4:1", "a language tag such as en", ""),
    ("timezone = 'Mars/Olympus'", "config-value", ":4:1", "a time zone such as Europe", ""),
    ("timezone = '/etc/localtime'", "config-value", ":4:1", "a time zone such as", ""),
    ('description = "a\\u000bb"', "config-value", ":4:1", "the character U+000B", "delete"),
    ('[build]\noutput = "a\\u0000b"', "config-value", ":5:1", "the character U+0000", "delete"),
    ("[build]\noutput = ' '", "config-value", ":5:1", "must not be empty", ""),
    ("[search]\nengine = 'x'", "config-value", ":5:1", "must be pagefind or none", ""),
    ("title", "config-syntax", ":4:6", "not TOML: ", "below [site]"),
    ("language = en", "config-syntax", ":4:12", "not TOML: invalid value", "below [site]"),
    ("title = 'B'", "config-syntax", ":4:12", "not TOML: cannot overwrite", "below [site]"),
    ("x = '", "config-syntax", ":4:6", "not TOML: ", "below [site]"),
    ("x = " + "[" * 9999, "config-syntax", "", "not TOML: ", "below [site]"),
    ("x = " + "1" * 9999, "config-syntax", "", "not TOML: ", "below [site]"),
]


@pytest.mark.parametrize(
    ("below", "code", "place", "message", "hint"), WRONG, ids=[case[0][:40] for case in WRONG]
)
def test_a_wrong_setting_is_told_with_its_place(
    below: str, code: str, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    (finding,) = faults(tmp_path, TITLE + below)
    span = finding.span
    assert span is not None
    assert (finding.code, str(span)) == (code, f"site.toml{place}")
    assert finding.source == (below.split("\n")[span.line - 4] if span.line else "")
    assert message in finding.message
    assert hint in finding.hint


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["config-missing"]),
        ("[site]\n", ["config-missing"]),
        ("[site]\ntitle = ' '\n", ["config-value"]),
        ("[site]\ntilte = 'A'\n", ["config-missing", "config-unknown"]),
        ("title = 'A'\n", ["config-missing", "config-unknown"]),
        ("site = 3\n", ["config-type"]),
        ("site = 'title'\n", ["config-type"]),
        ("[[site]]\ntitle = 'A'\n", ["config-type"]),
        (TITLE + "a = 1\nlanguage = 2\n[b]\n", ["config-type", "config-unknown", "config-unknown"]),
    ],
)
def test_every_fault_is_told_at_once(text: str, codes: list[str], tmp_path: Path) -> None:
    assert sorted(item.code for item in faults(tmp_path, text)) == codes


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://a.example/",
        "https://",
        "https://a b/",
        "https://a/?q",
        "https://a/../b",
        "https://a.example:99999/",
        "javascript:alert(1)",
        'https://a"/',
    ],
)
def test_an_address_must_be_one(url: str, tmp_path: Path) -> None:
    (finding,) = faults(tmp_path, f"[site]\ntitle = 'A'\nurl = '{url}'\n")
    assert (finding.code, str(finding.span)) == ("config-value", "site.toml:3:1")


def test_a_title_in_another_section_is_led_to_its_own(tmp_path: Path) -> None:
    found = faults(tmp_path, "title = 'A'\n")
    assert [item.hint for item in found if item.code == "config-unknown"] == [
        "it belongs below [site]"
    ]


def test_a_file_that_is_no_utf_8_is_told(tmp_path: Path) -> None:
    (finding,) = faults(tmp_path, b"\xef\xbb\xbftitle = '\xff'")
    assert (finding.code, finding.message) == ("not-utf8", "not UTF-8 at byte 12")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(DigestError) as caught:
        load_config(tmp_path)
    assert [item.code for item in caught.value.diagnostics] == ["unreadable"]


def test_a_site_is_found_from_inside(tmp_path: Path) -> None:
    below = tmp_path / "content" / "2023"
    below.mkdir(parents=True)
    (tmp_path / "site.toml").touch()
    assert find_site(below) == find_site(tmp_path) == tmp_path.resolve()


def test_a_folder_outside_every_site_is_told_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "site.toml").mkdir()
    with pytest.raises(DigestError) as caught:
        find_site(tmp_path)
    (finding,) = caught.value.diagnostics
    assert finding.code == "no-site"
    assert str(tmp_path) in finding.message
    assert "--site DIR" in finding.hint
