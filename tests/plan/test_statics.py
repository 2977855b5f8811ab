"""Static files under names with a fingerprint, and style sheets that name them."""

import base64
import hashlib
import posixpath
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cache.keys import digest_of
from digest.plan.statics import FOLDER, StaticFiles, Statics, fingerprint_statics
from digest.urls import Base


def fingerprint(files: dict[str, str], path: str = "") -> Statics:
    data = {name: text.encode() for name, text in files.items()}
    texts = {name: it for name, it in data.items() if name.endswith((".css", ".js"))}
    digests = {name: digest_of(it) for name, it in data.items()}
    statics = StaticFiles({name: f"/disk/{name}" for name in files}, digests, texts)
    return fingerprint_statics(statics, Base("https://example.org", path))


def made(found: Statics, name: str) -> tuple[str, str]:
    """Return the path and the text of what a static file becomes."""
    (asset,) = (it for it in found.assets if it.owner == f"static/{name}")
    return asset.path, asset.make().decode() if asset.make else ""


def addresses(css: str) -> list[str]:
    return re.findall(r"url\([\"']?([^\"')]*)", css)


def test_styles_scripts_and_fonts_have_a_fingerprint_and_styles_and_scripts_a_digest() -> None:
    files = {"a.css": "a{}", "b.js": "1", "f/c.woff2": "font", "d.png": "picture", "CNAME": "x"}
    found = fingerprint(files, "/news")
    assert list(found.views) == ["a.css", "b.js", "f/c.woff2"]
    assert re.fullmatch(r"/news/assets/a\.[0-9a-f]{10}\.css", found.views["a.css"].url)
    assert re.fullmatch(r"/news/assets/f/c\.[0-9a-f]{10}\.woff2", found.views["f/c.woff2"].url)
    digest = base64.b64encode(hashlib.sha384(b"1").digest()).decode()
    assert found.views["b.js"].integrity == f"sha384-{digest}"
    assert found.views["f/c.woff2"].integrity == ""


def test_other_bytes_have_another_name_and_the_same_bytes_the_same() -> None:
    one, two, three = (fingerprint({"a.js": text}).views["a.js"].url for text in ("1", "2", "1"))
    assert one != two
    assert one == three


@pytest.mark.parametrize(
    ("sheet", "css"),
    [
        ("a.css", "a{b:url(f/x.png)}"),
        ("a.css", "a{b:url('f/x.png')}"),
        ("a.css", 'a{b: URL( "f/x.png" ) }'),
        ("a.css", "a{b:url(/f/x.png)}"),
        ("a.css", "a{b:url(./f/../f/x.png)}"),
        ("g/a.css", "a{b:url(../f/x.png)}"),
        ("f/a.css", "a{b:url(x.png)}"),
        ("a.css", "a{content:'it\\'s (';b:url(f/x.png)}"),
        ("a.css", "/* don't */ a{b:url(f/x.png)}"),
        ("a.css", "@font-face{src:url(f/x.png?#iefix)}"),
    ],
)
def test_an_address_leads_to_the_file_under_its_fingerprint(sheet: str, css: str) -> None:
    found = fingerprint({sheet: css, "f/x.png": "picture"})
    path, text = made(found, sheet)
    (url,) = addresses(text.replace("URL( ", "url("))
    led_to = posixpath.normpath(posixpath.join(posixpath.dirname(path), url.partition("?")[0]))
    assert led_to == made(found, "f/x.png")[0]
    assert url.partition("?")[2] == ("#iefix" if "?" in css else "")
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    "css",
    [
        "a{b:url(data:image/png;base64,AA==)}",
        "a{b:url(https://example.org/x.png)}",
        "a{b:url(//example.org/x.png)}",
        "a{b:url(#clip)}",
        "a{b:url()}",
        "/* url(nowhere.png) */",
        'a{content:"url(nowhere.png)"}',
        "a{content:'url(nowhere.png)'}",
        "a{b:myurl(nowhere.png)}",
        "/* never ends url(nowhere.png)",
    ],
)
def test_what_names_no_file_of_the_site_stays(css: str) -> None:
    found = fingerprint({"a.css": css})
    assert made(found, "a.css")[1] == css
    assert found.diagnostics == ()


def test_an_address_that_leads_nowhere_is_a_warning_at_its_line() -> None:
    found = fingerprint({"a.css": "a{}\nb{c:url(fonts/x.woff2)}", "font/x.woff2": ""})
    (finding,) = found.diagnostics
    assert (finding.code, finding.severity.value) == ("dead-link", "warning")
    assert str(finding.span) == "static/a.css:2"
    assert "font/x.woff2" in finding.hint


def test_a_change_of_what_is_named_changes_the_names_above() -> None:
    files = {"a.css": '@import "b.css";', "b.css": "a{b:url(x.png)}", "x.png": "one"}
    before, after = fingerprint(files), fingerprint({**files, "x.png": "two"})
    assert before.views["a.css"].url != after.views["a.css"].url
    path, text = made(after, "a.css")
    assert f'@import "{posixpath.basename(made(after, "b.css")[0])}"' in text
    assert path.startswith(f"{FOLDER}/")


def test_sheets_that_import_each_other_end() -> None:
    found = fingerprint({"a.css": '@import "b.css";', "b.css": '@import "a.css";'})
    assert '"../a.css"' in made(found, "b.css")[1]
    assert set(found.views) == {"a.css", "b.css"}


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    data = b"a{content:'\xff\xfe'}"
    statics = StaticFiles({"a.css": "/a.css"}, {"a.css": digest_of(data)}, {"a.css": data})
    (asset,) = fingerprint_statics(statics, Base()).assets
    assert asset.make
    assert asset.make() == data


@given(st.text(alphabet="url()'\"/*\\ .a@import;\n{}"))
def test_any_style_sheet_without_files_stays_as_it_is(css: str) -> None:
    assert made(fingerprint({"x.css": css}), "x.css")[1] == css
