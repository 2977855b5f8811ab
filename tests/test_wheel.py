import os
import subprocess
import sys
import zipfile
from pathlib import Path

from support import article, make_site

ROOT = Path(__file__).parents[1]


def test_the_wheel_carries_the_theme_and_builds_a_site(tmp_path: Path) -> None:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        tmp_path,
        ROOT,
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("labor_digest-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "installed")
    theme = {"digest/theme/templates/base.html", "digest/theme/static/digest.css"}
    assert theme | {"digest/py.typed"} <= names
    assert not any(name.startswith(("content/", "tests/")) for name in names)
    site = make_site(tmp_path / "site", {"content/a.md": article()})
    installed = str(tmp_path / "installed")
    # Not measured: the copy would count beside the sources that it was made from.
    env = {**os.environ, "PYTHONPATH": installed, "COVERAGE_PROCESS_CONFIG": ""}
    where = "import digest; print(digest.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", where], cwd=site, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(installed)
    subprocess.run([sys.executable, "-m", "digest", "build"], cwd=site, env=env, check=True)
    assert (site / "public/digest.css").is_file()
    assert "A title" in (site / "public/index.html").read_text()
