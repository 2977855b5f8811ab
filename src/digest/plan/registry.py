"""Every output path has one owner; two are an error that names both."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from digest.diagnostics import Diagnostic, Span, error
from digest.urls import claim_key, output_path, path_fault


class Claim(msgspec.Struct, frozen=True):
    """Somebody wants a URL.

    Attributes:
        url: URL on the site, without the base path.
        owner: Who, in words.
        span: Where it was asked for, or None.
        hint: How to ask for another one.
    """

    url: str
    owner: str
    span: Span | None = None
    hint: str = ""


# Nothing that any file system takes for another spelling, no dots but before an ending or a
# fingerprint, no devices.
_PLAIN = re.compile(
    r"(?!.*/(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|/|$))(?:/[a-z0-9_~-]{1,200})*(?:/|(?:\.[a-z0-9]{1,10}){1,3})"
)


def is_plain(url: str) -> bool:
    """Return whether every file system takes a URL for itself alone, and for nothing special."""
    return _PLAIN.fullmatch(url) is not None


def may_collide(urls: Sequence[str], assets: Sequence[str]) -> bool:
    """Return whether `find_collisions` might find anything; quicker than to ask it.

    `urls` are those of pages, `assets` paths below the output folder.
    """
    paths = [output_path(url) for url in urls]
    plain = all(map(_PLAIN.fullmatch, urls)) and all(_PLAIN.fullmatch(f"/{it}") for it in assets)
    if not plain:
        return True
    everything = {*paths, *assets}
    folders = {path.rpartition("/")[0] for path in everything}
    return len(everything) < len(paths) + len(assets) or not everything.isdisjoint(folders)


def find_collisions(claims: Iterable[Claim]) -> tuple[Diagnostic, ...]:
    """Return an error for every path with two owners, or with one that no file may have.

    Paths count as the same if any usual file system takes them for the same (case, Unicode form).
    A file that another claim needs for a folder is a collision too.
    """
    owners: dict[str, Claim] = {}
    findings: list[Diagnostic] = []
    for claim in claims:
        fault = path_fault(claim.url)
        if fault:
            message = f"{claim.owner} may not stand at {claim.url}: {fault}"
            findings.append(error("output-path", message, claim.span, claim.hint))
            continue
        key = claim_key(output_path(claim.url))
        first = owners.setdefault(key, claim)
        if first is not claim:
            findings.append(_collision(claim, first))
    folders: dict[str, Claim] = {}
    for key, claim in owners.items():
        folder = key.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = claim
            folder = folder.rpartition("/")[0]
    findings += [_collision(owners[key], folders[key]) for key in folders if key in owners]
    return tuple(findings)


def _collision(claim: Claim, first: Claim) -> Diagnostic:
    if claim.span is None and first.span is not None:
        claim, first = first, claim
    where = f" ({first.span})" if first.span else ""
    message = f"{claim.owner} and {first.owner}{where} both want {claim.url}"
    return error("url-collision", message, claim.span, claim.hint or first.hint)
