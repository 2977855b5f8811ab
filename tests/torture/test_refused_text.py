"""Content that stops the build: what is said, and where."""

import time
from pathlib import Path

import pytest

from support import article, build_site, make_site, read_tree, write_files

A = "content/a.md"


def front(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "Text."])


Case = tuple[str, str, str | bytes, str, int, int, str]
REFUSED: list[Case] = [
    # name, file, text, code, line, column, what the hint says
    ("second colon", A, front("title: Foo: bar", "date: 2023"), "yaml", 2, 11, "title: 'Foo: bar'"),
    ("no end", A, "---\ntitle: x\ndate: 2023\n\nText.\n", "front-matter-open", 1, 1, "---"),
    ("latin-1", A, article("caf").encode() + b"caf\xe9", "not-utf8", 7, 0, "UTF-8"),
    ("utf-16", A, article().encode("utf-16"), "not-utf8", 1, 0, "UTF-8"),
    ("utf-16 without mark", A, article().encode("utf-16-le"), "not-utf8", 1, 0, "UTF-8"),
    ("empty file", A, "", "empty", 0, 0, "delete"),
    ("white space", A, " \n\n", "empty", 0, 0, "delete"),
    ("list", A, front("- a", "- b"), "front-matter-shape", 2, 1, "title:"),
    ("bare text", A, front("just words"), "front-matter-shape", 2, 1, "title:"),
    ("key twice", A, front("title: x", "date: 2023", "date: 2024"), "duplicate-field", 4, 1, "one"),
    ("unknown key", A, front("tilte: x", "date: 2023"), "unknown-field", 2, 1, "'title'"),
    ("comment cuts", A, front("title: a # b", "date: 2023"), "cut-by-comment", 2, 8, "quotes"),
    ("draft text", A, article(extra='draft: "false"'), "unknown-field", 4, 1, "status: draft"),
    ("draft no", A, article(extra="draft: no"), "unknown-field", 4, 1, "published"),
    ("draft zero", A, article(extra="draft: 0"), "unknown-field", 4, 1, "unlisted"),
    ("status word", A, article(extra="status: yes"), "field-value", 4, 9, "published"),
    ("tab", A, front("title: x", "\tdate: 2023"), "yaml", 3, 1, "spaces"),
    ("at sign", A, front("title: @who", "date: 2023"), "yaml", 2, 8, "quotes"),
    ("backtick", A, front("title: `x`", "date: 2023"), "yaml", 2, 8, "quotes"),
    ("percent", A, front("title: %x", "date: 2023"), "yaml", 2, 8, "quotes"),
    ("tag", A, front("title: !!python/object/apply:os.system [id]"), "yaml-forbidden", 2, 8, "out"),
    ("anchor", A, front("title: &x a", "date: 2023"), "yaml-forbidden", 2, 8, "out"),
    ("alias to itself", A, front("tags: &x [*x]"), "yaml-forbidden", 2, 7, "out"),
    ("deep", A, front("tags: " + "[" * 30000), "yaml-forbidden", 2, 14, "out"),
    ("many", A, front("tags: [" + "a, " * 3000 + "a]"), "yaml-forbidden", 2, 0, "out"),
    ("nul", A, front('title: "a\0b"'), "not-utf8", 2, 0, "UTF-8"),
    ("vertical tab", A, front('title: "a\x0bb"'), "control-character", 2, 10, "delete"),
    ("escaped vertical tab", A, front('title: "a\\x0bb"'), "control-character", 2, 8, "delete"),
    ("not a character", A, front('title: "a\ufffeb"'), "control-character", 2, 10, "delete"),
    ("no front matter", A, "Just text.\n", "no-front-matter", 1, 0, "---"),
    ("no title", A, front("date: 2023"), "missing-field", 2, 1, "title"),
    ("no date", A, front("title: x"), "missing-field", 2, 1, "date"),
    ("list for text", A, front("title: [x]", "date: 2023"), "field-type", 2, 8, ""),
    ("commas", A, article(extra="tags: labor, ai"), "field-type", 4, 7, "[labor, ai]"),
    ("role", A, article(extra="entities: [{name: X, role: onion}]"), "role", 4, 28, "union"),
    ("source scheme", A, article(extra="sources: ['javascript:x']"), "url", 4, 11, "https://"),
    (
        "source without url",
        A,
        article(extra="sources: [{title: x}]"),
        "missing-field",
        4,
        11,
        "url",
    ),
    ("figure", A, article(extra="figures: [{what: x, low: 3, high: 2}]"), "figure", 4, 11, "swap"),
    (
        "number",
        A,
        article(extra="figures: [{what: x, value: '1,000'}]"),
        "field-value",
        4,
        28,
        "1000",
    ),
    ("text without date", "content/a.txt", "Words.\n", "no-date", 1, 0, "date 2023-07-27"),
    (
        "text with a bad date",
        "content/a.txt",
        "date 27/7/2023 W.",
        "date-format",
        1,
        6,
        "2023-07-27",
    ),
    ("text that ends", "content/a.txt", "date 2023-07-27 \n", "empty", 1, 0, ""),
    (
        "remote picture",
        A,
        article(body="\n![x](https://e.org/x.png)"),
        "remote-image",
        7,
        0,
        "site",
    ),
    ("remote front picture", A, article(extra="image: https://e.org/x.png"), "url", 4, 8, "site"),
    (
        "bad wikidata",
        "content/entities/a.md",
        front("name: X", "wikidata: 42"),
        "field-value",
        3,
        11,
        "Q",
    ),
    (
        "bad kind",
        "content/entities/a.md",
        front("name: X", "kind: unoin"),
        "field-value",
        3,
        7,
        "union",
    ),
    ("list key", A, front("[a]: b"), "front-matter-shape", 2, 1, "quotes"),
    ("open quote", A, front('title: "x', "date: 2023"), "yaml", 2, 8, "close"),
    ("open list", A, front("tags: [a, b", "date: 2023"), "yaml", 2, 7, "]"),
    ("second document", A, front("title: x", "...", "%YAML 1.1", "a: b"), "yaml", 5, 1, ""),
    ("empty item", A, article(extra="tags: [a, '']"), "field-value", 4, 11, "delete"),
    ("empty source", A, article(extra="sources: ['']"), "field-value", 4, 11, "delete"),
    ("list as source", A, article(extra="sources: [[x]]"), "field-type", 4, 11, "https://"),
    ("list as entity", A, article(extra="entities: [[x]]"), "field-type", 4, 12, ""),
    ("text as figure", A, article(extra="figures: [x]"), "field-type", 4, 11, "what"),
    ("figure without number", A, article(extra="figures: [{what: x}]"), "figure", 4, 11, "low"),
    ("text as correction", A, article(extra="corrections: [x]"), "field-type", 4, 15, "text"),
    (
        "correction without text",
        A,
        article(extra="corrections: [{date: 2023}]"),
        "missing-field",
        4,
        15,
        "text",
    ),
    ("id", A, article(extra="id: a b"), "field-value", 4, 5, "spaces"),
    ("image without file", A, article(extra="image: {alt: x}"), "missing-field", 4, 8, "src"),
    ("list as date", A, article(date="[2023]"), "field-type", 3, 7, ""),
    ("role map", A, article(extra="entities: {onion: [X]}"), "role", 4, 12, "union"),
    (
        "unnamed entity",
        "content/entities/a.md",
        front("kind: union"),
        "missing-field",
        2,
        1,
        "name",
    ),
    ("page name", "content/pages/!!!.md", front("title: X"), "slug", 2, 1, "rename"),
    ("plain page", "content/pages/x.md", "Just text.", "no-front-matter", 1, 0, "---"),
    ("slugless text", "content/a.txt", "date 2023 !!!", "slug", 1, 11, "words"),
    ("tag without address", A, article(extra=f"tags: [{'ab' * 150}]"), "slug", 4, 7, ""),
    ("lang", A, article(extra="lang: '<b>'"), "field-value", 4, 7, "en"),
    ("template", A, article(extra="template: ../x.html"), "field-value", 4, 11, "templates/"),
    ("no such template", A, article(extra="template: zq.html"), "template-missing", 4, 11, "html"),
]


