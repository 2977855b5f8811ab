"""What builds and previews do when words change, and what words cost them."""

import subprocess
import sys
from pathlib import Path

import pytest

from previews import preview, until
from support import article, build_site, make_site, page, read_tree, write_files

CONTENT = {
    "content/a.md": article(extra="tags: [x]\nevent_date: 2023-07\n"),
    "content/b.md": article("B", extra="corrections: [{date: 2024-02-01, text: Two.}]\n"),
}
EDITS = {
    "a title": '[titles]\ntimeline = "All days"\n',
    "a description": '[descriptions]\npieces_on = "All on {title}"\n',
    "dates": '[dates]\nday = "MMMM d, y"\nmonth_alone = "MM"\n',
    "nothing": "",
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_build_after_an_edit_of_words_equals_a_clean_one(edit: str, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", CONTENT)
    assert build_site(site).ok
    write_files(site, {"templates/words/en.toml": EDITS[edit]})
    assert build_site(site).ok
    edited = read_tree(site / "public")
    assert build_site(site, output=tmp_path / "out", clean=True).ok
    assert edited == read_tree(tmp_path / "out")
    (site / "templates/words/en.toml").unlink()
    assert build_site(site).ok
    assert (read_tree(site / "public") == edited) is (edit == "nothing")


def test_the_preview_follows_words(tmp_path: Path) -> None:
    site = make_site(tmp_path, CONTENT)
    own = "templates/words/en.toml"
    with preview(site) as served:
        assert "<h1>Timeline</h1>" in served.get("/timeline/").text
        write_files(site, {own: '[titles]\ntimeline = "All days"\n'})
        until(lambda: "<h1>All days</h1>" in served.get("/timeline/").text)
        write_files(site, {own: "[titles]\ntimeline = 3\n"})
        until(lambda: "words-type" in served.get("/_digest/").text)
        assert "<h1>All days</h1>" in served.get("/timeline/").text


def loads(code: str, folder: Path) -> bool:
    """Return whether Babel is loaded after some code in a process of its own."""
    text = f"{code}\nimport sys\nprint('babel' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.split()[-1] == "True"


BUILD = """
import datetime, pathlib
from digest.build import build
from digest.start import Options
build(Options(pathlib.Path.cwd(), datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC), jobs=1))
"""


def test_no_build_loads_a_language_twice(tmp_path: Path) -> None:
    site = make_site(tmp_path, CONTENT, '[site]\ntitle = "T"\nlanguage = "es"\n')
    assert loads(BUILD, site)
    write_files(site, {"content/a.md": article("Another")})
    assert not loads(BUILD, site)
    assert "Another" in page(site, "/timeline/")
    assert "27 de julio de 2023" in page(site, "/timeline/")
    write_files(site, {"templates/words/es.toml": "[titles]\ntags = 'Temas'\n"})
    assert loads(BUILD, site)
