"""Names in texts, measured on labelled sentences."""

import unicodedata

import pytest

from digest.enrich.mentions import NameFinder
from digest.enrich.names import Name
from digest.enrich.prose import make_prose
from digest.load.words import load_words
from labelled_mentions import ENTITIES, SENTENCES

FINDER = NameFinder(
    (Name(text, slug) for slug, names in ENTITIES.items() for text in names), load_words()
)


def found(sentence: str) -> set[str]:
    html = unicodedata.normalize("NFC", sentence.replace("\r\n", "\n"))
    html = html.replace("&", "&amp;").replace("<", "&lt;")
    return {item.slug for item in FINDER.find(make_prose(f"<p>{html}</p>"))}


def test_names_are_found_and_common_words_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    right = missed = wrong = 0
    for sentence, labels in SENTENCES:
        slugs = found(sentence)
        right += len(slugs & set(labels))
        missed += len(set(labels) - slugs)
        wrong += len(slugs - set(labels))
    recall, precision = right / (right + missed), right / (right + wrong)
    with capsys.disabled():
        shares = f"recall {recall:.3f}, precision {precision:.3f}"
        print(f"\nnames: {shares}, {len(SENTENCES)} sentences")  # noqa: T201 figures to watch
    assert recall >= 0.98
    assert precision >= 0.99
