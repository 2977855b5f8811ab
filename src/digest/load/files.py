"""The content folder to a sorted list of files, without following anything out of the site."""

import errno
import itertools
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

import msgspec

from digest.cache.keys import digest_stream
from digest.diagnostics import Diagnostic, Span, error, visible, warning

CONTENT = "content"
# What editors and file managers leave beside a file while or after it is saved.
_LITTER = re.compile(r"\..*|.*~|#.*#|.*\.(swp|swo|swx|tmp|bak|orig)|4913|.*___jb_\w+___|Thumbs\.db")
DOCUMENT_ENDINGS = (".md", ".txt")
NO_LIMIT = 1 << 40
"""More bytes than any file has that a site can hold."""
# Texts that an editor may take for articles; other files are pictures and the like.
_OTHER_TEXTS = tuple(
    ".markdown .mdown .mkd .mkdn .mdx .text .rst .adoc .org .html .htm .docx .odt .rtf".split()
)


class Found(msgspec.Struct, frozen=True, gc=False):
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
        return self.path.lower().endswith(DOCUMENT_ENDINGS)


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
    if os.path.isdir(top):  # noqa: PTH112 unlike Path's, it never raises
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
    found.sort(key=lambda item: item.path)
    findings += _twins(found)
    findings += _not_read(found) if folder == CONTENT else ()
    return tuple(found), tuple(findings)


def _entries(place: str, path: str, findings: list[Diagnostic]) -> Iterator[os.DirEntry[str]]:
    """Yield what stands in a folder; a folder that cannot be read is a finding."""
    try:
        with os.scandir(place) as entries:
            yield from entries
    except OSError as fault:
        findings.append(_unreadable(fault, Span(path)))


def _unreadable(fault: OSError, span: Span) -> Diagnostic:
    hint = "look at its permissions, or take it away"
    return error("unreadable", f"cannot be read: {fault.strerror}", span, hint)


def _twins(found: list[Found]) -> Iterator[Diagnostic]:
    """Yield files whose names differ only in how their accents are encoded."""
    for one, two in itertools.pairwise(found):
        if one.path == two.path:
            message = "two files have this name, with accents encoded in different ways"
            yield error("file-name", message, Span(one.path), "rename one of the two")


def _not_read(found: list[Found]) -> Iterator[Diagnostic]:
    """Yield files that look like articles and are none."""
    for item in found:
        if item.path.lower().endswith(_OTHER_TEXTS):
            hint = "end its name in .md for Markdown or .txt for dated text"
            yield warning("skipped", "a text of no known kind, passed over", Span(item.path), hint)


def _step(
    entry: os.DirEntry[str], folder: str, above: frozenset[str], root: Path
) -> Found | Diagnostic | tuple[str, str, frozenset[str]] | None:
    """Return a file, a folder to go into, a finding, or None for what is passed over in silence."""
    if is_litter(entry.name):
        return None
    name = entry.name
    if name.isascii() and name.isprintable() and entry.is_file(follow_symlinks=False):
        return Found(f"{folder}/{name}", entry.path)  # nearly all are
    path = f"{folder}/{unicodedata.normalize('NFC', name)}"
    try:
        return _look(entry, path, above, root)
    except OSError as fault:
        return _unreadable(fault, Span(visible(path, 1000)))


def _look(
    entry: os.DirEntry[str], path: str, above: frozenset[str], root: Path
) -> Found | Diagnostic | tuple[str, str, frozenset[str]]:
    """Return a file, a folder to go into, or a finding.

    Raises:
        OSError: where the disk does not say what it is.
    """
    real = os.path.realpath(entry.path) if entry.is_symlink() or entry.is_dir() else entry.path
    found = None if path.isprintable() else _unprintable(path)
    found = found or (_link_fault(path, real, root) if entry.is_symlink() else None)
    if found:
        return found
    if not entry.is_dir():
        return _file(entry, path, real)
    if real in above:
        message, hint = "a link to a folder that it is in, passed over", "delete the link"
        return warning("skipped", message, Span(path), hint)
    return entry.path, path, above | {real}


