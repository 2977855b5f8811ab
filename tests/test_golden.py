import re
from pathlib import Path

import pytest

from support import build_site, read_tree, write_files

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir())
THEME = Path(__file__).parents[1] / "static"


def is_of_theme(path: str) -> bool:
    return (THEME / path).exists() or path.startswith(("assets/", ".digest-manifest"))


def plain(page: bytes) -> bytes:
    """Return a page without what changes with every byte of the theme's static files."""
    page = re.sub(rb"(/assets/[\w/-]+)\.[0-9a-f]{10}\.", rb"\1.0123456789.", page)
    return re.sub(rb'integrity="[^"]*"', b'integrity="sha384-0"', page)


@pytest.mark.parametrize("case", CASES)
def test_a_site_comes_out_as_it_did(case: str, tmp_path: Path, *, update_golden: bool) -> None:
    expected = GOLDEN / case / "expected"
    outcome = build_site(
        GOLDEN / case / "site", output=tmp_path / "public", cache=tmp_path / "cache"
    )
    assert outcome.ok, outcome.text
    built = read_tree(tmp_path / "public")
    built = {path: plain(data) for path, data in built.items() if not is_of_theme(path)}
    if update_golden:
        for path in read_tree(expected):
            (expected / path).unlink()
        write_files(expected, built)
    golden = read_tree(expected)
    assert sorted(built) == sorted(golden)
    changed = [path for path in built if built[path] != golden[path]]
    assert changed == [], built[changed[0]].decode() if changed else ""
