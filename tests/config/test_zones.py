import datetime as dt

import pytest

from digest.config.zones import load_zone


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("UTC", 0),
        ("America/Los_Angeles", -7),
        ("Europe/Berlin", 2),
        ("Pacific/Kiritimati", 14),
        ("Etc/GMT+12", -12),
        ("America/Argentina/Buenos_Aires", -3),
    ],
)
def test_a_name_of_the_database_is_a_zone(name: str, hours: int) -> None:
    zone = load_zone(name)
    assert zone is not None
    offset = dt.datetime(2023, 7, 27, tzinfo=zone).utcoffset()
    assert offset == dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Olympus",
        "/etc/passwd",
        "../UTC",
        "EST5EDT,M3.2.0,M11.1.0",
        "UTC+3",
        "berlin",
        "a/b/c/d",
    ],
)
def test_a_path_or_a_rule_is_no_zone(name: str) -> None:
    assert load_zone(name) is None
