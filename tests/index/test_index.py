from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.diagnostics import Diagnostic, Severity
from digest.index.index import build_index
from digest.index.names import name_key
from digest.index.records import Index
from digest.model.records import Article, Entity, EntityKind, Named, Status
from digest.urls import term_fault, term_slug
from domain import an_article, an_entity, in_order


def index_of(*articles: Article, entities: tuple[Entity, ...] = ()) -> Index:
    index, findings = build_index(in_order(*articles), entities)
    assert index is not None, findings
    return index


def names(articles: tuple[Article, ...]) -> list[str]:
    return [article.id for article in articles]


def test_an_empty_site_has_an_index() -> None:
    index = index_of()
    assert (index.articles, index.tags, index.entities, index.timeline) == ((), {}, {}, {})


def test_articles_have_places_in_the_order_of_date_and_id() -> None:
    index = index_of(an_article("b"), an_article("a"), an_article("c", "2022"))
    assert names(index.articles) == ["c", "a", "b"]
    assert index.positions == {"c": 0, "a": 1, "b": 2}


def test_tags_are_found_by_slug_a_to_z_with_their_articles() -> None:
    index = index_of(an_article("a", tags=("Strikes", "AI")), an_article("b", tags=("AI",)))
    assert list(index.tags) == ["ai", "strikes"]
    assert names(index.tags["ai"].articles) == ["a", "b"]
    assert index.tags["strikes"].name == "Strikes"
    assert [term.name for term in index.tags_of(index.articles[0])] == ["Strikes", "AI"]


def test_a_tag_in_two_spellings_is_one_page_under_the_usual_spelling() -> None:
    articles = in_order(
        an_article("a", tags=("ai law",)),
        an_article("b", tags=("AI-Law",)),
        an_article("c", tags=("AI-Law", "ai law")),
        an_article("d", tags=("AI-Law",)),
    )
    index, findings = build_index(articles, ())
    assert index is not None
    assert list(index.tags) == ["ai-law"]
    assert index.tags["ai-law"].name == "AI-Law"
    assert names(index.tags["ai-law"].articles) == ["a", "b", "c", "d"]
    assert [(item.code, item.severity, str(item.span), item.hint) for item in findings] == [
        ("tag-spelling", Severity.WARNING, "content/a.md:4:7", "write 'AI-Law'")
    ]
    assert "'ai law' is the same as 'AI-Law'" in findings[0].message


def test_spellings_used_equally_often_are_settled_by_code_point() -> None:
    index = index_of(an_article("a", tags=("amazon",)), an_article("b", tags=("Amazon",)))
    assert index.tags["amazon"].name == "Amazon"


@pytest.mark.parametrize(
    ("tags", "slugs"),
    [
        (("C", "C#", "C++"), ["c", "c-plus-plus", "c-sharp"]),
        (("no", "on", "0123", "12:30", "~"), ["0123", "12-30", "no", "on", "tilde"]),
        (("Caf\u00e9", "Cafe\u0301"), ["caf\u00e9"]),
    ],
    ids=["signs", "words of YAML", "Unicode forms"],
)
def test_slugs_of_tags(tags: tuple[str, ...], slugs: list[str]) -> None:
    assert list(index_of(an_article("a", tags=tags)).tags) == slugs


def test_an_entity_without_a_file_is_of_no_special_kind() -> None:
    index = index_of(an_article("a", entities=("Netflix",)))
    assert index.entities["netflix"].kind is EntityKind.OTHER
    assert index.entities["netflix"].entity is None


def test_an_entity_file_gives_the_name_and_takes_aliases() -> None:
    guild = an_entity(
        "Writers Guild of America",
        kind=EntityKind.UNION,
        aliases=("Writers Guild",),
        acronym="WGA",
    )
    index = index_of(
        an_article("a", entities=("WGA",)),
        an_article("b", entities=("writers guild",)),
        an_article("c", entities=("Writers Guild of America",)),
        entities=(guild,),
    )
    assert list(index.entities) == ["writers-guild-of-america"]
    term = index.entities["writers-guild-of-america"]
    assert (term.name, term.kind, term.entity) == (guild.name, EntityKind.UNION, guild)
    assert names(term.articles) == ["a", "b", "c"]


def test_an_entity_file_that_no_article_names_has_an_entry() -> None:
    index = index_of(an_article("a"), entities=(an_entity("Netflix"),))
    assert index.entities["netflix"].articles == ()


def test_an_entity_named_twice_stands_once_unless_its_role_differs() -> None:
    roles = (Named("Netflix", "employer"), Named("netflix", "vendor"), Named("N", "employer"))
    article = an_article("a", entities=("Netflix", "netflix", *roles))
    index = index_of(article)
    assert [(part.slug, part.role) for part in index.parts_of(article)] == [
        ("netflix", "employer"),
        ("netflix", "vendor"),
        ("n", "employer"),
    ]
    assert names(index.entities["netflix"].articles) == ["a"]


def test_a_spelling_is_no_finding_where_a_file_settles_it() -> None:
    articles = in_order(an_article("a", entities=("NETFLIX",)), an_article("b", entities=("Hulu",)))
    _, findings = build_index(articles, (an_entity("Netflix"),))
    assert [item.code for item in findings] == ["entity-file"]


def test_an_entity_in_two_spellings_without_a_file_is_a_warning() -> None:
    articles = in_order(an_article("a", entities=("HULU",)), an_article("b", entities=("Hulu",)))
    _, findings = build_index(articles, ())
    assert [(item.code, str(item.span)) for item in findings] == [
        ("entity-spelling", "content/b.md:5:11")
    ]


