"""Where compressed files will stand, which nothing else may take; they are made after the plan."""

from collections.abc import Iterable, Iterator

from digest.config.records import Config
from digest.diagnostics import Diagnostic, Span, error
from digest.plan.records import Asset, Page
from digest.urls import claim_key, compressed_paths, original_path


def check_compressed(files: Iterable[Page | Asset], config: Config) -> Iterator[Diagnostic]:
    """Yield an error for every file that would stand where a compressed one does, or in its way.

    Codes: `url-collision`.
    """
    if not config.precompress:
        return
    everything = tuple(files)
    found = [(item, original) for item in everything if (original := _original(item.path))]
    if not found:
        return
    owners = {claim_key(it.path): it for it in everything if compressed_paths(it.path)}
    for item, original in found:
        if owner := owners.get(original):
            message = f"{item.owner} takes the place of the compressed file of /{owner.path}"
            hint = "give it another name, or write precompress = false below [build]"
            yield error("url-collision", message, Span(item.owner), hint)


def _original(path: str) -> str:
    """Return the key of what would stand compressed at a path or a folder of it, or nothing."""
    key = claim_key(path)
    while key:
        if original := original_path(key):
            return original
        key = key.rpartition("/")[0]
    return ""
