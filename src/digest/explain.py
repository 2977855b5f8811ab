"""Why a page was made again, or was not: the answer to `--explain`."""

from collections.abc import Collection, Mapping
from typing import Protocol

from digest.cache.outputs import FileState
from digest.diagnostics import failure, nearest
from digest.start import Start
from digest.urls import Base, output_path
from digest.write.manifest import MANIFEST

_MOST = 10


class Reason(Protocol):
    """Why a page was rendered; `fields` of its view that are other than before, if known."""

    @property
    def reason(self) -> str:
        """Return the reason in words."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Return names of fields."""


def explain(
    start: Start,
    files: Mapping[str, FileState],
    why: Mapping[str, Reason],
    read: Collection[str],
) -> tuple[str, ...]:
    """Return lines about the page that the options name, none where they name none.

    Args:
        start: What the build started from.
        files: Every file of the output folder after the build.
        why: Why each page that was rendered was, by path.
        read: Documents that were new to the cache, by path.

    Raises:
        DigestError: `explain`, where the site has no such page.
    """
    url = start.options.explain
    if not url:
        return ()
    path = find_explained(url, start, files)
    shown = f"/{path.removesuffix('index.html')}"
    reason = why.get(path)
    if reason is None:
        return (f"{shown} was not rendered: nothing that it shows has changed",)
    lines = [f"{shown} was rendered: {reason.reason}"]
    if reason.fields:
        lines.append(f"  its view differs in: {', '.join(reason.fields)}")
    lines += [f"  new or changed: {name}" for name in sorted(read)[:_MOST]]
    if len(read) > _MOST:
        lines.append(f"  and {len(read) - _MOST:,} more documents")
    return tuple(lines)


def find_explained(url: str, start: Start, files: Collection[str]) -> str:
    """Return the file of a page; its URL may be whole or one of the site, without a last slash.

    Raises:
        DigestError: `explain`, where none of the files is that of such a page.
    """
    local = _local(url, start.config.base)
    for path in (output_path(local), output_path(f"{local}/")):
        if path in files and path != MANIFEST:
            return path
    close = nearest(local, [f"/{name.removesuffix('index.html')}" for name in files])
    hint = f"did you mean {close}?" if close else "name a page such as /timeline/"
    raise failure("explain", f"there is no page {url}", hint=hint)


def _local(url: str, base: Base) -> str:
    """Return the URL of a page below the base, however much of its address is given."""
    local = url.removeprefix(base.origin)
    local = local if local.startswith("/") else f"/{local}"
    if f"{local}/".startswith(f"{base.path}/"):
        local = local.removeprefix(base.path) or "/"
    return local
