"""The content folder to a sorted list of files, without following anything out of the site."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from digest.diagnostics import Diagnostic, Span, error, warning

CONTENT = "content"
# What editors and file managers leave beside a file while or after it is saved.
_LITTER = re.compile(r"\..*|.*~|#.*#|.*\.(swp|swo|swx|tmp|bak|orig)|4913|.*___jb_\w+___|Thumbs\.db")
DOCUMENT_ENDINGS = (".md", ".txt")


class Found(msgspec.Struct, frozen=True):
    """A file of the content folder.

    Attributes:
        path: Path relative to the site, forward slashes, Unicode normal form C.
        file: Path at which the disk has it.
    """

    path: str
    file: str

    @property
    def is_document(self) -> bool:
        """Return whether it holds text of the site, and no picture or other asset."""
        return self.path.endswith(DOCUMENT_ENDINGS)

    @property
    def is_storyline(self) -> bool:
        """Return whether it stands in the folder that is reserved for storylines."""
        return self.is_document and self.path.startswith(f"{CONTENT}/storylines/")


def storyline_warning(found: Found) -> Diagnostic:
    """Return that a storyline file is passed over: storylines have no pages of their own yet."""
    hint = "articles name their storylines in the field 'storylines'"
    return warning("skipped", "storylines have no pages yet, passed over", Span(found.path), hint)


def is_litter(name: str) -> bool:
    """Return whether a file or folder of that name is never read."""
    return _LITTER.fullmatch(name) is not None


def find_files(
    site: Path, folder: str = CONTENT
) -> tuple[tuple[Found, ...], tuple[Diagnostic, ...]]:
    """Return the files below a folder of the site, by path, and what was passed over and why."""
    root = site.resolve()
    found: list[Found] = []
    findings: list[Diagnostic] = []
    top = root / folder
    pending: list[tuple[str, str, frozenset[str]]] = []
    if top.is_dir():
        real = os.path.realpath(top)
        pending.append((str(top), folder, frozenset({real})))
        if not _inside(real, root):
            return (), (_escape(folder, real),)
    while pending:
        place, path, above = pending.pop()
        for entry in _entries(place, path, findings):
            step = _step(entry, path, above, root)
            if isinstance(step, Found):
                found.append(step)
            elif isinstance(step, Diagnostic):
                findings.append(step)
            elif step is not None:
                pending.append(step)
    return tuple(sorted(found, key=lambda item: item.path)), tuple(findings)


def _entries(place: str, path: str, findings: list[Diagnostic]) -> Iterator[os.DirEntry[str]]:
    """Yield what stands in a folder; a folder that cannot be read is a finding."""
    try:
        with os.scandir(place) as entries:
            yield from entries
    except OSError as fault:
        findings.append(error("unreadable", f"cannot be read: {fault.strerror}", Span(path)))


def _step(
    entry: os.DirEntry[str], folder: str, above: frozenset[str], root: Path
) -> Found | Diagnostic | tuple[str, str, frozenset[str]] | None:
    """Return a file, a folder to go into, a finding, or None for what is passed over in silence."""
    if is_litter(entry.name):
        return None
    path = f"{folder}/{unicodedata.normalize('NFC', entry.name)}"
    real = os.path.realpath(entry.path) if entry.is_symlink() or entry.is_dir() else entry.path
    found = None if path.isprintable() else _unprintable(path)
    found = found or (_link_fault(path, real, root) if entry.is_symlink() else None)
    if found:
        return found
    if not entry.is_dir():
        return _file(entry, path, real)
    if real in above:
        return warning("skipped", "a link to a folder that it is in, passed over", Span(path))
    return entry.path, path, above | {real}


def _unprintable(path: str) -> Diagnostic:
    message = "the name holds an invisible character"
    return error("file-name", message, Span(path), "rename the file")


def _link_fault(path: str, real: str, root: Path) -> Diagnostic | None:
    """Return what is wrong with a link, or None."""
    if not _inside(real, root):
        return _escape(path, real)
    if not Path(real).exists():
        return warning("skipped", "a link to nothing, passed over", Span(path))
    return None


def _file(entry: os.DirEntry[str], path: str, real: str) -> Found | Diagnostic:
    if not stat.S_ISREG(os.stat(real).st_mode):  # noqa: PTH116 once for every file
        return warning("skipped", "neither a file nor a folder, passed over", Span(path))
    return Found(path, entry.path)


def _inside(real: str, root: Path) -> bool:
    return Path(real).is_relative_to(root)


def _escape(path: str, real: str) -> Diagnostic:
    hint = "copy the file into the site"
    return error("link-outside", f"a link that leaves the site, to {real}", Span(path), hint)


def read_text(found: Found, limit: int) -> str | Diagnostic:
    """Return the text of a file with line feeds alone, or why it cannot be had.

    Codes: `too-large` above `limit` bytes, `not-utf8`, `unreadable`.
    """
    span = Span(found.path)
    try:
        with open(found.file, "rb") as file:  # noqa: PTH123 on the path of every article
            data = file.read(limit + 1)
    except OSError as fault:
        return error("unreadable", f"cannot be read: {fault.strerror}", span)
    if len(data) > limit:
        size = os.stat(found.file).st_size  # noqa: PTH116 as above
        hint = "split the file, or raise [limits] article_bytes in site.toml"
        return error("too-large", f"{size:,} bytes, the limit is {limit:,}", span, hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        message = f"not UTF-8 at byte {fault.start}"
        return error("not-utf8", message, Span(found.path, line), "save the file as UTF-8")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = f"a NUL character at byte {data.index(0)}: this is no text"
        return error("not-utf8", message, Span(found.path, line), "save the file as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
