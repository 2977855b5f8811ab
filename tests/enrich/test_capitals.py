import pytest

from digest.enrich.capitals import find_capitalised
from digest.load.words import load_words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They work for Kaiser Permanente there.", {"Kaiser Permanente"}),
        ("Duolingo’s contractors left; Duolingo-owned apps stayed.", {"Duolingo"}),
        ("It is the Alliance of Motion Picture and Television Producers.",
         {"Alliance of Motion Picture and Television Producers"}),
        ("He spoke to Netflix and Disney.", {"Netflix", "Disney"}),
        ("The president of IBM met Arvind Krishna.", {"IBM", "Arvind Krishna"}),
        ("They asked CEO Arvind Krishna on Monday about AI.", {"Arvind Krishna"}),
        ("Workers voted. Pay rose in May.", set()),
        ("Human Resources said no.", set()),
        ("Teams at Meta voted.", {"Meta"}),
        ("The Guild met at the Academy.", set()),
        ("An American said so in English.", set()),
        ("Writers Guild of America members met.", {"Writers Guild of America"}),
        ("What Duolingo Told Its Contractors\n\nNothing happened.", set()),
        ("", set()),
        ("\n\n\n\n", set()),
        ("A, B & C.", set()),
    ],
)  # fmt: skip
def test_names_are_read_off_capitals(text: str, names: set[str]) -> None:
    assert find_capitalised(text, load_words()) == names
