import datetime as dt
import itertools

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from digest.load.dates import parse_when
from digest.model.dates import When


def when(text: str, zone: dt.tzinfo = dt.UTC) -> When:
    found = parse_when(text, zone)
    assert found is not None
    return found


IN_ORDER = [
    "0001",
    "0999-12-31T00:00:00Z",
    "1811",
    "2022-12-31",
    "2023",
    "2023-01",
    "2023-01-01",
    "2023-01-01T00:00:00Z",
    "2023-01-02",
    "2023-07",
    "2023-07-27",
    "2023-07-27T09:00:00Z",
    "2023-07-27T09:00:00.000000001Z",
    "2023-07-27T09:00:00.1Z",
    "2023-07-27T12:00:00+02:00",
    "2023-07-27T10:00:01Z",
    "2023-07-28",
    "2023-07-27T23:30:00-05:00",
    "2023-08",
    "2024",
    "9999-12-31",
]


@pytest.mark.parametrize(("earlier", "later"), list(itertools.pairwise(IN_ORDER)), ids=str)
def test_years_stand_before_months_before_days_before_moments(earlier: str, later: str) -> None:
    assert when(earlier) < when(later)


def test_a_moment_is_sorted_into_the_day_of_the_sites_zone() -> None:
    late, zone = "2023-07-27T23:30:00-05:00", tz.gettz("America/Chicago")
    assert zone is not None
    assert when("2023-07-28") < when(late)
    assert when(late, zone) < when("2023-07-28", zone)


def test_one_instant_in_two_offsets_has_one_key() -> None:
    keys = {when(text).key for text in ("2023-07-27T10:00Z", "2023-07-27T12:00:00.000+02:00")}
    assert len(keys) == 1


MOMENTS = st.datetimes(
    dt.datetime(2, 1, 1),  # noqa: DTZ001 Hypothesis asks for it
    dt.datetime(9998, 1, 1),  # noqa: DTZ001 as above
    timezones=st.integers(-720, 720).map(
        lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
    ),
).map(dt.datetime.isoformat)
DATES = st.builds(
    lambda day, length: day.isoformat()[:length], st.dates(), st.sampled_from([4, 7, 10])
)
ANY = (DATES | MOMENTS).map(when)


@given(ANY, ANY, ANY)
def test_the_order_is_total(one: When, two: When, three: When) -> None:
    assert (one < two) + (one == two) + (one > two) == 1
    assert not (one <= two <= three) or one <= three
    assert sorted([one, two, three]) == sorted([three, one, two])


@given(DATES, DATES)
def test_what_begins_a_longer_date_stands_before_it(one: str, two: str) -> None:
    shorter, longer = sorted((one, two), key=len)
    if longer.startswith(shorter):
        assert when(shorter) <= when(longer)
    else:
        assert (when(one) < when(two)) == (one < two)


@given(MOMENTS, MOMENTS)
def test_moments_are_in_the_order_of_their_instants(one: str, two: str) -> None:
    first, second = map(dt.datetime.fromisoformat, (one, two))
    assert (when(one).key < when(two).key) == (first < second)
