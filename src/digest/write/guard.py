"""Which folder may be the output: refused before anything is written."""

from pathlib import Path

from digest.diagnostics import failure
from digest.write.manifest import MANIFEST, STAGING

_SOURCES = ("content", "templates", "static", "src", ".git", ".digest")


def check_output(site: Path, output: Path) -> Path:
    """Return the real path of the output folder.

    Raises:
        DigestError: `output-refused`, if it is, holds or lies in the sources of the site, is the
            root, a home folder, no folder, or somebody else's folder with files in it.
    """
    real, root = output.resolve(), site.resolve()
    if reason := _refusal(real, root):
        hint = "name a new folder, such as --output public"
        raise failure("output-refused", f"the output folder {real} {reason}", hint=hint)
    return real


def _refusal(real: Path, root: Path) -> str:
    """Return why a folder may not be the output, or an empty string if it may."""
    checks = (
        (real == Path(real.anchor), "is the root of the disk"),
        (real == Path.home().resolve(), "is your home folder"),
        (root.is_relative_to(real), f"is or holds the site {root}"),
        *((_overlap(real, root / name), f"overlaps {name}/ of the site") for name in _SOURCES),
        (real.exists() and not real.is_dir(), "is a file"),
    )
    return next((reason for met, reason in checks if met), "") or _strangers(real)


def _overlap(real: Path, source: Path) -> bool:
    source = source.resolve()
    return real.is_relative_to(source) or source.is_relative_to(real)


def _strangers(real: Path) -> str:
    """Return what stands in a folder that no build of ours made, or an empty string."""
    if not real.exists():
        return ""
    names = {entry.name for entry in real.iterdir()} - {STAGING}
    if not names or MANIFEST in names:
        return ""
    return f"has files in it that are not ours, such as {min(names)}"
