import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from digest.load.dates import date_hint, parse_when
from digest.load.documents import parse_document
from digest.model.dates import Precision

YEARS = st.integers(1, 9999)
DAYS = st.dates(dt.date(1, 1, 2), dt.date(9999, 12, 30))
FRONT = st.lists(
    st.tuples(
        st.sampled_from(["title", "date", "tags", "entities", "sources", "status", "x", "- a"]),
        st.text("ab:#[]{}'\"&*!|>%@`,-\n\t 0123é\u2028\x0b", max_size=20),
    ),
    max_size=6,
)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    for path in ("content/a.md", "content/a.txt", "content/entities/a.md", "content/pages/a.md"):
        loaded = parse_document(path, text, dt.UTC)
        assert (loaded.record is None) == any(
            item.severity == "error" for item in loaded.diagnostics
        )


@given(FRONT, st.text(max_size=50))
def test_no_front_matter_raises(fields: list[tuple[str, str]], body: str) -> None:
    front = "\n".join(f"{name}: {value}" for name, value in fields)
    loaded = parse_document("content/a.md", f"---\n{front}\n---\n{body}", dt.UTC)
    assert all(item.span and item.span.path == "content/a.md" for item in loaded.diagnostics)
    assert all(item.span and item.span.line >= 0 for item in loaded.diagnostics)


@given(DAYS, st.integers(1, 3))
def test_a_calendar_date_comes_back_as_written(day: dt.date, parts: int) -> None:
    text = "-".join(day.isoformat().split("-")[:parts])
    when = parse_when(text, dt.UTC)
    assert when is not None
    assert (when.text, when.precision) == (text, Precision(parts))


@given(DAYS)
def test_a_year_sorts_before_its_months_and_they_before_their_days(day: dt.date) -> None:
    text = day.isoformat()
    written = [text[:4], text[:7], text, f"{text}T00:00:00Z", f"{text}T23:59:59Z"]
    dates = [parse_when(item, dt.UTC) for item in written]
    keys = [when.key for when in dates if when]
    assert len(keys) == len(written)
    assert keys == sorted(keys)


@given(st.datetimes(dt.datetime(2, 1, 1), dt.datetime(9998, 1, 1)), st.integers(-720, 720))  # noqa: DTZ001 bounds
def test_moments_sort_by_instant(moment: dt.datetime, minutes: int) -> None:
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    one = moment.replace(tzinfo=dt.UTC)
    two = (one + dt.timedelta(seconds=1)).astimezone(zone)
    first, second = (parse_when(item.isoformat(), dt.UTC) for item in (one, two))
    assert first is not None
    assert second is not None
    assert first.key < second.key


@given(st.text())
def test_a_hint_is_always_something_to_write(text: str) -> None:
    assert date_hint(text)
