"""Written dates to `When`: ISO 8601 years, months and days, and RFC 3339 moments; nothing else.

`dateutil.parser.parse` guesses (`10` is the tenth of this month, `01/02` depends on the country),
so it never sees a date here.
"""

import datetime as dt
import re

from digest.model.dates import When

_CALENDAR = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
# RFC 3339, section 5.6, with the seconds optional, as many writers leave them out.
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_LOCAL = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(.*)", re.ASCII)
_HOURS = re.compile(r" ?([+-]\d{2}):?(\d{2})?", re.ASCII)
_LOOSE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)", re.ASCII)


def parse_when(text: str, zone: dt.tzinfo) -> When | None:
    """Return the date that a text writes, or None if it writes none.

    Args:
        text: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or RFC 3339 with an offset.
        zone: Zone of the site, in which moments are sorted among days.
    """
    calendar = _CALENDAR.fullmatch(text)
    if calendar:
        year, month, day = calendar[1], calendar[2] or "01", calendar[3] or "01"
        return When(text, text) if _is_day(year, month, day) else None
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    offset = "Z" if match[5] in "zZ" else match[5]
    written = f"{match[1]}T{match[2]}{match[3] or ':00'}{match[4] or ''}{offset}"
    try:
        moment = dt.datetime.fromisoformat(f"{written[:19]}{offset}")
        local, instant = moment.astimezone(zone), moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    fraction = (match[4] or ".").ljust(10, "0")
    key = f"{local.date()}T{instant.isoformat()[:19]}{fraction}"
    return When(key, written)


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def date_hint(text: str) -> str:
    """Return what to write instead of a text that is no date."""
    if _CALENDAR.fullmatch(text):
        return "the calendar has no such date: look at the year, the month and the day"
    return _moment_hint(text) or _day_hint(text)


def _moment_hint(text: str) -> str:
    """Return how to write a time of day, or an empty string if the text has none."""
    match = _LOCAL.fullmatch(text)
    if match is None:
        return ""
    day, time, rest = match.groups()
    hours = _HOURS.fullmatch(rest)
    moment = f"{day}T{time}{hours[1]}:{hours[2] or '00'}" if hours else f"{day}T{time}+00:00"
    if parse_when(moment, dt.UTC) is None:
        return ""
    return f"write {moment}" if hours else f"write the day alone: {day}, or its offset: {moment}"


def _day_hint(text: str) -> str:
    """Return the days that a text may mean; both, where it depends on the country."""
    loose, day_first = _LOOSE.search(text), _DAY_FIRST.fullmatch(text)
    readings = [loose.groups()] if loose else []
    if day_first:
        one, two, year = day_first.groups()
        readings = [(year, two, one), (year, one, two)]
    days = [f"{year}-{int(month):02}-{int(day):02}" for year, month, day in readings]
    good = [day for day in dict.fromkeys(days) if parse_when(day, dt.UTC)]
    if good:
        return f"write {' or '.join(good)}"
    return "write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known"
