import pytest

from parsing import load, load_fields, read_fields, the_finding

WRONG = [
    # field, code, place, what the message and the hint hold
    ("tilte: x", "unknown-field", "4:1", "'tilte'", "did you mean 'title'?"),
    ("Tags: x", "unknown-field", "4:1", "'Tags'", "did you mean 'tags'?"),
    ("event-date: 2023", "unknown-field", "4:1", "'event-date'", "did you mean 'event_date'?"),
    ("<<: {status: draft}", "unknown-field", "4:1", "'<<'", "known are aliases, authors"),
    ("lastmod: 2023", "unknown-field", "4:1", "'lastmod'", "is called 'updated' here"),
    ("draft: true", "unknown-field", "4:1", "'draft'", "status: draft"),
    ("date: 2024", "duplicate-field", "4:1", "first in line 3", "keep one"),
    ("summary: a\nsummary: a", "duplicate-field", "5:1", "first in line 4", "keep one"),
    ("summary: [a]", "field-type", "4:10", "must be text", "one value"),
    ("summary: {a: b}", "field-type", "4:10", "must be text", "one value"),
    ("summary: a # b", "cut-by-comment", "4:10", "'summary' ends", "in quotes"),
    ("summary: #AI at work", "cut-by-comment", "4:9", "'summary' ends", "in quotes"),
    ("tags: [a # b\n ]", "cut-by-comment", "4:8", "'tags' ends", "in quotes"),
    ('summary: "a\\vb"', "control-character", "4:10", "U+000B", "delete"),
    ('tags: ["a\\0b"]', "control-character", "4:8", "U+0000", "delete"),
    ("tags: a, b", "field-type", "4:7", "must be a list", "write [a, b]"),
    ("authors: 'Doe, Jane'", "field-type", "4:10", "must be a list", '["Doe, Jane"]'),
    ("tags: {a: b}", "field-type", "4:7", "must be text", "one value"),
    ("tags: [a, [b]]", "field-type", "4:11", "must be text", "one value"),
    ("tags: [a, '', b]", "field-value", "4:11", "an item of 'tags' is empty", "delete"),
    ("tags:\n  - a\n  -", "field-value", "6:4", "an item of 'tags' is empty", "delete"),
    ("tags: [' ']", "field-value", "4:8", "an item of 'tags' is empty", "delete"),
    ("updated: yesterday", "date-format", "4:10", "got 'yesterday'", "YYYY-MM-DD"),
    ("updated: [2023]", "field-type", "4:10", "must be a date", "2023-07-27"),
    ("status: drafts", "field-value", "4:9", "'drafts'", "did you mean 'draft'? accepted are"),
    ("status: no", "field-value", "4:9", "'no'", "published, draft, unlisted"),
    ("status:", "field-value", "4:8", "'status' is empty", "published, draft, unlisted"),
    ("status: ''", "field-value", "4:9", "'status' is empty", "published, draft, unlisted"),
    ("status: [draft]", "field-type", "4:9", "must be text", "one value"),
    ("lang: english!", "field-value", "4:7", "'lang'", "such as en or es"),
    ("lang: [en]", "field-type", "4:7", "must be text", "one value"),
    ("aliases: [https://evil.example/]", "alias", "4:11", "one slash", "/2020/old-name/"),
    ("aliases: //evil.example/x", "alias", "4:10", "one slash", "/2020/old-name/"),
    ("aliases: /../x/", "alias", "4:10", "leave its folder", "/2020/old-name/"),
    ("aliases: ['']", "field-value", "4:11", "is empty", "delete"),
    ("sources: [x]", "url", "4:11", "no web address: 'x'", "https://"),
    ("sources: ftp://a.example/", "url", "4:10", "no web address", "https://"),
    ("sources: ['']", "field-value", "4:11", "is empty", "delete"),
    ("sources: [[a]]", "field-type", "4:11", "an address or a mapping", "https://"),
    ("sources: [{title: A}]", "missing-field", "4:11", "'url' is missing", "add url"),
    ("sources: [{url: 'javascript:x'}]", "url", "4:17", "no web address", "https://"),
    ("sources: [{url: https://a.example/, type: b}]", "unknown-field", "4:37", "'type'", "title"),
    ("sources: [{url: https://a.example/, kind: pres}]", "field-value", "4:43", "'pres'", "press"),
    ("sources: [{url: https://a.example/, date: x}]", "date-format", "4:43", "'x'", "YYYY"),
    ("entities: A, B", "field-type", "4:11", "must be a list", "write [A, B]"),
    ("entities: [{role: union}]", "missing-field", "4:12", "'name' is missing", "add name"),
    ("entities: [{name: A, role: boss}]", "role", "4:28", "unknown role 'boss'", "accepted are"),
    ("entities: [{name: A, role: [x]}]", "field-type", "4:28", "'role' must be text", "value"),
    ("entities: {unoin: A}", "role", "4:12", "unknown role 'unoin'", "did you mean 'union'?"),
    ("entities: {union: A, union: B}", "duplicate-field", "4:22", "in line 4", "keep one"),
    ("entities: {union: 'A, B'}", "field-type", "4:19", "must be a list", "write [A, B]"),
    ("image: x.png", "missing-field", "4:8", "no 'alt'", 'alt: "What it shows"'),
    ("image: {src: x.png}", "missing-field", "4:8", "'alt' is missing", "What it shows"),
    ('image: {src: x.png, alt: ""}', "missing-field", "4:26", "'alt' is missing", "What it"),
    ("image: https://a.example/x.png", "url", "4:8", "a file of the site", "into the site"),
    ("image: //a.example/x.png", "url", "4:8", "a file of the site", "into the site"),
    ("image: [a]", "field-type", "4:8", "must be text", "one value"),
    ("image: {alt: b}", "missing-field", "4:8", "'src' is missing", "add src"),
    ("figures: 12", "field-type", "4:10", "a mapping with 'what'", "write {what:"),
    ("figures: [{value: 1}]", "missing-field", "4:11", "'what' is missing", "add what"),
    ("figures: [{what: a}]", "figure", "4:11", "either 'value'", "write value: 12"),
    ("figures: [{what: a, low: 1}]", "figure", "4:11", "either 'value'", "low: 10 and high: 14"),
    ("figures: [{what: a, high: 1}]", "figure", "4:11", "either 'value'", "low: 10"),
    ("figures: [{what: a, value: 1, low: 1, high: 2}]", "figure", "4:11", "either", "low: 10"),
    ("figures: [{what: a, low: 3, high: 2}]", "figure", "4:11", "3 is above 'high' 2", "swap"),
    ("figures: [{what: a, value: '$1,000'}]", "field-value", "4:28", "a number", "write 1000"),
    ("figures: [{what: a, value: many}]", "field-value", "4:28", "a number", "write digits"),
    ("corrections: x", "field-type", "4:14", "must be a mapping", "write {date:"),
    ("corrections: [{date: 2023}]", "missing-field", "4:15", "'text' is missing", "add text"),
    ("corrections: [{text: x}]", "missing-field", "4:15", "'date' is missing", "add date"),
    ("id: a b", "field-value", "4:5", "'id' may not be", "without spaces"),
    ("slug: A Title", "slug", "4:7", "'A Title' may not be a slug", "write slug: a-title"),
    ("slug: '!!!'", "slug", "4:7", "'!!!' may not be a slug", "write slug: a-short-name"),
    ("slug: con", "slug", "4:7", "Windows reserves", "another word"),
    ("template: ../x.html", "field-value", "4:11", "'template' may not be", "templates/"),
    ("template: longread", "field-value", "4:11", "'template' may not be", ".html"),
]


