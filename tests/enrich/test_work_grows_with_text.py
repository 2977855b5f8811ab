"""Hostile texts cost in proportion to their length."""

import time

import pytest

from digest.enrich.capitals import find_capitalised
from digest.enrich.definitions import find_definitions
from digest.enrich.figures import find_figures
from digest.enrich.mentions import NameFinder
from digest.enrich.names import Name
from digest.enrich.prose import make_prose
from digest.enrich.quotes import find_quotes
from digest.enrich.sentences import Sentences
from digest.load.words import load_words

FINDER = NameFinder([Name("Apple", "apple"), Name("Netflix", "netflix")], load_words())
PIECES = [
    ".",
    ". ",
    "5 of the ",
    "a-Apple ",
    "https://a Apple ",
    "“a b c” ",
    '"a b c" ',
    "(",
    "(AB) ",
    "Aa Bb (AB) ",
    "one ",
    "Apple, ",
    "Aa of Aa and ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_of_one_piece_is_read_in_time(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    started = time.process_time()
    sentences = Sentences(text)
    find_definitions(text)
    find_figures(text, sentences)
    find_quotes(text, sentences)
    FINDER.find(make_prose(text))
    find_capitalised(text, load_words())
    assert time.process_time() - started < 12  # less than two here; quadratic work takes minutes


def test_thousands_of_names_of_one_text_are_found_in_one_pass() -> None:
    names = [f"Alpha{number}x Bank" for number in range(8000)]
    prose = make_prose(" met ".join(names))
    started = time.process_time()
    found = FINDER.find(prose, local=[Name(name, name) for name in names])
    assert len(found) == len(names)
    assert time.process_time() - started < 6