def test_members_and_parts_belong_to_the_body_they_name() -> None:
    entities = (
        an_entity("AFL-CIO"),
        an_entity("CWA", member_of=("AFL-CIO",)),
        an_entity("Equity", member_of=("AFL-CIO", "CWA"), parent="CWA"),
    )
    assert index_of(entities=entities).members == {"afl-cio": ("cwa", "equity"), "cwa": ("equity",)}


def test_the_timeline_goes_by_the_date_of_the_event_at_its_precision() -> None:
    index = index_of(
        an_article("day", "2023-07-27", event_date="2023-06-30"),
        an_article("month", "2023-06"),
        an_article("year", "2023"),
        an_article("early", "2023-06-01"),
    )
    assert {
        year: {month: names(own) for month, own in months.items()}
        for year, months in index.timeline.items()
    } == {"2023": {"": ["year"], "06": ["month", "early", "day"]}}


def test_an_unlisted_article_is_on_no_list_and_names_nothing() -> None:
    hidden = an_article("b", tags=("secret",), entities=("Hulu",), status=Status.UNLISTED)
    index = index_of(an_article("a", tags=("open",)), hidden)
    assert names(index.articles) == ["a"]
    assert names(index.unlisted) == ["b"]
    assert (list(index.tags), list(index.entities)) == (["open"], [])
    assert index.tags_of(hidden) == ()
    assert index.parts_of(hidden) == ()
    assert "b" not in index.positions


def test_a_draft_that_is_built_is_listed() -> None:
    assert names(index_of(an_article("a", status=Status.DRAFT)).articles) == ["a"]


def errors_of(*articles: Article, strict: bool = False) -> tuple[Diagnostic, ...]:
    return build_index(in_order(*articles), (), files_required=strict)[1]


def test_two_articles_with_one_id_are_an_error_that_names_both() -> None:
    found = errors_of(an_article("b"), an_article("a", id="b"))
    assert [(item.code, item.severity, str(item.span)) for item in found] == [
        ("duplicate-id", Severity.ERROR, "content/b.md:2:5")
    ]
    assert "content/a.md" in found[0].message


def _naming(field: str, name: str) -> Article:
    fields: dict[str, Any] = {field: (name,)}
    return an_article("a", **fields)


@pytest.mark.parametrize("name", ["\ue000", "CON", "x" * 300], ids=["no name", "device", "long"])
@pytest.mark.parametrize("field", ["tags", "entities"])
def test_a_name_that_makes_no_url_is_an_error_at_its_field(field: str, name: str) -> None:
    index, found = build_index((_naming(field, name),), ())
    assert index is None
    assert [item.code for item in found] == ["slug"]
    assert (
        str(found[0].span) == {"tags": "content/a.md:4:7", "entities": "content/a.md:5:11"}[field]
    )


def test_an_entity_without_a_file_is_an_error_only_if_files_are_required() -> None:
    article = an_article("a", entities=("Netflix", "Hulu"))
    assert errors_of(article) == ()
    found = errors_of(article, an_article("b", entities=("Netflix",)), strict=True)
    assert [(item.code, item.hint) for item in found] == [
        ("entity-file", "add content/entities/netflix.md with name and kind"),
        ("entity-file", "add content/entities/hulu.md with name and kind"),
    ]


NAMES = st.text(st.sampled_from("abAB12 -'+#é\u0301Éßς罢"), min_size=1, max_size=4).filter(
    lambda name: not term_fault(term_slug(name))
)


@st.composite
def sites(draw: st.DrawFn) -> tuple[Article, ...]:
    dates = st.sampled_from(["2022", "2023", "2023-06", "2023-06-01", "2023-07-27", "2024-01"])
    return in_order(
        *(
            an_article(
                f"a{number}",
                draw(dates),
                event_date=draw(dates),
                tags=tuple(draw(st.lists(NAMES, max_size=4))),
                entities=tuple(draw(st.lists(NAMES, max_size=4))),
                status=draw(st.sampled_from([Status.PUBLISHED, Status.UNLISTED])),
            )
            for number in range(draw(st.integers(0, 8)))
        )
    )


@settings(max_examples=200, deadline=None)
@given(sites())
def test_every_article_is_in_each_list_that_it_names_and_in_no_other(
    articles: tuple[Article, ...],
) -> None:
    index = index_of(*articles)
    listed = [article for article in articles if article.status is Status.PUBLISHED]
    assert {(slug, own.id) for slug, term in index.tags.items() for own in term.articles} == {
        (term_slug(tag), article.id) for article in listed for tag in article.tags
    }
    # Names that differ in accents alone are one entity.
    assert sorted(
        (name_key(slug), own.id) for slug, term in index.entities.items() for own in term.articles
    ) == sorted(
        {(name_key(item.name), article.id) for article in listed for item in article.entities}
    )
    assert sorted(
        (year, month, own.id)
        for year, months in index.timeline.items()
        for month, articles_of_month in months.items()
        for own in articles_of_month
    ) == sorted((item.event_date.year, item.event_date.month, item.id) for item in listed)
    for term in (*index.tags.values(), *index.entities.values()):
        assert names(term.articles) == [item.id for item in listed if item in term.articles]


@settings(max_examples=100, deadline=None)
@given(st.permutations([an_entity(name, aliases=(f"alias {name}",)) for name in "abcde"]))
def test_the_order_of_entity_files_does_not_matter(entities: list[Entity]) -> None:
    article = an_article("x", entities=("alias a", "b", "z"))
    assert index_of(article, entities=tuple(entities)) == index_of(
        article, entities=tuple(sorted(entities, key=lambda entity: entity.path))
    )
