"""Dates to words, at the precision at which they were written."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from digest.model.dates import Precision, When
from digest.plan.views import DateView

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


@lru_cache(maxsize=65536)
def date_view(when: When, language: str) -> DateView:
    """Return the date for machines and for people, in English; other languages get ISO 8601."""
    label = date_label(when.year, when.month, when.day, language)
    return DateView(when.text, label)


def date_label(year: str, month: str, day: str, language: str) -> str:
    """Return a date in words: `27 July 2023`, `July 2023` or `2023`."""
    parts = [part for part in (year, month, day) if part]
    if not language.startswith("en"):
        return "-".join(parts)
    words = [str(int(day))] if day else []
    words += [_MONTHS[int(month) - 1]] if month else []
    return " ".join([*words, year])


def month_name(month: str, language: str) -> str:
    """Return the name of a month, or its number in a language other than English."""
    return _MONTHS[int(month) - 1] if language.startswith("en") else month


def feed_moment(when: When, zone: dt.tzinfo) -> str:
    """Return a date as RFC 3339, as Atom asks: a calendar date begins at midnight in the zone."""
    if when.precision is Precision.MOMENT:
        return when.text
    month, day = int(when.month or 1), int(when.day or 1)
    midnight = dt.datetime(int(when.year), month, day, tzinfo=zone)
    offset = midnight.utcoffset() or dt.timedelta()
    if offset.seconds % 60:  # local mean time, before zones; RFC 3339 knows only whole minutes
        midnight = midnight.replace(tzinfo=dt.UTC)
    return midnight.isoformat().replace("+00:00", "Z")


def earliest(dates: Iterable[When]) -> When:
    """Return the first of some dates."""
    return min(dates, key=lambda when: when.key)


def latest(dates: Iterable[When]) -> When:
    """Return the last of some dates."""
    return max(dates, key=lambda when: when.key)
