"""Names of time zones to time zones."""

import datetime as dt
import re

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")


def load_zone(name: str) -> dt.tzinfo | None:
    """Return the zone of the IANA database with that name, or None if there is none.

    The name is checked first, as dateutil also takes file paths and POSIX rules for a zone.
    """
    if not _NAME.fullmatch(name):
        return None
    if name == "UTC":
        return dt.UTC
    from dateutil import tz  # noqa: PLC0415 slow to import, and many sites are in UTC

    zone = tz.gettz(name) if "/" in name else None
    return zone if isinstance(zone, dt.tzinfo) else None
