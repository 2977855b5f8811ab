"""The staging folder to the output folder.

The order is the promise: first a manifest that owns old and new files, then every file by one
rename, then deletions, then the new manifest. A run that is killed leaves whole files only, all of
them owned, and the next run completes it. A file and its compressed ones are renamed one right
after the other, and a compressed one that goes does so before its original changes.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from digest.diagnostics import Diagnostic, DigestError, error, warning
from digest.urls import original_path
from digest.write.manifest import (
    MANIFEST,
    STAGING,
    Manifest,
    fingerprint,
    merge,
    read_manifest,
    stage_manifest,
    write_manifest,
)
from digest.write.stage import ASSETS, PAGES, Staged


class Written(msgspec.Struct, frozen=True):
    """What a build changed on disk; paths below the output folder, sorted."""

    written: tuple[str, ...]
    unchanged: int
    deleted: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


@contextmanager
def open_output(output: Path) -> Iterator[None]:
    """Hold the output folder for one build, without what a killed one has left in staging.

    The lock is the kernel's, on the folder itself: it is gone when the process is, and leaves no
    file. Staging is removed in any case, and so is a folder that was made for nothing.
    """
    output.mkdir(parents=True, exist_ok=True)
    staging = output / STAGING
    handle = os.open(output, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _remove_staging(staging)
        yield
    finally:
        _remove_staging(staging)
        if not any(output.iterdir()):
            with suppress(OSError):  # a file system's root cannot go
                output.rmdir()
        os.close(handle)


def _remove_staging(staging: Path) -> None:
    if staging.is_symlink():
        staging.unlink()
    elif staging.exists():
        shutil.rmtree(staging, ignore_errors=True)


def install(output: Path, files: Iterable[Staged]) -> Written:
    """Make the output folder hold exactly these files beside those that are not ours.

    Raises:
        DigestError: `output-foreign`, before any change, where a file that is not ours is in the
            way; nothing is ever written through a link.
    """
    everything = tuple(files)
    old = read_manifest(output)
    new = {item.path: item.digest.hex() for item in everything}
    changed = [item.path for item in everything if item.changed]
    gone = [path for path in old.files if path not in new]
    if any(name != STAGING for name in os.listdir(output)):  # noqa: PTH208 names are enough
        _refuse_foreign(output, changed, old, frozenset(gone))
    first = _in_the_way(gone, set(changed))
    _refuse_changed(output, first, old)
    if not changed and not gone and {path: (digest,) for path, digest in new.items()} == old.files:
        return Written((), len(everything), ())
    # The last manifest is staged before the first change, so that there is room for it.
    last = stage_manifest(output, Manifest({path: (digest,) for path, digest in new.items()}))
    write_manifest(output, merge(old, new))
    first |= {path for path in gone if original_path(path) in new}
    deleted, kept = _delete(output, sorted(first), old)
    for part in (ASSETS, PAGES):
        _move(f"{output}/{STAGING}/{part}", str(output))
    more, left = _delete(output, [path for path in gone if path not in first], old)
    last.replace(output / MANIFEST)
    return Written(
        written=tuple(sorted(changed)),
        unchanged=len(everything) - len(changed),
        deleted=tuple(sorted({*deleted, *more})),
        diagnostics=(*kept, *left),
    )


def _move(source: str, target: str) -> None:
    """Move what a staged folder holds into a folder; a folder that is new there moves whole.

    Files come before folders and in the order of their names, so that those that belong together
    change one right after the other.
    """
    if not os.path.isdir(source):  # noqa: PTH112 strings, as this runs for every folder
        return
    with os.scandir(source) as entries:
        found = sorted(entries, key=lambda entry: (entry.is_dir(), entry.name))
    for entry in found:
        place = f"{target}/{entry.name}"
        if entry.is_dir() and os.path.isdir(place):  # noqa: PTH112 as above
            _move(entry.path, place)
        else:
            if os.path.isdir(place):  # noqa: PTH112 as above
                os.rmdir(place)  # noqa: PTH106 it is empty, or it would have been refused
            os.replace(entry.path, place)  # noqa: PTH105 as above


def _in_the_way(gone: list[str], changed: set[str]) -> set[str]:
    """Return the files to delete first, as new ones want their name or a folder they are in."""
    folders = {folder for path in changed for folder in _folders(path)}
    return {
        path for path in gone if path in folders or any(name in changed for name in _folders(path))
    }


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, innermost first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _refuse_foreign(
    output: Path, changed: Iterable[str], old: Manifest, gone: frozenset[str]
) -> None:
    """Raise an error for every path that something else already takes."""
    findings = []
    known: dict[str, str] = {"": ""}
    for path in changed:
        reason = _folder_fault(output, path.rpartition("/")[0], old, known)
        if not reason and os.path.lexists(f"{output}/{path}"):
            reason = _obstacle(output, path, old, gone)
        if reason:
            findings.append(_foreign(path, reason))
    if findings:
        raise DigestError(findings)


def _folder_fault(output: Path, folder: str, old: Manifest, known: dict[str, str]) -> str:
    """Return why nothing may be written into a folder, or an empty string; noted in `known`."""
    if folder not in known:
        fault = _folder_fault(output, folder.rpartition("/")[0], old, known)
        target = output / folder
        if not fault and target.is_symlink():
            fault = "a link stands in the way"
        elif not fault and folder not in old.files and target.is_file():
            fault = "a file that is not ours stands in the way"
        known[folder] = fault
    return known[folder]


def _refuse_changed(output: Path, paths: set[str], old: Manifest) -> None:
    """Raise an error for every file to delete first that is not as we wrote it."""
    findings = [
        _foreign(path, "a file that was changed by hand stands in the way")
        for path in sorted(paths)
        if (output / path).is_file()
        and fingerprint((output / path).read_bytes()) not in old.files[path]
    ]
    if findings:
        raise DigestError(findings)


def _obstacle(output: Path, path: str, old: Manifest, gone: frozenset[str]) -> str:
    """Return what stands at a path and is not ours to replace, or an empty string."""
    target = output / path
    if target.is_dir() and not target.is_symlink():
        return "" if _holds_only(output, target, gone) else "a folder stands in the way"
    return "" if path in old.files else "a file that is not ours stands in the way"


def _holds_only(output: Path, folder: Path, gone: frozenset[str]) -> bool:
    """Return whether every file in a folder is one of ours that is about to go."""
    files = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    return all(path.relative_to(output).as_posix() in gone for path in files)


def _foreign(path: str, reason: str) -> Diagnostic:
    hint = "move it away, or name another folder with --output"
    return error("output-foreign", f"{path} in the output folder: {reason}", hint=hint)


def _has_link(output: Path, folder: str) -> bool:
    """Return whether a folder below the output, or one above it there, is a link."""
    above = (folder, *_folders(folder)) if folder else ()
    return any((output / part).is_symlink() for part in above)


def _delete(
    output: Path, paths: Iterable[str], old: Manifest
) -> tuple[list[str], list[Diagnostic]]:
    """Delete files that are ours and as we wrote them; return them, and a warning for others."""
    deleted: list[str] = []
    findings: list[Diagnostic] = []
    for path in paths:
        target = output / path
        if path == MANIFEST or ".." in path.split("/") or _has_link(output, path):
            continue
        try:
            if fingerprint(target.read_bytes()) not in old.files[path]:
                message = f"{path} in the output folder was changed by hand and is kept"
                findings.append(warning("output-kept", message, hint="delete it yourself"))
                continue
            target.unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        deleted.append(path)
        _remove_empty(output, target.parent)
    return deleted, findings


def _remove_empty(output: Path, folder: Path) -> None:
    """Remove folders that have become empty, from the inside out."""
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
