import datetime as dt
import re

import pytest
from dateutil import tz
from hypothesis import example, given
from hypothesis import strategies as st

from digest.load.dates import date_hint, parse_when
from digest.model.dates import Precision

ZONES = [
    dt.UTC,
    tz.gettz("America/Los_Angeles"),
    tz.gettz("Pacific/Kiritimati"),
    tz.gettz("Etc/GMT+12"),
]


@pytest.mark.parametrize(
    ("text", "precision", "parts"),
    [
        ("2023", Precision.YEAR, ("2023", "", "")),
        ("0001", Precision.YEAR, ("0001", "", "")),
        ("1811", Precision.YEAR, ("1811", "", "")),
        ("2023-07", Precision.MONTH, ("2023", "07", "")),
        ("2023-07-27", Precision.DAY, ("2023", "07", "27")),
        ("2024-02-29", Precision.DAY, ("2024", "02", "29")),
        ("9999-12-31", Precision.DAY, ("9999", "12", "31")),
        ("2023-07-27T23:30:00-05:00", Precision.MOMENT, ("2023", "07", "27")),
    ],
)
@pytest.mark.parametrize("zone", ZONES, ids=["UTC", "Los Angeles", "Kiritimati", "Etc+12"])
def test_a_date_keeps_what_was_written_and_no_more(
    text: str, precision: Precision, parts: tuple[str, str, str], zone: dt.tzinfo
) -> None:
    when = parse_when(text, zone)
    assert when is not None
    assert (when.text, when.precision) == (text, precision)
    assert (when.year, when.month, when.day) == parts
    assert when.date == "-".join(part for part in parts if part)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2023-07-27t10:00:00z", "2023-07-27T10:00:00Z"),
        ("2023-07-27 10:00:00+02:00", "2023-07-27T10:00:00+02:00"),
        ("2023-07-27T10:00Z", "2023-07-27T10:00:00Z"),
        ("2023-07-27T10:00:00.123456789Z", "2023-07-27T10:00:00.123456789Z"),
    ],
)
def test_a_moment_is_kept_in_one_form(text: str, written: str) -> None:
    when = parse_when(text, dt.UTC)
    assert when is not None
    assert when.text == written


NO_DATES = [
    # text, what the hint must hold
    ("2023-02-30", "no such date"),
    ("2023-13-01", "no such date"),
    ("2023-00", "no such date"),
    ("0000-00-00", "no such date"),
    ("0000", "no such date"),
    ("10000-01-01", "YYYY-MM-DD"),
    ("24:00", "YYYY-MM-DD"),
    ("2023-07-27T24:00:00Z", "write 2023-07-27"),
    ("2023-07-27T23:59:60Z", "write 2023-07-27"),
    ("2023-07-27T10:00:00+25:00", "write 2023-07-27"),
    ("9999-12-31T23:59:59-12:00", "write 9999-12-31"),
    ("0001-01-01T00:00:00+12:00", "write 0001-01-01"),
    ("2023-07-27T10:00", "write the day alone: 2023-07-27, or its offset: 2023-07-27T10:00+00:00"),
    ("2023-07-27 10:00", "write the day alone: 2023-07-27"),
    ("2023-07-27 24:00", "write 2023-07-27"),
    ("2023-07-27 10:00 EST", "write the day alone: 2023-07-27"),
    ("2023-07-27T10:00:00+0200", "write 2023-07-27T10:00:00+02:00"),
    ("2023-07-27 10:00 -05", "write 2023-07-27T10:00-05:00"),
    ("01/02/2023", "write 2023-02-01 or 2023-01-02"),
    ("31/12/2023", "write 2023-12-31"),
    ("12/31/2023", "write 2023-12-31"),
    ("2.1.2023", "write 2023-01-02 or 2023-02-01"),
    ("03/03/2023", "write 2023-03-03"),
    ("32/32/2023", "YYYY-MM-DD"),
    ("2023-7-27", "write 2023-07-27"),
    ("2023/07/27", "write 2023-07-27"),
    ("(2023-07-27)", "write 2023-07-27"),
    ("20230727", "YYYY-MM-DD"),
    ("20230727-01-02", "YYYY-MM-DD"),
    ("2023-W30", "YYYY-MM-DD"),
    ("Thursday", "YYYY-MM-DD"),
    ("10", "YYYY-MM-DD"),
    ("Q3 2023", "YYYY-MM-DD"),
    ("July 2023", "YYYY-MM-DD"),
    ("-2023", "YYYY-MM-DD"),
    ("1690000000", "YYYY-MM-DD"),
    ("today", "YYYY-MM-DD"),
    ("~", "YYYY-MM-DD"),
    ("", "YYYY-MM-DD"),
    ("\uff12\uff10\uff12\uff13", "YYYY-MM-DD"),
    ("2023-07-27\n", "write 2023-07-27"),
]


@pytest.mark.parametrize(("text", "hint"), NO_DATES, ids=[text or "empty" for text, _ in NO_DATES])
def test_what_is_no_date_is_never_guessed(text: str, hint: str) -> None:
    assert parse_when(text, dt.UTC) is None
    assert hint in date_hint(text)


@given(st.text(st.sampled_from(list("0123456789-/.:TZ+ ")), max_size=26) | st.text())
@example("2023-07-27T10:00:00 +02")
@example("30/02/2023")
def test_a_hint_never_proposes_what_is_no_date_either(text: str) -> None:
    if parse_when(text, dt.UTC) is None:
        hint = date_hint(text)
        proposed = re.findall(r"\d{4}-\d{2}(?:-\d{2}[T\d:+-]*)?", hint)
        assert [item for item in proposed if parse_when(item, dt.UTC) is None] == []
        assert hint


@given(st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from(ZONES))
def test_a_calendar_date_comes_back_as_written(date: dt.date, length: int, zone: dt.tzinfo) -> None:
    text = date.isoformat()[:length]
    when = parse_when(text, zone)
    assert when is not None
    assert (when.text, when.key) == (text, text)


OFFSETS = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
MOMENTS = st.datetimes(
    dt.datetime(2, 1, 1),  # noqa: DTZ001 Hypothesis asks for it
    dt.datetime(9998, 1, 1),  # noqa: DTZ001 as above
    timezones=OFFSETS,
)


@given(MOMENTS, st.sampled_from(ZONES))
def test_a_moment_comes_back_as_written(moment: dt.datetime, zone: dt.tzinfo) -> None:
    text = moment.isoformat()
    when = parse_when(text, zone)
    assert when is not None
    assert dt.datetime.fromisoformat(when.text) == moment
    assert when.text.replace("Z", "+00:00") == text
