import pytest

from digest.config.records import DEFAULT_ROLES as ROLES
from digest.load.articles import content_id
from digest.model.records import (
    Article,
    Correction,
    Figure,
    Image,
    Named,
    Source,
    SourceKind,
    Status,
)
from parsing import day, load, load_fields, read_fields, the_finding


def test_an_article_of_two_fields_has_a_value_for_every_other() -> None:
    assert load_fields(path="content/2023/netflix.md").record == Article(
        id="2023/netflix",
        path="content/2023/netflix.md",
        title="A title",
        slug="a-title",
        date=day("2023-07-27"),
        event_date=day("2023-07-27"),
        status=Status.PUBLISHED,
        places={"title": (2, 8), "date": (3, 7)},
    )


def test_every_field_is_read() -> None:
    article = read_fields(
        "id: urn:x:1\nevent_date: 2023-07\nupdated: 2023-08-01\npublish: 2023-07-28\n"
        "expires: 2030\nstatus: unlisted\nslug: short\naliases: [/old/]\ntags: [no, b]\n"
        "authors: Jane Doe\nsummary: S\ndescription: D\nstorylines: ['Docks, roads']\n"
        "lang: en-GB\ntemplate: parts/long-read.html"
    )
    assert (article.id, article.slug, article.status) == ("urn:x:1", "short", Status.UNLISTED)
    assert (article.event_date, article.updated) == (day("2023-07"), day("2023-08-01"))
    assert (article.publish, article.expires) == (day("2023-07-28"), day("2030"))
    assert (article.aliases, article.tags, article.authors) == (
        ("/old/",),
        ("no", "b"),
        ("Jane Doe",),
    )
    assert (article.summary, article.description, article.lang) == ("S", "D", "en-GB")
    assert (article.storylines, article.template) == (("Docks, roads",), "parts/long-read.html")


@pytest.mark.parametrize(
    ("front", "path", "date"),
    [
        ("", "content/2023-07-27-x.md", "2023-07-27"),
        ("", "content/2023-07-27.md", "2023-07-27"),
        ("date:", "content/a/2023-07-27-x.md", "2023-07-27"),
        ("date: 2024-01", "content/2023-07-27-x.md", "2024-01"),
    ],
)
def test_the_date_may_come_from_the_file_name(front: str, path: str, date: str) -> None:
    record = load(f"title: A\n{front}", path=path).record
    assert isinstance(record, Article)
    assert record.date.text == date


@pytest.mark.parametrize(
    "name", ["x", "2023", "2023-07-x", "2023-02-30-x", "20230727-x", "x-2023-07-27", "2023-07-270"]
)
def test_a_file_name_without_a_date_gives_none(name: str) -> None:
    finding = the_finding(load("title: A", path=f"content/{name}.md"))
    assert (finding.code, finding.message) == ("missing-field", "'date' is missing")


@pytest.mark.parametrize(
    ("path", "name"),
    [("content/a.md", "a"), ("content/a/b.c.md", "a/b.c"), ("content/2023/é.txt", "2023/é")],
)
def test_an_article_is_known_by_its_path_without_the_ending(path: str, name: str) -> None:
    assert content_id(path) == name


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Netflix", [("Netflix", "")]),
        ("[Netflix, SAG-AFTRA]", [("Netflix", ""), ("SAG-AFTRA", "")]),
        ("['Challenger, Gray & Christmas']", [("Challenger, Gray & Christmas", "")]),
        ("[{name: Netflix, role: employer}, A]", [("Netflix", "employer"), ("A", "")]),
        ("[{name: Netflix, role: }]", [("Netflix", "")]),
        ("{employer: [A, B], union: C}", [("A", "employer"), ("B", "employer"), ("C", "union")]),
        ("{employer: }", []),
        ("[A, A, {name: A, role: union}]", [("A", ""), ("A", "union")]),
    ],
)
def test_entities_are_names_with_roles(written: str, names: list[tuple[str, str]]) -> None:
    assert read_fields(f"entities: {written}").entities == tuple(Named(*pair) for pair in names)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_one_of_a_closed_list(role: str) -> None:
    assert read_fields(f"entities: {{{role}: A}}").entities == (Named("A", role),)


def test_sources_are_addresses_or_mappings() -> None:
    article = read_fields(
        "sources:\n  - https://a.example/x?y=1#z\n  - url: http://b.example/\n    title: B\n"
        "    publisher: P\n    date: 2023\n    accessed: 2024-01-02\n"
        "    archive: https://c.example/\n    kind: court-filing"
    )
    assert article.sources == (
        Source("https://a.example/x?y=1#z", line=5),
        Source(
            url="http://b.example/",
            title="B",
            publisher="P",
            date=day("2023"),
            accessed=day("2024-01-02"),
            archive="https://c.example/",
            kind=SourceKind.COURT_FILING,
            line=6,
        ),
    )
    assert read_fields("sources: https://a.example/").sources == (
        Source("https://a.example/", line=4),
    )


@pytest.mark.parametrize(
    ("written", "image"),
    [
        ("{src: /p.png, alt: A page}", Image("/p.png", "A page")),
        ("{src: ../p.png, alt: A picket line}", Image("../p.png", "A picket line")),
        ("", None),
    ],
)
def test_an_image_is_a_file_of_the_site(written: str, image: Image | None) -> None:
    assert read_fields(f"image: {written}").image == image


@pytest.mark.parametrize(
    ("written", "figure"),
    [
        ("{what: jobs, value: 0}", Figure("jobs", "0")),
        ("{what: jobs, value: -12.50}", Figure("jobs", "-12.50")),
        ("{what: pay, low: 9, high: 10, unit: USD}", Figure("pay", "9", "10", "USD")),
        (
            "{what: pay, value: 1, as_of: 2023, source: https://a.example/}",
            Figure("pay", "1", as_of=day("2023"), source="https://a.example/"),
        ),
    ],
)
def test_a_figure_is_a_number_or_a_range_as_written(written: str, figure: Figure) -> None:
    assert read_fields(f"figures: [{written}]").figures == (figure,)
    assert read_fields(f"figures: {written}").figures == (figure,)


def test_corrections_have_a_date_and_a_text() -> None:
    article = read_fields("corrections:\n  - {date: 2023-08, text: 'It was 5, not 6.'}")
    assert article.corrections == (Correction(day("2023-08"), "It was 5, not 6."),)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A title", "a-title"),
        ("C++ and C#", "c-plus-plus-and-c-sharp"),
        ("罢工", "罢工"),
        ("x" * 90, "x" * 80),
        (f"{'word ' * 30}", "-".join(["word"] * 16)),
    ],
)
def test_the_title_makes_the_slug_unless_one_is_written(title: str, slug: str) -> None:
    made = load(f'title: "{title}"\ndate: 2023').record
    written = load(f'title: "{title}"\ndate: 2023\nslug: own').record
    assert isinstance(made, Article)
    assert isinstance(written, Article)
    assert (made.slug, written.slug) == (slug, "own")


def test_a_title_of_signs_alone_asks_for_a_slug() -> None:
    finding = the_finding(load("title: '!!!'\ndate: 2023"))
    assert (finding.code, finding.hint) == ("slug", "add slug: a-short-name")
    assert load("title: '!!!'\ndate: 2023\nslug: signs").record is not None


def test_a_file_without_title_and_date_still_hears_of_its_other_faults() -> None:
    codes = sorted(item.code for item in load("status: no\nlastmod: x").diagnostics)
    assert codes == ["field-value", "missing-field", "missing-field", "unknown-field"]
