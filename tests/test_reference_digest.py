"""The site of this repository shows what the program can do, and stays without a warning."""

from pathlib import Path
from typing import Any

import pytest

from digest.build import build, survey
from digest.index.records import Index
from digest.report import Report
from digest.start import Options
from support import NOW

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("reference")
    return build(options(folder, output=folder / "public", strict=True))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return survey(options(tmp_path_factory.mktemp("index")))[0]


def options(folder: Path, **more: Any) -> Options:
    now = NOW.replace(month=11)
    return Options(site=ROOT, now=now, cache=folder / "cache", jobs=1, **more)


def test_it_has_no_warning(report: Report) -> None:
    assert report.diagnostics == ()


def test_it_has_its_storylines_tags_and_entities(index: Index) -> None:
    assert len(index.stories.by_slug) == 7
    assert len(index.vocabulary.rules) == 21
    assert {"union", "company", "court", "person"} <= {t.kind for t in index.entities.values()}
    assert all(term.articles for term in index.tags.values())


def test_it_has_corrections(report: Report) -> None:
    text = (report.output / "corrections/index.html").read_text(encoding="utf-8")
    for words in (
        "earnings call",
        "$180,000",
        "bars studios from training",
        "38.15 percent",
        "EUR 32 million",
    ):
        assert words in text


def test_it_has_roles_and_company(report: Report) -> None:
    text = (report.output / "entities/sag-aftra/index.html").read_text(encoding="utf-8")
    assert "AMPTP" in text
    assert "employer" in text
    assert "AFL-CIO" in text


def test_its_bodies_belong_together_and_its_parties_have_pages(index: Index) -> None:
    files = index.names.by_slug
    for owned, owner in (("google", "Alphabet"), ("globallogic", "Hitachi"), ("chatgpt", "OpenAI")):
        assert files[owned].parent == owner
    assert all(
        files[slug].acronym for slug in ("writers-guild-of-america", "trades-union-congress")
    )
    parties = [party for item in index.stories.by_slug.values() for party in item.storyline.parties]
    assert len(parties) > 40
    assert all(index.names.known(party.name) for party in parties)
