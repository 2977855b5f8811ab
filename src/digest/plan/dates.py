"""Dates for feeds, and which of some comes first."""

import datetime as dt
from collections.abc import Iterable

from digest.model.dates import Precision, When


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
