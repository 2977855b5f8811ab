"""Templates and static files: those of the site win over the packaged ones, file by file."""

from pathlib import Path

import msgspec

import digest
from digest.diagnostics import Diagnostic
from digest.load.files import find_files, read_text

_TEMPLATE_BYTES = 1_000_000


class TemplateSource(msgspec.Struct, frozen=True):
    """A template as read; `path` is shown in messages."""

    path: str
    text: str


class Theme(msgspec.Struct, frozen=True):
    """What the site looks like.

    Attributes:
        templates: Sources by name below `templates/`.
        static: Disk path by path below `static/`.
    """

    templates: dict[str, TemplateSource]
    static: dict[str, str]


def theme_folder() -> Path:
    """Return the folder of the default theme: in the package, or at the head of a checkout."""
    package = Path(digest.__file__).parent
    packaged = package / "theme"
    return packaged if packaged.is_dir() else package.parents[1]


def load_theme(site: Path) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Return the theme of a site, and findings about its files."""
    default = theme_folder()
    roots = dict.fromkeys((default.resolve(), site.resolve()))
    templates: dict[str, TemplateSource] = {}
    static: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for root in roots:
        found, faults = find_files(root, "templates")
        findings += faults
        for item in found:
            text = read_text(item, _TEMPLATE_BYTES)
            if isinstance(text, Diagnostic):
                findings.append(text)
            else:
                templates[item.path.partition("/")[2]] = TemplateSource(item.path, text)
        found, faults = find_files(root, "static")
        findings += faults
        static |= {item.path.partition("/")[2]: item.file for item in found}
    return Theme(templates, static), tuple(findings)
