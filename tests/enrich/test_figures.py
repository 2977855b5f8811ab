import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.enrich.figures import find_figures
from digest.enrich.sentences import Sentences
from digest.model.findings import FoundFigure
from labelled_counts import COUNTS
from labelled_figures import LABELLED
from labelled_wire import WIRE

PIECES = st.sampled_from(
    "$ US$ £ € 20 1.5 11,500 2023 300-400 one a two twenty-three dozen half third of the workers "
    "writers million bn k % percent per cent to and or between up more than about ~ + - – in five "
    "an hour /hr staff employs laid off , . ; ( ) ’ ” \n\n \u00a0 Local July Kenyan shillings "
    "dollars cents USD EUR İ é 🙂 \ud800".split(" ")
)


def find(text: str) -> tuple[FoundFigure, ...]:
    return find_figures(text, Sentences(text))


def taken(text: str) -> list[tuple[str, ...]]:
    return [(f.kind.value, f.low, f.high, f.unit, f.per, f.bound) for f in find(text)]


@pytest.mark.parametrize(("text", "expected"), LABELLED)
def test_a_sentence_gives_the_figures_that_a_reader_takes_from_it(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert taken(text) == expected


@pytest.mark.parametrize("kind", ["all", "people"])
def test_most_figures_are_found_and_few_are_wrong(kind: str) -> None:
    found = wanted = right = 0
    for text, expected in LABELLED:
        got = [figure for figure in taken(text) if kind in ("all", figure[0])]
        want: list[tuple[str, ...]] = [figure for figure in expected if kind in ("all", figure[0])]
        found, wanted = found + len(got), wanted + len(want)
        right += sum(min(got.count(figure), want.count(figure)) for figure in set(got))
    precision, recall = right / found, right / wanted
    print(f"{kind}: precision {precision:.3f}, recall {recall:.3f} of {wanted}")  # noqa: T201
    assert precision >= 0.97
    assert recall >= 0.95


STATED = {"counts": COUNTS, "wire": [(text, counts) for text, _, counts in WIRE]}


@pytest.mark.parametrize("what", STATED)
def test_most_counts_of_workers_are_found(what: str) -> None:
    found = wanted = right = 0
    for text, expected in STATED[what]:
        got = [(low, high) for kind, low, high, *_ in taken(text) if kind == "people"]
        found, wanted = found + len(got), wanted + len(expected)
        right += sum(min(got.count(pair), expected.count(pair)) for pair in set(got))
    print(f"{what}: precision {right / found:.3f}, recall {right / wanted:.3f} of {wanted}")  # noqa: T201
    assert right / found >= 0.97
    assert right / wanted >= 0.9


def test_a_figure_is_told_with_its_words_and_its_sentence() -> None:
    text = "They met.\n\nPay is “about $1.32\nto $2\u00a0an hour”, TIME said. Nobody left."
    (figure,) = find(text)
    assert figure.text == "about $1.32 to $2 an hour"
    assert text[figure.start : figure.end] == "about $1.32\nto $2\u00a0an hour"
    assert figure.sentence == "Pay is “about $1.32 to $2 an hour”, TIME said."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$300k-$900k", ("300000", "900000", "USD")),
        ("$500 to $1 million", ("500", "1000000", "USD")),
        ("$5 to $10 million", ("5000000", "10000000", "USD")),
        ("$1.5bn", ("1500000000", "1500000000", "USD")),
        ("NZ$40", ("40", "40", "NZD")),
        ("U.S. $40", ("40", "40", "USD")),
        ("Rs 500", ("500", "500", "INR")),
        ("KSh 26,600", ("26600", "26600", "KES")),
        ("40,000 shillings", ("40000", "40000", "shillings")),
        ("20 €", ("20", "20", "EUR")),
        ("30 British pounds", ("30", "30", "GBP")),
        ("3 million pounds", ("3000000", "3000000", "GBP")),
        ("two hundred thousand dollars", ("200000", "200000", "USD")),
        ("one million two hundred thousand dollars", ("1200000", "1200000", "USD")),
        ("75 cents", ("0.75", "0.75", "USD")),
        ("$0.50", ("0.5", "0.5", "USD")),
        ("$20.00", ("20", "20", "USD")),
        ("starts from $18", ("18", "", "USD")),
        ("$40 or less", ("", "40", "USD")),
        ("~$40", ("40", "40", "USD")),
    ],
)
def test_money_is_normalised(text: str, expected: tuple[str, str, str]) -> None:
    (figure,) = find(f"They spoke of {text}, she said.")
    assert (figure.low, figure.high, figure.unit) == expected


def test_a_figure_does_not_reach_into_the_next_block() -> None:
    assert taken("The total was 300\n\nworkers said.") == []
    (figure,) = find("They wanted more than\n\n300 workers there.")
    assert figure.bound == ""


def test_a_range_of_years_counts_nobody() -> None:
    assert taken("From 2019 to 2023 workers waited; in 2007–08 writers struck.") == []
    assert taken("Between 2020 and 2023 workers waited.") == []
    assert taken("1.5 workers, 1 workers") == []


def test_a_currency_belongs_to_one_number() -> None:
    assert taken("20 USD 30 workers") == [
        ("money", "20", "20", "USD", "", ""),
        ("people", "30", "30", "workers", "", ""),
    ]


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES).map("".join) | st.text())
def test_figures_stand_in_order_where_they_say(text: str) -> None:
    end = 0
    for figure in find(text):
        assert end <= figure.start < figure.end <= len(text)
        assert " ".join(text[figure.start : figure.end].split()) == figure.text
        assert figure.text in figure.sentence or "\n" in text or "." in text
        assert figure.low or figure.high
        end = figure.end


@pytest.mark.parametrize(
    "piece",
    [
        *("1", "$", "1,", "one ", "$1 ", "one in ", "1 to ", "a ", "half ", "1.", "~1 "),
        *("300 workers ", "300 workers. ", "hundred ", "one hundred and ", "20 a b c d ", "1-"),
        *("three quarters of ", "9\n\n", "about ", "up to 1 ", "0 or more ", "1\u00a0", "US$"),
    ],
)
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9.0
        for _ in range(3):
            begun = time.process_time()
            find(text)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(80_000) < 5 * seconds(20_000) * 1.6 + 0.01


def test_a_megabyte_of_anything_is_read() -> None:
    for piece in ("1", "$", "1,", "one "):
        begun = time.process_time()
        find(piece * (1_000_000 // len(piece)))
        assert time.process_time() - begun < 20