def _unprintable(path: str) -> Diagnostic:
    message = "the name holds an invisible character"
    return error("file-name", message, Span(visible(path, 1000)), "rename the file")


def _link_fault(path: str, real: str, root: Path) -> Diagnostic | None:
    """Return what is wrong with a link, or None."""
    if not _inside(real, root):
        return _escape(path, real)
    if not Path(real).exists():
        return warning("skipped", "a link to nothing, passed over", Span(path), "delete the link")
    return None


def _file(entry: os.DirEntry[str], path: str, real: str) -> Found | Diagnostic:
    if not stat.S_ISREG(os.stat(real).st_mode):  # noqa: PTH116 once for every file
        message, hint = "neither a file nor a folder, passed over", "take it out of the folder"
        return warning("skipped", message, Span(path), hint)
    return Found(path, entry.path)


def _inside(real: str, root: Path) -> bool:
    return Path(real).is_relative_to(root)


def _escape(path: str, real: str) -> Diagnostic:
    hint = "copy the file into the site"
    message = f"a link that leaves the site, to {visible(real, 1000)}"
    return error("link-outside", message, Span(path), hint)


def read_text(found: Found, limit: int) -> str | Diagnostic:
    """Return the text of a file with line feeds alone, or why it cannot be had.

    Codes: those of `read_bytes` and `decode_text`.
    """
    data = read_bytes(found, limit)
    return data if isinstance(data, Diagnostic) else decode_text(found.path, data)


def read_bytes(found: Found, limit: int) -> bytes | Diagnostic:
    """Return the bytes of a file, or why they cannot be had.

    Codes: `too-large` above `limit` bytes, `unreadable`.
    """
    try:
        with open(found.file, "rb", buffering=0) as file:  # noqa: PTH123 on the path of every article
            size = os.fstat(file.fileno()).st_size
            data = file.readall() if size <= limit else b""
    except OSError as fault:
        return _unreadable(fault, Span(found.path))
    if max(size, len(data)) > limit:
        hint = "split the file, or raise [limits] article_bytes in site.toml"
        message = f"{size:,} bytes, the limit is {limit:,}"
        return error("too-large", message, Span(found.path), hint)
    return data


@contextmanager
def open_file(path: str) -> Iterator[BufferedReader]:
    """Give a file to read, by its path on the disk; what is no plain file is never waited for.

    Raises:
        OSError: where it is none, or cannot be read.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as file:  # noqa: PTH123 it is open already
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no plain file", path)
        yield file


def read_file(found: Found) -> bytes | Diagnostic:
    """Return the bytes of a file of any size, or why they cannot be had.

    Codes: `unreadable`.
    """
    try:
        with open_file(found.file) as file:
            return file.read()
    except OSError as fault:
        return _unreadable(fault, Span(found.path))


def hash_file(found: Found) -> bytes | Diagnostic:
    """Return the digest of a file of any size, or why it cannot be had.

    Codes: `unreadable`.
    """
    try:
        with open_file(found.file) as file:
            return digest_stream(file)
    except OSError as fault:
        return _unreadable(fault, Span(found.path))


def decode_text(path: str, data: bytes) -> str | Diagnostic:
    """Return the text that bytes are, with line feeds alone, or why they are none.

    Codes: `not-utf8`.
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        return _no_text(path, data, fault.start, f"not UTF-8 at byte {fault.start}")
    if "\0" in text:
        start = data.index(0)
        return _no_text(path, data, start, f"not UTF-8 text: a NUL at byte {start}")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _no_text(path: str, data: bytes, start: int, message: str) -> Diagnostic:
    """Return the error for a byte that no text holds, with its place and line."""
    before = data[:start].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = re.split("\r\n|\r|\n", before)
    rest = re.split("[\r\n]", data[start : start + 80].decode("utf-8", "replace"), maxsplit=1)[0]
    span = Span(path, len(lines), len(lines[-1]) + 1)
    fault = error("not-utf8", message, span, "save the file as UTF-8")
    return msgspec.structs.replace(fault, source=lines[-1] + rest)
