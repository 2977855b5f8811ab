"""The article pages to a search index, which is a part of the site like any other file.

It is made from the bytes of the pages that readers get, and only when one of them has changed: its
key is made of their digests, and stands with every file of the index in what a build remembers.
"""

from collections.abc import Collection

import msgspec

from digest.cache.keys import join_keys, make_key
from digest.cache.outputs import FileState
from digest.indexer import make_index
from digest.plan.records import Kind, Page, Plan
from digest.rendering import Rendered
from digest.start import Progress, Start
from digest.urls import INDEX_FOLDER
from digest.write.manifest import STAGING
from digest.write.stage import ASSETS, PAGES, Staged, stage_file

_SECONDS, _SECONDS_A_PAGE = 60, 0.05
"""How long Pagefind may take: some fifty times what it does."""


def add_index(
    rendered: Rendered, plan: Plan, start: Start, altered: Collection[str], progress: Progress
) -> Rendered:
    """Return what was rendered with the search index, staged; without one where the site has none.

    `altered` are the files that do not lie in the output folder as the last build has left them.

    Raises:
        DigestError: `search-engine`, where the index cannot be made.
    """
    pages = [page for page in plan.pages if page.kind is Kind.ARTICLE and page.listed]
    if not start.config.has_search or not pages:
        return rendered
    key = _key(pages, rendered, start)
    files = _find_made(key, start, altered)
    staged = [Staged(path, state.digest, changed=False) for path, state in files.items()]
    if not files:
        progress("indexing", 0, len(pages))
        staged = _make(pages, rendered, start)
        files = {item.path: FileState(key, b"", item.digest) for item in staged}
    return msgspec.structs.replace(
        rendered, staged=(*rendered.staged, *staged), files={**rendered.files, **files}
    )


def _key(pages: list[Page], rendered: Rendered, start: Start) -> bytes:
    """Return the key of the bytes of all pages, their places, and the program."""
    parts = [part for page in pages for part in (page.path.encode(), _digest(page, rendered))]
    return make_key(start.engine, start.config.site.language.encode(), join_keys(parts))


def _digest(page: Page, rendered: Rendered) -> bytes:
    return rendered.files[page.path].digest


def _find_made(key: bytes, start: Start, altered: Collection[str]) -> dict[str, FileState]:
    """Return the index of some key if the output folder has it whole, by path; else nothing."""
    folder = f"{INDEX_FOLDER}/"
    known = start.load_state().files
    files = {path: state for path, state in known.items() if path.startswith(folder)}
    whole = all(state.key == key for state in files.values()) and files.keys().isdisjoint(altered)
    return files if whole else {}


def _make(pages: list[Page], rendered: Rendered, start: Start) -> list[Staged]:
    """Make the index and stage its files."""
    output = start.output
    staging = output / STAGING / PAGES
    changed = {item.path for item in rendered.staged if item.changed}
    places = [
        (page.path, (staging if page.path in changed else output) / page.path) for page in pages
    ]
    seconds = _SECONDS + _SECONDS_A_PAGE * len(pages)
    files = make_index(places, start.config.site.language, seconds)
    return [
        stage_file(output, ASSETS, f"{INDEX_FOLDER}/{path}", data) for path, data in files.items()
    ]