@pytest.mark.parametrize("case", REFUSED, ids=[case[0] for case in REFUSED])
def test_what_is_refused_is_placed_and_explained(tmp_path: Path, case: Case) -> None:
    _, path, text, code, line, column, hint = case
    site = make_site(tmp_path, {"content/good.md": article("Good")})
    assert build_site(site).ok
    before = read_tree(site / "public")
    write_files(site, {path: text})
    started = time.process_time()
    outcome = build_site(site)
    assert time.process_time() - started < 2
    assert not outcome.ok
    found = next((item for item in outcome.diagnostics if item.code == code), None)
    assert found is not None, outcome.text
    assert found.span is not None
    assert found.span.path == path
    assert found.span.line == line
    assert column in {0, found.span.column}
    assert hint in found.hint
    assert read_tree(site / "public") == before


DATES = {
    "2023-02-30": "no such date",
    "0000-00-00": "no such date",
    "2023-13-01": "no such date",
    "2023-07-27T24:00:00Z": "2023-07-27",
    "10000-01-01": "YYYY-MM-DD",
    "01/02/2023": "2023-02-01 or 2023-01-02",
    "31.12.2023": "2023-12-31",
    "2023/7/1": "2023-07-01",
    "Thursday": "YYYY-MM-DD",
    "10": "YYYY-MM-DD",
    "Q3 2023": "YYYY-MM-DD",
    "2023-07-27 10:00 EST": "2023-07-27",
    "2023-07-27T10:00": "2023-07-27T10:00+00:00",
    "20230727": "YYYY-MM-DD",
    "\uff12\uff10\uff12\uff13": "YYYY-MM-DD",
}


