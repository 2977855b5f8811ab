import datetime as dt
import inspect
import re
from pathlib import Path

import pytest

from digest.config.load import KEYS
from digest.config.records import DEFAULT_ROLES as ROLES
from digest.load.articles import ARTICLE_FIELDS
from digest.load.documents import parse_document
from digest.load.pages import ENTITY_FIELDS, PAGE_FIELDS, STORYLINE_FIELDS
from digest.plan import (
    chart_views,
    home_views,
    machine_views,
    search_views,
    story_views,
    term_views,
    views,
)

ROOT = Path(__file__).parents[1]
SOURCES = "\n".join(path.read_text() for path in sorted((ROOT / "src").rglob("*.py")))
CODES = sorted(
    {
        *re.findall(
            r'(?:error|warning|failure|note|Fault|fault|warn|_refuse)\(\s*"([a-z0-9-]+)"', SOURCES
        ),
        "tag-spelling",
        "entity-spelling",
    }
)
VIEWS = [
    view
    for module in (
        views,
        home_views,
        chart_views,
        term_views,
        story_views,
        search_views,
        machine_views,
    )
    for _, view in inspect.getmembers(module, inspect.isclass)
    if view.__module__ == module.__name__
    and issubclass(view, views.View)
    and view is not views.View
]


def doc(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str) -> None:
    assert f"`{code}`" in doc("errors.md")


def test_no_code_is_explained_that_does_not_exist() -> None:
    table = doc("errors.md").partition("| code |")[2]
    explained = {code for row in table.splitlines() for code in _first_cell_codes(row)}
    assert explained - set(CODES) == set()


def _first_cell_codes(row: str) -> list[str]:
    cell = row.split("|")[1] if row.startswith("|") else ""
    return re.findall(r"`([a-z0-9-]+)`", cell)


@pytest.mark.parametrize(
    "field", [*ARTICLE_FIELDS, *ENTITY_FIELDS, *PAGE_FIELDS, *STORYLINE_FIELDS, *ROLES]
)
def test_every_field_and_role_is_explained_to_editors(field: str) -> None:
    assert f"`{field}`" in doc("editor.md")


KINDS = {
    "## An article": ("content/a.md", ARTICLE_FIELDS, {"title": '"T"', "date": "2023"}),
    "## Who": ("content/entities/a.md", ENTITY_FIELDS, {"name": '"N"'}),
    "## Storylines": ("content/storylines/a.md", STORYLINE_FIELDS, {"title": '"T"'}),
    "## Pages": ("content/pages/a.md", PAGE_FIELDS, {"title": '"T"'}),
}


@pytest.mark.parametrize("heading", KINDS)
def test_every_field_has_an_example_that_works(heading: str) -> None:
    path, fields, required = KINDS[heading]
    section = doc("editor.md").partition(heading)[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| .+ \| `(\w+): (.+)` \|$", section, re.MULTILINE)
    assert sorted(field for field, _, _ in rows) == sorted(fields)
    for field, written, value in rows:
        assert written == field
        lines = [f"{key}: {text}" for key, text in {**required, field: value}.items()]
        loaded = parse_document(path, "\n".join(["---", *lines, "---", "", "Text."]), dt.UTC)
        assert loaded.diagnostics == (), value
        assert loaded.record is not None


@pytest.mark.parametrize(
    "key", [f"[{section}] {key}" for section, keys in KEYS.items() for key in keys]
)
def test_every_setting_is_explained_to_operators(key: str) -> None:
    assert f"`{key}`" in doc("operator.md")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_variable_of_a_template_is_listed(view: type[views.View]) -> None:
    section = doc("theme.md").partition(f"### `{view.__name__}`")[2].partition("\n#")[0]
    assert re.findall(r"`(\w+)`", section.strip().rpartition("\n")[2]) == list(
        view.__struct_fields__
    )


@pytest.mark.parametrize(
    "template",
    sorted(
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    ),
)
def test_every_template_is_listed(template: str) -> None:
    assert f"`{template}`" in doc("theme.md")


@pytest.mark.parametrize("template", ["base.html", "parts/term.html"])
def test_every_block_is_listed(template: str) -> None:
    blocks = set(re.findall(r"\{% block (\w+) %\}", (ROOT / "templates" / template).read_text()))
    rows = [row for row in doc("theme.md").splitlines() if f"`{template}`" in row]
    assert blocks - {"main"} <= set(re.findall(r"`(\w+)`", "".join(rows)))


def test_every_token_is_listed() -> None:
    sheet = (ROOT / "static" / "digest.css").read_text()
    tokens = set(re.findall(r"^\s+(--[\w-]+):", sheet, re.MULTILINE))
    listed = doc("theme.md")
    steps = {"--size-s", "--size-m", "--size-l", "--size-xl"}  # written as a range
    assert {token for token in tokens - steps if f"`{token}`" not in listed} == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name
)
def test_templates_mark_nothing_safe_but_bodies(path: Path) -> None:
    text = path.read_text()
    assert set(re.findall(r"\{\{([^}]*)\|\s*safe", text)) <= {
        " page.body",
        " facts.body",
        " page.head.structured",
    }
    assert not re.search(r"[^;]\s[\w-]+=\{\{", text), "an attribute without quotes"
