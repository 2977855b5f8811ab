"""Definitions, figures and statements in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.enrich.definitions import find_definitions
from digest.enrich.figures import find_figures
from digest.enrich.quotes import find_quotes
from digest.enrich.sentences import Sentences

DEFINED = [
    ("The Screen Actors Guild (SAG-AFTRA) said", [("Screen Actors Guild", "SAG-AFTRA")]),
    ("the Writers Guild of America (WGA) met", [("Writers Guild of America", "WGA")]),
    ("AFL (American Federation of Labor)", [("American Federation of Labor", "AFL")]),
    ("In Paris Amazon Labor Union (ALU)", [("Amazon Labor Union", "ALU")]),
    ("artificial intelligence (AI)", []),
    ("Chief Executive Officer (CEO)", []),
    ("collective bargaining agreement (CBA)", []),
    ("the guild (SAG-AFTRA)", []),
    ("the company (NYSE: IBM) of Bob Iger (Disney)", []),
    ("no bracket", []),
]
FIGURES = [
    ("pay of $300,000 to $900,000", [("300000", "900000", "USD", "", "")]),
    ("up to $650,000 per year", [("", "650000", "USD", "year", "up to")]),
    ("less than $26,000 a year", [("", "26000", "USD", "year", "less than")]),
    ("£1.2bn", [("1200000000", "1200000000", "GBP", "", "")]),
    ("$15/hr", [("15", "15", "USD", "hour", "")]),
    ("$500 or more", [("500", "", "USD", "", "at least")]),
    ("87 percent of actors", [("87", "87", "%", "", "")]),
    ("65-70% of them", [("65", "70", "%", "", "")]),
    ("five percentage points", []),
    ("one in five nurses", [("20", "20", "%", "", "")]),
    ("two thirds of the crew", [("66.67", "66.67", "%", "", "")]),
    ("half an hour", []),
    ("the second half of the year", []),
    ("about 100 warehouse workers", [("100", "100", "workers", "", "about")]),
    ("more than 11,000 writers", [("11000", "", "writers", "", "more than")]),
    ("11,500 film and television writers", [("11500", "11500", "writers", "", "")]),
    ("three dozen moderators", [("36", "36", "moderators", "", "")]),
    ("twenty-three nurses", [("23", "23", "nurses", "", "")]),
    ("1.3 million members", [("1300000", "1300000", "members", "", "")]),
    ("between 200 and 300 staff", [("200", "300", "staff", "", "")]),
    ("an 80-person newsroom", [("80", "80", "people", "", "")]),
    ("a 45,000-strong workforce", [("45000", "45000", "workers", "", "")]),
    ("a staff of 40", [("40", "40", "staff", "", "")]),
    ("It laid off 230 this week", [("230", "230", "workers", "", "")]),
    ("workers, about 300 of them", [("300", "300", "workers", "", "about")]),
    ("3,900 of the 12,000 employees", [("3900",) * 2, ("12000",) * 2]),
    ("In 2023 workers struck, and AI came", []),
    ("Local 226 members and Section 7 workers", []),
    ("14 ports, 118 days, 77 articles", []),
    ("GPT-4 and AB 2602", []),
]
QUOTED = [
    ("“We will not yield to them,” said union president Fran Drescher.", ["Fran Drescher"]),
    ("“We will not yield,” Drescher said. “We have nothing left.”", ["Drescher", "Drescher"]),
    ("Bob Iger said: “That is not realistic.”", ["Bob Iger"]),
    ("The AMPTP said that “it is a poor reading of our offer”.", ["AMPTP"]),
    ('According to Lorena Gonzalez, "the bill is overdue".', ["Lorena Gonzalez"]),
    ("“It was a long week,” he said.", []),
    ("“It was bad for us,” a Netflix spokesperson said.", []),
    ("“It was bad for us,” said a source at Netflix.", []),
    ("It is a “mischaracterization”, the AMPTP said.", []),
    ("Workers' hands and members’ votes", []),
    ("“An open quotation that nobody ends", []),
]


@pytest.mark.parametrize(("text", "pairs"), DEFINED)
def test_definitions_of_names_are_found(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(item.long, item.short) for item in find_definitions(text)] == pairs


@pytest.mark.parametrize(("text", "figures"), FIGURES)
def test_figures_are_found_and_normalised(text: str, figures: list[tuple[str, ...]]) -> None:
    found = find_figures(text, Sentences(text))
    rows = [(item.low, item.high, item.unit, item.per, item.bound) for item in found]
    assert [row[: len(want)] for row, want in zip(rows, figures, strict=True)] == figures


@pytest.mark.parametrize(("text", "speakers"), QUOTED)
def test_statements_have_the_speaker_beside_them(text: str, speakers: list[str]) -> None:
    assert [item.speaker for item in find_quotes(text, Sentences(text))] == speakers


@given(st.text(alphabet=st.sampled_from('0123456789,.$£% -–aAofbinU()“”"\n’sdzek'), max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    sentences = Sentences(text)
    find_definitions(text)
    find_quotes(text, sentences)
    end = 0
    for item in find_figures(text, sentences):
        assert item.start >= end
        assert " ".join(text[item.start : item.end].split()) == item.text
        end = item.end