@pytest.mark.parametrize(
    ("extra", "code", "place", "message", "hint"), WRONG, ids=[case[0] for case in WRONG]
)
def test_a_wrong_field_is_told_with_its_place_its_line_and_a_way_out(
    extra: str, code: str, place: str, message: str, hint: str
) -> None:
    loaded = load_fields(extra)
    finding = the_finding(loaded)
    span = finding.span
    assert span is not None
    assert loaded.record is None
    assert (finding.code, str(span)) == (code, f"content/a.md:{place}")
    assert finding.source == extra.split("\n")[span.line - 4]
    assert message in finding.message
    assert hint in finding.hint


@pytest.mark.parametrize(
    "empty",
    ["", " ''", " []", " # nobody yet"],
    ids=["nothing", "quotes", "brackets", "a note"],
)
@pytest.mark.parametrize("field", ["tags", "authors", "aliases", "sources", "figures"])
def test_a_list_field_may_be_left_empty(field: str, empty: str) -> None:
    assert getattr(read_fields(f"{field}:{empty}"), field) == ()


@pytest.mark.parametrize("field", ["summary", "description", "id", "slug", "lang", "template"])
def test_a_text_field_may_be_left_empty(field: str) -> None:
    assert read_fields(f"{field}:") == read_fields()


@pytest.mark.parametrize("title", ["", "title:", "title: '  '", 'title: "\\t"', "title: '!!!'"])
def test_a_title_must_have_a_letter(title: str) -> None:
    loaded = load(f"date: 2023\n{title}")
    assert loaded.record is None
    assert loaded.diagnostics != ()


def test_white_space_inside_a_text_is_folded() -> None:
    extra = 'summary: >\n  one\n  two\ndescription: "a \\t b\\n\\L c"\ntags: ["a  b"]'
    article = read_fields(extra)
    assert (article.summary, article.description, article.tags) == ("one two", "a b c", ("a b",))


def test_every_finding_of_a_file_comes_at_once() -> None:
    wrong = [extra for extra, *_ in WRONG if "\n" not in extra and not extra.startswith("date")]
    unlike = {extra.partition(":")[0]: extra for extra in wrong}
    loaded = load_fields("\n".join(unlike.values()))
    found = [item.span.line for item in loaded.diagnostics if item.span]
    assert sorted(found) == list(range(4, 4 + len(unlike)))
