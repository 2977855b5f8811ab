import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tests" / "tools"
SHEETS = sorted([*ROOT.glob("static/*.css"), *ROOT.glob("src/digest/serve/assets/*.css")])


def test_stylelint_finds_no_error() -> None:
    assert len(SHEETS) >= 2
    program = TOOLS / "node_modules" / "stylelint" / "bin" / "stylelint.mjs"
    done = subprocess.run(
        ["node", program, "--config", "stylelint.json", "--formatter", "json", *SHEETS],
        cwd=TOOLS,
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stderr or done.stdout)
    assert len(found) == len(SHEETS)
    assert [warning for sheet in found for warning in sheet["warnings"]] == []
    assert done.returncode == 0
