from pathlib import Path

from digest.load.theme import load_theme, theme_folder
from support import write_files


def test_the_default_theme_has_its_templates_and_static_files(tmp_path: Path) -> None:
    theme, findings = load_theme(tmp_path)
    assert findings == ()
    assert {"base.html", "article.html", "home.html", "feed.xml"} <= theme.templates.keys()
    assert "digest.css" in theme.static
    home = theme.templates["home.html"]
    assert home.text == (theme_folder() / "templates" / "home.html").read_text(encoding="utf-8")
    assert home.path == "templates/home.html"


def test_the_files_of_a_site_win_one_by_one(tmp_path: Path) -> None:
    default, _ = load_theme(tmp_path)
    write_files(
        tmp_path,
        {"templates/home.html": "mine", "templates/own/x.html": "new", "static/digest.css": "a{}"},
    )
    theme, _ = load_theme(tmp_path)
    changed = {
        name for name, source in theme.templates.items() if default.templates.get(name) != source
    }
    assert changed == {"home.html", "own/x.html"}
    assert theme.templates["home.html"].text == "mine"
    assert theme.static == {**default.static, "digest.css": str(tmp_path / "static/digest.css")}


def test_a_template_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    write_files(tmp_path, {"templates/a.html": b"\xff", "templates/.b.html.swp": b"\xff"})
    _, (finding,) = load_theme(tmp_path)
    assert (finding.code, str(finding.span)) == ("not-utf8", "templates/a.html:1:1")


def test_a_static_file_outside_the_site_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "passwd.txt").symlink_to("/etc/passwd")
    theme, (finding,) = load_theme(tmp_path)
    assert finding.code == "link-outside"
    assert "passwd.txt" not in theme.static
