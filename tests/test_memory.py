"""A process that builds a site again and again does not grow."""

import json
import subprocess
import sys
from pathlib import Path

from support import article, make_site

PROGRAM = """
import json, resource, sys
from pathlib import Path
from support import article, build_site, write_files

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()

site, sizes = Path(sys.argv[1]), []
for number in range(200):
    name = f"content/{number % 30}.md"
    write_files(site, {name: article(f"Title {number}", body=f"Netflix cut {number + 9} jobs.")})
    report = build_site(site).report
    assert report is not None and report.written
    sizes.append(held())
print(json.dumps(sizes))
"""


def test_two_hundred_builds_take_no_more_memory_than_twenty(tmp_path: Path) -> None:
    files = {f"content/{number}.md": article(f"Title {number}") for number in range(30)}
    site = make_site(tmp_path, files)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(site)],
        cwd=Path(__file__).parent,
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
    )
    sizes = json.loads(done.stdout)
    assert len(sizes) == 200
    assert max(sizes[-5:]) < 1.2 * sizes[19]
