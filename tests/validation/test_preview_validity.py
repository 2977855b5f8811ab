"""The preview's own pages, and what it puts into those of the site, are valid HTML."""

import json
import subprocess
from pathlib import Path

import pytest

from previews import preview, until
from support import SITE, article, make_site, write_files

TOOLS = Path(__file__).parents[1] / "tools"
VNU = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HOSTILE = '<b>&amp; "quoted" </script><!--'
URLS = {
    "/_digest/": "overview",
    "/_digest/pages?q=piece": "pages",
    "/_digest/pages?q=%22%3E%3Cb%3E": "nothing",
    "/_digest/suggestions": "suggestions",
    "/2023/07/27/draft/": "draft",
    "/nothing/": "missing",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of pages, as a browser gets them."""
    folder = tmp_path_factory.mktemp("pages")
    files = {
        f"content/{number}.md": article(
            f"Piece {number}", body="Netflix met Kestrel Media.", extra="tags: [strike, strikes]"
        )
        for number in range(4)
    }
    files["content/draft.md"] = article("Draft", extra="status: draft")
    site = make_site(folder / "site", files, SITE.replace("required = false", "required = true"))
    with preview(site) as served:
        for url, name in URLS.items():
            (folder / f"{name}.html").write_bytes(served.get(url).body)
        write_files(site, {"content/0.md": article(HOSTILE.replace('"', ""), date="2023-99-01")})
        until(lambda: served.state()["failed"])
        (folder / "broken.html").write_bytes(served.get("/_digest/").body)
    with preview(site) as served:
        assert served.get("/").status == 503
        (folder / "failure.html").write_bytes(served.get("/").body)
    return folder


def test_nu_checker_finds_no_error(pages: Path) -> None:
    found = sorted(pages.glob("*.html"))
    assert len(found) == 8
    done = subprocess.run(
        ["java", "-jar", VNU, "--errors-only", "--format", "json", *found],
        capture_output=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    assert [f"{item.get('url')}: {item['message']}" for item in messages] == []


def test_html_validate_finds_no_error(pages: Path) -> None:
    done = subprocess.run(
        ["node", "validate.mjs", pages], cwd=TOOLS, capture_output=True, text=True, check=False
    )
    assert done.stdout == "8 files\n"
