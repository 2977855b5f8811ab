import msgspec
import pytest

from digest.diagnostics import Span
from digest.model.dates import When
from digest.model.records import Article, ContentPage, Entity, Record

DAY = When("2023-07-27", "2023-07-27")
PLACES = {"title": (2, 8), "name": (2, 7)}
RECORDS: dict[str, Record] = {
    "title": Article(
        id="a", path="content/a.md", title="A", slug="a", date=DAY, event_date=DAY, places=PLACES
    ),
    "name": Entity(path="content/entities/a.md", name="A", slug="a", places=PLACES),
}
PAGE = ContentPage(path="content/pages/a.md", title="A", parts=("a",), places=PLACES)


@pytest.mark.parametrize(("field", "record"), RECORDS.items())
def test_a_record_knows_the_places_of_its_fields(field: str, record: Record) -> None:
    assert record.span(field) == Span(record.path, *PLACES[field])
    assert record.span("tags") == record.span() == Span(record.path)


def test_a_page_knows_the_places_of_its_fields() -> None:
    assert str(PAGE.span("title")) == "content/pages/a.md:2:8"
    assert str(PAGE.span("slug")) == "content/pages/a.md"


@pytest.mark.parametrize("record", [*RECORDS.values(), PAGE])
def test_a_record_survives_the_way_between_processes(record: Record) -> None:
    data = msgspec.msgpack.encode(record)
    assert msgspec.msgpack.decode(data, type=Record) == record


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        PAGE.title = "B"  # type: ignore[misc] # that is the point
