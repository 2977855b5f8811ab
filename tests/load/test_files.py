import os
import socket
import tracemalloc
import unicodedata
from pathlib import Path

import pytest

from digest.diagnostics import Diagnostic, Severity
from digest.load.files import Found, find_files, is_litter, read_text
from support import write_files


def paths_and_findings(site: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Return what is found, and code and place of the findings."""
    found, findings = find_files(site)
    return [item.path for item in found], [(item.code, str(item.span)) for item in findings]


@pytest.mark.parametrize(
    "name",
    ".#a.md #a.md# a.md~ .a.md.swp a.swo a.swx 4913 .DS_Store a.tmp a.bak a.orig Thumbs.db .git "
    "a.md___jb_tmp___ a.md___jb_old___ .hidden".split(),
)
def test_the_litter_of_editors_is_never_read(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {f"content/{name}": "x", f"content/folder/{name}/a.md": "x"})
    assert paths_and_findings(tmp_path) == ([], [])
    assert is_litter(name)


@pytest.mark.parametrize("name", ["a.md", "tmp.md", "49130", "a#b.md", "a~b.md", "swp"])
def test_a_name_like_litter_is_read(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {f"content/{name}": "x"})
    assert paths_and_findings(tmp_path) == ([f"content/{name}"], [])


def test_files_are_found_in_the_order_of_their_paths(tmp_path: Path) -> None:
    names = ["z.md", "a/z.md", "a/b/c.md", "a.md", "B.md", "é.md", "a/a.txt", "p.png"]
    write_files(tmp_path, {f"content/{name}": "x" for name in names})
    found, findings = find_files(tmp_path)
    assert [item.path for item in found] == sorted(f"content/{name}" for name in names)
    assert [item.path for item in found if not item.is_document] == ["content/p.png"]
    assert findings == ()


def test_a_site_without_content_has_no_files(tmp_path: Path) -> None:
    assert paths_and_findings(tmp_path) == ([], [])


@pytest.mark.parametrize("name", ["a.MD", "a.Txt"])
def test_the_ending_may_be_in_capitals(name: str) -> None:
    assert Found(f"content/{name}", name).is_document


@pytest.mark.parametrize("name", ["a.markdown", "a.rst", "a.HTML", "a.docx", "a.org"])
def test_a_text_of_another_kind_is_not_passed_over_in_silence(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {f"content/{name}": "x"})
    _, (finding,) = find_files(tmp_path)
    assert (finding.code, finding.severity) == ("skipped", Severity.WARNING)
    assert ".md for Markdown" in finding.hint


def test_a_name_is_known_in_one_normal_form(tmp_path: Path) -> None:
    write_files(tmp_path, {f"content/{unicodedata.normalize('NFD', 'é.md')}": "x"})
    (found,), _ = find_files(tmp_path)
    assert found.path == "content/\u00e9.md"
    assert read_text(found, 10) == "x"


def test_two_files_of_one_name_in_two_normal_forms_are_an_error(tmp_path: Path) -> None:
    forms = [unicodedata.normalize(form, "é.png") for form in ("NFC", "NFD")]
    write_files(tmp_path, {f"content/{name}": "x" for name in forms})
    assert paths_and_findings(tmp_path)[1] == [("file-name", "content/é.png")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\n.md", "content/a\\n.md"),
        (b"a\x1b.md", "content/a\\x1b.md"),
        ("a\u202e.md".encode(), "content/a\\u202e.md"),
        (b"a\xff.md", "content/a\\udcff.md"),
    ],
    ids=["line feed", "escape", "right-to-left override", "no UTF-8"],
)
def test_a_name_with_an_invisible_character_is_an_error(
    name: bytes, shown: str, tmp_path: Path
) -> None:
    (tmp_path / "content").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/content/" + name)).write_text("x", encoding="utf-8")
    assert paths_and_findings(tmp_path) == ([], [("file-name", shown)])


def test_links_inside_the_site_are_followed_once(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/a/a.md": "x", "elsewhere/b.md": "y"})
    (tmp_path / "content" / "file.md").symlink_to(tmp_path / "content" / "a" / "a.md")
    (tmp_path / "content" / "more").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "content" / "a" / "loop").symlink_to(tmp_path / "content")
    found, findings = paths_and_findings(tmp_path)
    assert found == ["content/a/a.md", "content/file.md", "content/more/b.md"]
    assert findings == [("skipped", "content/a/loop")]


@pytest.mark.parametrize(
    ("target", "code", "severity"),
    [
        ("/etc/passwd", "link-outside", Severity.ERROR),
        ("/etc", "link-outside", Severity.ERROR),
        ("../..", "link-outside", Severity.ERROR),
        ("nothing.md", "skipped", Severity.WARNING),
        ("link.md", "skipped", Severity.WARNING),
    ],
    ids=["a file outside", "a folder outside", "a folder above", "nothing", "itself"],
)
def test_a_link_that_cannot_be_followed_is_told(
    target: str, code: str, severity: Severity, tmp_path: Path
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "link.md").symlink_to(target)
    found, (finding,) = find_files(tmp_path)
    assert found == ()
    assert (finding.code, finding.severity) == (code, severity)
    assert str(finding.span) == "content/link.md"
    assert finding.hint


def test_a_content_folder_outside_the_site_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, {"elsewhere/a.md": "x", "site/site.toml": ""})
    (tmp_path / "site" / "content").symlink_to(tmp_path / "elsewhere")
    assert paths_and_findings(tmp_path / "site") == ([], [("link-outside", "content")])


def test_what_is_no_file_is_passed_over_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    os.mkfifo(tmp_path / "content" / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(tmp_path / "content")  # a socket's path may not be long
        server.bind("socket.md")
        os.chdir(here)
        found, findings = paths_and_findings(tmp_path)
    assert found == []
    assert sorted(findings) == [("skipped", "content/pipe.md"), ("skipped", "content/socket.md")]


def test_a_content_folder_that_is_a_file_holds_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, {"content": "x"})
    assert paths_and_findings(tmp_path) == ([], [])


def read(tmp_path: Path, data: bytes, limit: int = 1000) -> str | Diagnostic:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    return read_text(Found("content/a.md", str(file)), limit)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
def test_text_comes_with_line_feeds_alone(mark: bytes, ending: str, tmp_path: Path) -> None:
    data = mark + f"é{ending}{ending}b{ending}".encode()
    assert read(tmp_path, data) == "é\n\nb\n"


@pytest.mark.parametrize(
    ("data", "place", "message", "source"),
    [
        pytest.param(b"caf\xe9", "1:4", "not UTF-8 at byte 3", "caf�", id="Latin-1"),
        pytest.param("é\na".encode() + b"\xff b\nc", "2:2", "at byte 4", "a� b", id="line 2"),
        pytest.param(b"a\rb\r\n\xff", "3:1", "at byte 5", "�", id="lines that end in CR"),
        pytest.param(b"\xef\xbb\xbfab\xff", "1:3", "at byte 5", "ab�", id="behind a mark"),
        pytest.param("a".encode("utf-16"), "1:1", "at byte 0", "��a\0", id="UTF-16"),
        pytest.param("a".encode("utf-16-le"), "1:2", "a NUL at byte 1", "a\0", id="UTF-16 LE"),
        pytest.param(b"a\nb\0", "2:2", "a NUL at byte 3", "b\0", id="NUL"),
        pytest.param(b"a\xed\xa0\x80", "1:2", "not UTF-8 at byte 1", "a���", id="surrogate"),
    ],
)
def test_what_is_no_utf_8_is_told_with_its_place(
    data: bytes, place: str, message: str, source: str, tmp_path: Path
) -> None:
    fault = read(tmp_path, data)
    assert isinstance(fault, Diagnostic)
    assert (fault.code, str(fault.span)) == ("not-utf8", f"content/a.md:{place}")
    assert message in fault.message
    assert fault.source == source
    assert fault.hint == "save the file as UTF-8"


def test_a_file_at_the_limit_is_read_and_one_above_is_not(tmp_path: Path) -> None:
    assert read(tmp_path, b"x" * 1000) == "x" * 1000
    fault = read(tmp_path, b"x" * 1001)
    assert isinstance(fault, Diagnostic)
    assert (fault.code, fault.message) == ("too-large", "1,001 bytes, the limit is 1,000")


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    with file.open("wb") as sparse:
        sparse.truncate(5_000_000_000)
    tracemalloc.start()
    fault = read_text(Found("content/a.md", str(file)), 1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(fault, Diagnostic)
    assert fault.message.startswith("5,000,000,000 bytes")
    assert peak < 5_000_000


@pytest.mark.parametrize("name", ["gone.md", "folder"])
def test_a_file_that_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    fault = read_text(Found("content/a.md", str(tmp_path / name)), 1000)
    assert isinstance(fault, Diagnostic)
    assert (fault.code, str(fault.span)) == ("unreadable", "content/a.md")
