"""What a new snapshot shows that the one before it did not."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from digest.cache.texts import TextLostError
from digest.plan.records import Page
from digest.rendering import CONTENT, LOOK, NEW, compare_fields, mark_view
from digest.serve.records import Change, Made, Rebuild
from digest.serve.snapshot import SiteSnapshot

_LOOKED_AT = 200
"""How many pages are looked into; beyond, a page counts as changed if what it is made of did."""

MOST = 100
"""How many files and pages of a build are remembered by name."""


class Changes(msgspec.Struct, frozen=True):
    """What is other, by output path.

    Attributes:
        changed: Pages that show something new, with the reason.
        files: Files that are copied and have other bytes.
        gone: What is no more.
    """

    changed: dict[str, str] = {}
    files: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def remade(old: SiteSnapshot | None, new: SiteSnapshot) -> list[str]:
    """Return the output paths of pages that are made of something new, new pages included."""
    if old is None:
        return list(new.pages)
    return [path for path, page in new.pages.items() if not _is_same(old, new, path, page)]


def _is_same(old: SiteSnapshot, new: SiteSnapshot, path: str, page: Page) -> bool:
    before = old.pages.get(path)
    if before is None or before.key != page.key:
        return False
    return old.bases[before.template] == new.bases[page.template]


def find_changes(old: SiteSnapshot | None, new: SiteSnapshot, paths: list[str]) -> Changes:
    """Return which of some pages show something new, and why."""
    if old is None:
        return Changes(dict.fromkeys(paths, NEW))
    changed: dict[str, str] = {}
    looked_at = 0
    for path in paths:
        why = _short_reason(old, new, path)
        if not why and looked_at < _LOOKED_AT:
            looked_at += 1
            why = _long_reason(old, new, path)
        elif not why:
            why = CONTENT
        if why:
            changed[path] = why
    files = [
        path
        for path, asset in new.assets.items()
        if path not in old.assets or old.assets[path].digest != asset.digest
    ]
    gone = (old.pages.keys() | old.assets.keys()) - new.pages.keys() - new.assets.keys()
    return Changes(changed, tuple(files), tuple(sorted(gone)))


def _short_reason(old: SiteSnapshot, new: SiteSnapshot, path: str) -> str:
    """Return why a page is other, where no look at what it shows is needed to tell."""
    before, page = old.pages.get(path), new.pages[path]
    if before is None:
        return NEW
    return "" if old.bases[before.template] == new.bases[page.template] else LOOK


def _long_reason(old: SiteSnapshot, new: SiteSnapshot, path: str) -> str:
    """Return why a page shows something new, or nothing if it does not.

    Where the cache has lost what the old page showed, it is taken for other.
    """
    before, page = old.pages[path], new.pages[path]
    view, base = new.view(page), new.bases[page.template]
    fingerprint, fields = mark_view(view, base)
    try:
        old_fingerprint, old_fields = mark_view(old.view(before), base)
    except TextLostError:
        return CONTENT
    if fingerprint == old_fingerprint:
        return ""
    return ", ".join(compare_fields(view, old_fields, fields).fields)


def date_pages(
    known: Mapping[str, Made], new: SiteSnapshot, changes: Changes, at: dt.datetime
) -> dict[str, Made]:
    """Return when each page was last made anew, by output path, after the build of a moment.

    One that is not known was gone for a while: the site before it had been taken back.
    """
    changed = {path: Made(at, why) for path, why in changes.changed.items()}
    back = Made(at, NEW)
    return {path: changed.get(path) or known.get(path, back) for path in new.pages}


def describe(rebuild: Rebuild, old: SiteSnapshot, new: SiteSnapshot, changes: Changes) -> Rebuild:
    """Return a build with what it has changed; pages made from the files that were saved first."""
    touched = frozenset(rebuild.touched)
    pages = sorted(changes.changed, key=lambda path: not new.is_of(path, touched))
    all_of_them = [
        *(Change(old.href(path)) for path in changes.gone),
        *(Change(new.href(path), changes.changed[path]) for path in pages),
        *(Change(new.href(path), "the file") for path in changes.files),
    ]
    return msgspec.structs.replace(
        rebuild, changes=tuple(all_of_them[:MOST]), change_count=len(all_of_them)
    )
