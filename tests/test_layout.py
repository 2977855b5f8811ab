"""The shape of the code: who imports whom, how large things are, who may touch what."""

import ast
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "digest"
ORDER = [
    "diagnostics",
    "model",
    "urls",
    "cache",
    "config",
    "words",
    "load",
    "markup",
    "enrich",
    "index",
    "plan",
    "render",
    "write",
    "executor",
    "start",
    "explain",
    "reading",
    "mentions",
    "pictures",
    "measuring",
    "report",
    "surveying",
    "planning",
    "rendering",
    "indexer",
    "searching",
    "compressing",
    "build",
    "serve",
    "cli",
]
# `model` stands below `urls`; the package itself holds only the version.
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
DOORS = {
    "yaml": ["load/frontmatter.py"],
    "markdown": ["markup/markdown.py"],
    "babel": ["words/locales.py"],
    "nh3": ["markup/sanitize.py"],
    "pagefind": ["indexer.py"],
    "brotli": ["compressing.py"],
    "cbor2": ["indexer.py"],
    "jinja2": ["render/compiler.py", "render/templates.py"],
    "dateutil": ["config/zones.py"],
    "ahocorasick_rs": ["enrich/automaton.py"],
    "rapidfuzz": ["index/alike.py"],
    "click": ["cli/build.py", "cli/list.py", "cli/main.py", "cli/options.py", "cli/serve.py"],
    "rich": ["cli/progress.py"],
    "starlette": ["serve/answers.py", "serve/app.py", "serve/guard.py"],
    "uvicorn": ["serve/connection.py", "serve/server.py"],
    "watchfiles": ["serve/events.py"],
    "PIL": [
        "pictures/cards.py",
        "pictures/measure.py",
        "pictures/studio.py",
        "pictures/versions.py",
    ],
    "sqlite3": ["cache/store.py", "cache/texts.py"],
}
PURE = ["model", "words", "markup", "enrich", "index", "plan", "render"]
IMPURE_NAMES = {"open", "os", "time", "shutil", "subprocess", "socket", "pathlib", "tempfile"}


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def imported(path: Path) -> set[str]:
    """Return every module that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_stage_imports_only_from_stages_before_it(path: Path) -> None:
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if own in {"__init__", "__main__"}:
        return
    assert own in ORDER, f"{own} has no place in the order of stages"
    stages = {name.split(".")[1] for name in imported(path) if name.startswith("digest.")}
    later = [stage for stage in stages & set(ORDER) if ORDER.index(stage) > ORDER.index(own)]
    assert later == []


@pytest.mark.parametrize(("library", "doors"), DOORS.items(), ids=DOORS)
def test_a_library_has_one_door(library: str, doors: list[str]) -> None:
    users = [
        name_of(path)
        for path in MODULES
        if any(name.split(".")[0] == library for name in imported(path))
    ]
    assert users == doors


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parent.name in PURE], ids=name_of
)
def test_the_middle_touches_neither_disk_nor_clock(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    modules = {name.split(".")[0] for name in imported(path)}
    assert (names | modules) & IMPURE_NAMES == set()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=lambda path: path.name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400
    long = [item.name for item in functions(path) if (item.end_lineno or 0) - item.lineno >= 40]
    assert long == []


def asserts(function: ast.AST) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call) and "raises" in ast.unparse(node.func):
            return True
    return False


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_every_test_asserts_something(path: Path) -> None:
    helpers = {item.name for item in functions(path) if asserts(item)}
    idle = []
    for item in functions(path):
        if item.name.startswith("test_") and not asserts(item):
            calls = {ast.unparse(n.func) for n in ast.walk(item) if isinstance(n, ast.Call)}
            if not calls & helpers:
                idle.append(item.name)
    assert idle == []


def test_installed_libraries_are_at_or_above_their_floors() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [Requirement(text) for text in project["dependencies"]]
    assert all(str(item.specifier).startswith(">=") for item in wanted)
    low = [item.name for item in wanted if not item.specifier.contains(version(item.name))]
    assert low == []
