"""Which folder may be the output: refused before anything is written."""

import os
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
    if real == Path(real.anchor):
        return "is the root of the disk"
    if real == Path.home().resolve() or real == Path(os.path.expanduser("~")).resolve():  # noqa: PTH111 HOME may differ from the account's
        return "is your home folder"
    if root == real or root.is_relative_to(real):
        return f"is or holds the site {root}"
    for name in _SOURCES:
        source = (root / name).resolve()
        if real == source or real.is_relative_to(source) or source.is_relative_to(real):
            return f"is, holds or lies in {name}/ of the site"
    if not real.exists():
        return ""
    if not real.is_dir():
        return "is a file"
    names = {entry.name for entry in os.scandir(real)} - {STAGING}
    if names and MANIFEST not in names:
        return f"has files in it that are not ours, such as {sorted(names)[0]}"
    return ""
