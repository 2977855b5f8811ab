"""Which articles are on the site: the quick way for most says what the rule says of each."""

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from digest.config.records import Clock
from digest.index.publication import held_reason, split_published
from digest.load.dates import parse_when
from digest.model.records import Status
from domain import an_article

EAST, WEST = (dt.timezone(dt.timedelta(minutes=minutes)) for minutes in (1439, -1439))
FIRST_MINUTES = dt.datetime(2026, 1, 2, 0, 1)  # noqa: DTZ001 its offset stands beside it
moments = st.datetimes(dt.datetime(2025, 12, 20), dt.datetime(2026, 1, 15))  # noqa: DTZ001 offsets are drawn below
offsets = st.integers(-1439, 1439).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
days = moments.map(lambda moment: moment.date().isoformat())
texts = st.one_of(
    days,
    days.map(lambda day: day[:7]),
    days.map(lambda day: day[:4]),
    st.builds(
        lambda at, zone: at.replace(microsecond=0, tzinfo=zone).isoformat(), moments, offsets
    ),
)


@given(st.lists(st.tuples(texts, texts | st.none(), texts | st.none())), moments, offsets, offsets)
@example([("2026-01-01", None, None)], FIRST_MINUTES, EAST, WEST)
@example([("2025-12-31T23:59:00-23:59", None, None)], FIRST_MINUTES, EAST, WEST)
def test_an_article_is_shown_if_nothing_holds_it_back(
    written: list[tuple[str, str | None, str | None]],
    now: dt.datetime,
    offset: dt.timezone,
    zone: dt.timezone,
) -> None:
    clock = Clock(now.replace(tzinfo=offset), zone)
    articles = [
        an_article(
            f"a{number}",
            date,
            publish=parse_when(publish, zone) if publish else None,
            expires=parse_when(expires, zone) if expires else None,
            status=Status.DRAFT if number % 5 == 4 else Status.PUBLISHED,
        )
        for number, (date, publish, expires) in enumerate(written)
    ]
    shown, held = split_published(articles, clock)
    kept = {it.path for it in articles if held_reason(it, clock) is None}
    assert {it.path for it in shown} == kept
    assert {it.path for it in held} == {it.path for it in articles} - kept


def test_a_clock_may_stand_at_the_first_day_of_all() -> None:
    articles = [an_article("a", "0001"), an_article("b")]
    shown, held = split_published(articles, Clock(dt.datetime.min.replace(tzinfo=dt.UTC), dt.UTC))
    assert ([it.id for it in shown], [it.path for it in held]) == (["a"], ["content/b.md"])