@pytest.mark.parametrize(("date", "hint"), DATES.items(), ids=DATES)
def test_a_date_that_is_none_is_never_guessed(tmp_path: Path, date: str, hint: str) -> None:
    outcome = build_site(make_site(tmp_path, {A: article(date=f'"{date}"')}))
    assert outcome.codes == ["date-format"]
    assert outcome.diagnostics[0].span is not None
    assert outcome.diagnostics[0].span.line == 3
    assert outcome.diagnostics[0].source == f'date: "{date}"'
    assert hint in outcome.diagnostics[0].hint


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    started = time.process_time()
    outcome = build_site(make_site(tmp_path, {A: front(*rows)}))
    assert time.process_time() - started < 0.5
    assert outcome.codes == ["yaml-forbidden"]


def test_a_million_brackets_do_not_crash(tmp_path: Path) -> None:
    config = '[site]\ntitle = "T"\nurl = "https://e.org/"\n[limits]\narticle_bytes = 2000000\n'
    outcome = build_site(make_site(tmp_path, {A: front("tags: " + "[" * 1_000_000)}, config))
    assert outcome.codes == ["yaml-forbidden"]


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(body="x" * 50_000_000)})
    outcome = build_site(site)
    assert outcome.codes == ["too-large"]
    assert "50,00" in outcome.diagnostics[0].message


def test_a_line_of_a_megabyte_is_read_or_refused_in_time(tmp_path: Path) -> None:
    outcome = build_site(make_site(tmp_path, {A: article(body="word " * 199_000)}))
    assert outcome.ok, outcome.text


def test_every_broken_file_is_named_in_one_run(tmp_path: Path) -> None:
    files = {
        f"content/{name}": text
        for name, text in (
            ("1.md", front("title: Foo: bar")),
            ("2.md", article(date="nie")),
            ("3.txt", "no date"),
            ("entities/4.md", front("nmae: x")),
            ("pages/5.md", front("titel: x")),
            ("6.md", article(body="[x](gone.md)")),
        )
    }
    outcome = build_site(make_site(tmp_path, files))
    places = {item.span.path for item in outcome.diagnostics if item.span}
    assert places == set(files)


BOMBS = {
    "pictures": "![" * 8000,
    "links": "[a](" * 8000,
    "tags": "<a " * 8000,
    "footnotes": "[^1]" * 3000,
    "emphasis": "*a_" * 5000,
    "backticks": "`" * 20000 + "a",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_slow_markdown_ends_in_time_with_its_name(tmp_path: Path, text: str) -> None:
    config = '[site]\ntitle = "T"\nurl = "https://e.org/"\n[limits]\nmarkdown_seconds = 1\n'
    started = time.process_time()
    outcome = build_site(make_site(tmp_path, {A: article(body=text)}, config))
    assert time.process_time() - started < 4
    if not outcome.ok:
        assert outcome.codes == ["markdown-slow"]
        assert outcome.diagnostics[0].span is not None
        assert outcome.diagnostics[0].span.path == A
