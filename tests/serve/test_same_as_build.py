"""The preview shows what a build writes, byte for byte, apart from its script and badges."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from examples import EXAMPLES, make_example
from previews import preview
from support import article, make_site, read_tree, run_digest

HELD = {
    "content/draft.md": article("A draft", extra="status: draft\ntags: [x]"),
    "content/soon.md": article("Soon", date="2030-01-01", extra="tags: [x]"),
    "content/over.md": article("Over", extra="expires: 2024-01-01\ntags: [x]"),
    "content/open.md": article("Open", extra="tags: [x]"),
    "content/pages/later.md": '---\ntitle: "Later"\nstatus: draft\n---\nText.\n',
}


@pytest.mark.parametrize("below", ["", "a/b/"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_file_is_the_same(example: str, below: str, tmp_path: Path) -> None:
    site = make_example(example, tmp_path)
    settings = (site / "site.toml").read_text()
    (site / "site.toml").write_text(re.sub(r'(?m)^(url = "\S+/)"', rf'\1{below}"', settings))
    built = run_digest(
        "build", "--now", "2026-06-01T12:00:00Z", "--output", tmp_path / "out", cwd=site
    )
    assert built.code == 0, built.err
    files = read_tree(tmp_path / "out")
    del files[".digest-manifest.json"]
    index = {path for path in files if path.startswith("pagefind/")}
    assert index
    with preview(site, "--no-drafts") as served:
        home = served.get("/")
        base = home.headers["location"] if below else "/"
        assert base == f"/{below}"
        assert served.get(f"{base}pagefind/pagefind.js").status == 404  # the search page says so
        for path, data in files.items():
            if path in index:
                continue
            for url in {path, path.removesuffix("index.html")}:
                answer = served.get(base + quote(url))
                assert answer.page == data, url
                assert answer.status == 200
    assert not (site / "public").exists()


def test_what_is_held_back_has_a_badge(tmp_path: Path) -> None:
    site = make_site(tmp_path, HELD)
    with preview(site) as served:
        tag = served.get("/tags/x/").text
        for url, badge in {
            "/2023/07/27/a-draft/": "Draft: not published",
            "/2030/01/01/soon/": "Scheduled for 2030-01-01 00:00 +0000",
            "/2023/07/27/over/": "Expired",
            "/later/": "Draft: not published",
            "/2023/07/27/open/": "",
        }.items():
            page = served.get(url)
            assert page.status == 200, url
            assert (f'aria-label="Preview">{badge}</aside>' in page.text) is bool(badge)
            assert url in tag or url == "/later/"
        overview = served.get("/_digest/").text
        assert all(path in overview for path in HELD if path != "content/open.md")
        assert served.state()["held"] == {
            "/2023/07/27/a-draft/": "Draft",
            "/2030/01/01/soon/": "Scheduled",
            "/2023/07/27/over/": "Expired",
            "/later/": "Draft",
        }


def test_without_drafts_there_is_only_what_is_published(tmp_path: Path) -> None:
    site = make_site(tmp_path, HELD)
    with preview(site, "--no-drafts") as served:
        for url in ("/2023/07/27/a-draft/", "/2030/01/01/soon/", "/2023/07/27/over/", "/later/"):
            assert served.get(url).status == 404
        assert served.get("/2023/07/27/open/").status == 200
        assert "A draft" not in served.get("/tags/x/").text
        assert "content/draft.md" in served.get("/_digest/").text
