import pytest

from digest.model.records import ContentPage, Entity, EntityKind, Status
from parsing import load, the_finding

ENTITY = "content/entities/a.md"
PAGE = "content/pages/about/our-team.md"


def test_an_entity_of_one_field_has_a_value_for_every_other() -> None:
    assert load("name: SAG-AFTRA", path=ENTITY).record == Entity(
        path=ENTITY, name="SAG-AFTRA", slug="sag-aftra", places={"name": (2, 7)}
    )


def test_every_field_of_an_entity_is_read() -> None:
    record = load(
        "name: Writers Guild\nkind: trade-association\naliases: [WGA, no]\nacronym: WGA\n"
        "homepage: https://a.example/\nwikidata: Q42\nmember_of: AFL-CIO\nparent: A\n"
        "description: D",
        path=ENTITY,
    ).record
    assert isinstance(record, Entity)
    assert (record.kind, record.aliases) == (EntityKind.TRADE_ASSOCIATION, ("WGA", "no"))
    assert (record.acronym, record.homepage) == ("WGA", "https://a.example/")
    assert (record.wikidata, record.member_of, record.parent) == ("Q42", ("AFL-CIO",), "A")
    assert record.description == "D"


@pytest.mark.parametrize(
    ("name", "slug"), [("C++", "c-plus-plus"), ("~", "tilde"), ("罢工", "罢工")]
)
def test_the_name_of_an_entity_makes_its_slug(name: str, slug: str) -> None:
    record = load(f"name: {name}", path=ENTITY).record
    assert isinstance(record, Entity)
    assert record.slug == slug


@pytest.mark.parametrize("kind", list(EntityKind))
def test_a_kind_is_one_of_a_closed_list(kind: EntityKind) -> None:
    record = load(f"name: A\nkind: {kind}", path=ENTITY).record
    assert isinstance(record, Entity)
    assert record.kind is kind


@pytest.mark.parametrize(
    ("front", "code", "place", "hint"),
    [
        ("kind: union", "missing-field", "2:1", "add name"),
        ("name: A\nkind: onion", "field-value", "3:7", "did you mean 'union'?"),
        ("name: A\nkind:", "field-value", "3:6", "accepted are union, company"),
        ("name: A\nhomepage: a.example", "url", "3:11", "https://"),
        ("name: A\nwikidata: 42", "field-value", "3:11", "such as Q6581097"),
        ("name: A\nwikidata: Q٤٢", "field-value", "3:11", "such as Q6581097"),
        ("name: A\nalias: B", "unknown-field", "3:1", "did you mean 'aliases'?"),
        (f"name: {'x' * 201}", "slug", "2:7", "another name"),
        ("name: con", "slug", "2:7", "another name"),
    ],
)
def test_a_wrong_entity_is_told_with_its_place(
    front: str, code: str, place: str, hint: str
) -> None:
    loaded = load(front, path=ENTITY)
    finding = the_finding(loaded)
    assert (loaded.record, finding.code) == (None, code)
    assert str(finding.span) == f"{ENTITY}:{place}"
    assert hint in finding.hint


def test_a_page_stands_where_its_file_stands() -> None:
    assert load("title: Team", path=PAGE).record == ContentPage(
        path=PAGE, title="Team", parts=("about", "our-team"), places={"title": (2, 8)}
    )


def test_every_field_of_a_page_is_read() -> None:
    record = load(
        "title: T\nslug: who\nstatus: unlisted\ndescription: D\naliases: [/old/]\nlang: es\n"
        "template: own.html",
        path=PAGE,
    ).record
    assert isinstance(record, ContentPage)
    assert (record.parts, record.status) == (("about", "who"), Status.UNLISTED)
    assert (record.description, record.aliases) == ("D", ("/old/",))
    assert (record.lang, record.template) == ("es", "own.html")


@pytest.mark.parametrize(
    ("path", "front", "code"),
    [
        ("content/pages/a.md", "slug: b", "missing-field"),
        ("content/pages/!!!.md", "title: A", "slug"),
        ("content/pages/con/a.md", "title: A", "slug"),
        ("content/pages/a.md", "title: A\ndate: 2023", "unknown-field"),
        ("content/pages/a.md", "title: A\nslug: ../x", "slug"),
    ],
)
def test_a_wrong_page_is_told(path: str, front: str, code: str) -> None:
    loaded = load(front, path=path)
    finding = the_finding(loaded)
    assert (loaded.record, finding.code) == (None, code)
    assert finding.hint
