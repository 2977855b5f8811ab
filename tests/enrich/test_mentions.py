"""Names in texts, measured on labelled sentences."""

import unicodedata

import pytest

from digest.enrich.mentions import NameFinder
from digest.enrich.names import Name
from digest.enrich.prose import make_prose
from digest.load.words import load_words
from labelled_companies import COMPANIES, COMPANY_SENTENCES
from labelled_mentions import ENTITIES, SENTENCES
from labelled_wire import WIRE, WIRE_NAMES

SETS = {
    "names": (ENTITIES, SENTENCES),
    "companies": (COMPANIES, COMPANY_SENTENCES),
    "wire": (WIRE_NAMES, tuple((text, tuple(slugs.split())) for text, slugs, _ in WIRE)),
}


def found(finder: NameFinder, sentence: str) -> set[str]:
    html = unicodedata.normalize("NFC", sentence.replace("\r\n", "\n"))
    html = html.replace("&", "&amp;").replace("<", "&lt;")
    return {item.slug for item in finder.find(make_prose(f"<p>{html}</p>"))}


@pytest.mark.parametrize("what", SETS)
def test_names_are_found_and_common_words_are_not(
    what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    entities, sentences = SETS[what]
    finder = NameFinder(
        (Name(text, slug) for slug, names in entities.items() for text in names), load_words()
    )
    right = missed = wrong = 0
    for sentence, labels in sentences:
        slugs = found(finder, sentence)
        right += len(slugs & set(labels))
        missed += len(set(labels) - slugs)
        wrong += len(slugs - set(labels))
    recall, precision = right / (right + missed), right / (right + wrong)
    with capsys.disabled():
        shares = f"recall {recall:.3f}, precision {precision:.3f}"
        print(f"\n{what}: {shares}, {len(sentences)} sentences")  # noqa: T201 figures to watch
    assert recall >= 0.98
    assert precision >= 0.99


def test_a_common_word_as_alias_needs_its_capital() -> None:
    names = [Name(text, "x") for text in ("strike", "company", "Alpha", "workers")]
    finder = NameFinder(names, load_words())
    assert found(finder, "Workers of the company are on strike.") == set()
    assert found(finder, "They work at Strike in Boston.") == {"x"}
