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
_LOOSE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)", re.ASCII)
_NO_OFFSET = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(:\d{2})?)", re.ASCII)


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
        moment = dt.datetime.fromisoformat(f"{written[:19]}{(match[4] or '')[:7]}{offset}")
        local, instant = moment.astimezone(zone), moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    return When(f"{local:%Y-%m-%d}T{instant:%Y-%m-%dT%H:%M:%S.%f}", written)


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def date_hint(text: str) -> str:
    """Return what to write instead of a text that is no date."""
    loose = _LOOSE.search(text)
    if loose and _is_day(*loose.groups()):
        year, month, day = loose.groups()
        local = _NO_OFFSET.fullmatch(text)
        if local:
            return (
                f"add the offset: {local[1]}T{local[2]}+00:00, or write the day alone: {local[1]}"
            )
        return f"write {year}-{int(month):02}-{int(day):02}"
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        one, two, year = int(day_first[1]), int(day_first[2]), day_first[3]
        readings = [
            f"{year}-{month:02}-{day:02}"
            for month, day in dict.fromkeys(((two, one), (one, two)))
            if _is_day(year, str(month), str(day))
        ]
        if readings:
            return f"write {' or '.join(readings)}"
    return "write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known"
