"""The kinds of pages of a site, and axe-core, which holds one against WCAG 2.2 A and AA."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "tools" / "node_modules" / "axe-core" / "axe.min.js"
RULES = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()
RUN = """async (rules) => {
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: rules } });
    return violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target).join(" | ")}`);
}"""


def kinds(output: Path) -> list[str]:
    """Return the path of the longest page of each kind."""
    folders: dict[tuple[str, int], list[Path]] = {}
    for path in output.rglob("index.html"):
        parts = path.relative_to(output).parts
        if 'http-equiv="refresh"' in path.read_text():
            continue
        first = "article" if parts[0].isdigit() else parts[0]
        folders.setdefault((first, len(parts)), []).append(path)
    found = {output / "404.html"}
    for paths in folders.values():
        found.add(max(paths, key=lambda path: (path.stat().st_size, path)))
    return sorted(path.relative_to(output).as_posix().removesuffix("index.html") for path in found)


def violations(page: Page) -> list[str]:
    """Return what axe-core has against a page."""
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN, RULES)
    return found
