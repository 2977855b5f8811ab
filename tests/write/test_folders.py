"""Folders of the output: those of pages and no others."""

from pathlib import Path

from support import article, build_site, make_site

MANY = 1100
"""So many that their folders are made beside the plan."""


def empty_folders(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir()))
    return sorted(path.relative_to(folder).as_posix() for path in found)


def test_what_is_held_back_leaves_no_folder(tmp_path: Path) -> None:
    held = {
        "content/secret.md": article("Secret plan", extra="status: draft"),
        "content/later.md": article("Later", date="2030-01-01"),
    }
    files = {f"content/{number}.md": article(f"T {number}") for number in range(MANY)}
    site = make_site(tmp_path, {**files, **held})
    for _ in range(2):
        assert build_site(site, jobs=2).ok
        assert empty_folders(site / "public") == []
    assert not list((site / "public").rglob("*secret*"))
    assert build_site(site, jobs=2, drafts=True).ok
    assert (site / "public/2023/07/27/secret-plan/index.html").is_file()
    assert empty_folders(site / "public") == []
    assert build_site(site, jobs=2).ok
    assert not list((site / "public").rglob("*secret*"))
    assert empty_folders(site / "public") == []


def test_a_build_with_errors_leaves_no_folder(tmp_path: Path) -> None:
    files = {f"content/{number}.md": article(f"T {number}") for number in range(MANY)}
    site = make_site(tmp_path, {**files, "content/bad.md": article(body="[x](nowhere.md)")})
    assert not build_site(site, jobs=2).ok
    assert not (site / "public").exists()
