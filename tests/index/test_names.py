import pytest

from digest.diagnostics import Severity
from digest.index.names import Spellings, Use, count_uses, name_entities, unusable_names
from domain import an_article, an_entity


def test_every_name_of_an_entity_leads_to_it() -> None:
    guild = an_entity("Writers Guild of America", aliases=("Writers’ Guild",), acronym="WGA")
    names, findings = name_entities([guild])
    assert findings == ()
    for name in ("Writers Guild of America", "WRITERS GUILD OF AMERICA", "writers guild", "wga"):
        assert names.slug(name) == "writers-guild-of-america"
    assert names.slug("Equity") == "equity"
    assert names.by_slug == {"writers-guild-of-america": guild}


def test_two_files_for_one_entity_are_an_error_that_names_both() -> None:
    first = an_entity("Netflix", path="content/entities/a.md")
    second = an_entity("NETFLIX", path="content/entities/b.md")
    for order in ([first, second], [second, first]):
        _, findings = name_entities(order)
        assert [(item.code, str(item.span)) for item in findings] == [
            ("entity-twice", "content/entities/b.md:2:7")
        ]
        assert "content/entities/a.md" in findings[0].message


@pytest.mark.parametrize("alias", ["WGA", "wga", "Netflix"])
def test_an_alias_that_belongs_to_another_is_an_error_that_names_both(alias: str) -> None:
    entities = [
        an_entity("Netflix", acronym="WGA"),
        an_entity("Writers Guild", aliases=(alias,), places={"aliases": (4, 11)}),
    ]
    for order in (entities, entities[::-1]):
        _, findings = name_entities(order)
        assert [(item.code, item.severity, str(item.span)) for item in findings] == [
            ("alias-twice", Severity.ERROR, "content/entities/writers-guild.md:4:11")
        ]
        assert "content/entities/netflix.md" in findings[0].message


def test_an_alias_that_repeats_the_own_name_is_no_fault() -> None:
    assert name_entities([an_entity("Netflix", aliases=("NETFLIX",), acronym="netflix")])[1] == ()


@pytest.mark.parametrize(
    ("fields", "field", "hint"),
    [
        ({"parent": "Netflx"}, "parent", "did you mean 'Netflix'?"),
        ({"member_of": ("Zzzz",)}, "member_of", "add a file for it"),
    ],
)
def test_a_relation_to_nobody_is_an_error(fields: dict[str, str], field: str, hint: str) -> None:
    _, findings = name_entities([an_entity("Netflix"), an_entity("Hulu", **fields)])
    assert [(item.code, item.hint) for item in findings] == [("entity-unknown", hint)]
    assert f"'{field}'" in findings[0].message


def test_a_relation_may_use_an_alias() -> None:
    entities = [
        an_entity("AFL-CIO", aliases=("The Federation",)),
        an_entity("CWA", parent="the federation"),
    ]
    assert name_entities(entities)[1] == ()


def test_a_spelling_is_reported_where_it_stands_first() -> None:
    spellings = Spellings()
    names = (("AI", 1), ("ai", 2), ("AI", 3), ("ai", 4), ("AI", 5), ("Ai", 6))
    written = [(an_article("x", places={"tags": (line, 7)}), [name]) for name, line in names]
    for name, use in count_uses(written).items():
        spellings.add("ai", name, use, "tags")
    spellings.add("law", "law", Use(an_article("x"), 1), "tags")
    assert spellings.shown("ai") == "AI"
    assert [(item.code, item.message, str(item.span)) for item in spellings.findings("tag")] == [
        ("tag-spelling", "the tag 'Ai' is the same as 'AI'", "content/x.md:6:7"),
        ("tag-spelling", "the tag 'ai' is the same as 'AI'", "content/x.md:2:7"),
    ]


def test_every_article_with_an_unusable_name_is_reported() -> None:
    articles = [an_article("a", tags=("con", "fine")), an_article("b", tags=("con",))]
    assert [str(item.span) for item in unusable_names(articles)] == [
        "content/a.md:4:7",
        "content/b.md:4:7",
    ]
