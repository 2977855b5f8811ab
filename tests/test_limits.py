"""What one article may cost is set in `site.toml`, and what costs more is named."""

import time
from pathlib import Path

import pytest

from support import SITE, Outcome, article, build_site, make_site, read_tree, write_files

A, B = "content/a.md", "content/b.md"
SLOW = "![" * 4000


def limits(**values: int) -> str:
    """Return settings with limits."""
    return SITE + "[limits]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())


def assert_refused(outcome: Outcome, code: str) -> None:
    assert outcome.codes == [code], outcome.text
    assert outcome.diagnostics[0].severity == "error"
    assert outcome.diagnostics[0].span is not None
    assert outcome.diagnostics[0].span.path == B


@pytest.mark.parametrize("known", [False, True], ids=["first", "after a build"])
def test_an_article_over_its_size_is_named(tmp_path: Path, *, known: bool) -> None:
    files = {A: article(body="x"), B: article("B", body="word " * 100)}
    site = make_site(tmp_path, files)
    if known:
        assert build_site(site).ok
    before = read_tree(site / "public")
    size = (site / B).stat().st_size
    write_files(site, {"site.toml": limits(article_bytes=size - 1)})
    outcome = build_site(site)
    assert_refused(outcome, "too-large")
    assert "[limits] article_bytes" in outcome.text
    assert read_tree(site / "public") == before
    write_files(site, {"site.toml": limits(article_bytes=size)})
    assert build_site(site).ok


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_article_whose_markdown_takes_too_long_is_named(tmp_path: Path, jobs: int) -> None:
    files = {f"content/{number}.md": article(f"T {number}") for number in range(60)}
    config = limits(markdown_seconds=1)
    site = make_site(tmp_path, {**files, B: article("B", body=SLOW)}, config)
    started = time.process_time()
    outcome = build_site(site, jobs=jobs)
    assert time.process_time() - started < 10
    assert_refused(outcome, "markdown-slow")
    assert not (site / "public").exists()
    write_files(site, {B: article("B")})
    assert build_site(site, jobs=jobs).ok


def test_what_was_too_slow_once_is_tried_again(tmp_path: Path) -> None:
    site = make_site(tmp_path, {B: article("B", body=SLOW)}, limits(markdown_seconds=1))
    for _ in range(2):
        assert_refused(build_site(site), "markdown-slow")
    write_files(site, {"site.toml": limits(markdown_seconds=60)})
    outcome = build_site(site)
    assert outcome.codes.count("markdown-slow") == 0
