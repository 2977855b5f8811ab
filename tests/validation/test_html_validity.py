import json
import subprocess
from pathlib import Path

import pytest

from examples import EXAMPLES, build_example

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tests" / "tools"
VNU = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module", params=EXAMPLES)
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_example(request.param, tmp_path_factory.mktemp("site"))


def test_nu_checker_finds_no_error(output: Path) -> None:
    done = subprocess.run(
        ["java", "-jar", VNU, "--errors-only", "--skip-non-html", "--format", "json", output],
        capture_output=True,
        check=False,
    )
    found = json.loads(done.stderr)["messages"]
    assert [f"{item.get('url')}: {item['message']}" for item in found] == []
    assert done.returncode == 0


def test_html_validate_finds_no_error(output: Path) -> None:
    done = subprocess.run(
        ["node", "validate.mjs", output], cwd=TOOLS, capture_output=True, text=True, check=True
    )
    pages = sum(1 for _ in output.rglob("*.html"))
    assert done.stdout == f"{pages} files\n"
