"""Text files compressed beside themselves, for hosts that would else do it at every request.

They are a part of the site like any other file, and come last, as they are made from the bytes of
all others. Their key is made of the digest of those: one is made anew only where its original has
changed, or where it does not lie in the output folder as the last build has left it.
"""

import zlib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import msgspec

from digest.cache.keys import make_key
from digest.cache.outputs import FileState
from digest.executor import run_batches, split_batches
from digest.rendering import Rendered
from digest.start import Progress, Start
from digest.surveying import jobs_for
from digest.urls import compressed_paths, original_path
from digest.write.stage import Staged, find_new, stage_file

_LEAST_BYTES = 500
"""A smaller file goes into one packet of a network, compressed or not."""
_LEVEL, _GZIP = 9, 31
_QUALITY = 10
"""Of Brotli. The highest, 11, takes three times as long and saves another three percent."""
_LARGE_BYTES, _QUALITY_OF_LARGE = 4_000_000, 5
_BATCH = 16
_PATIENCE = 600
"""Seconds: there is no text for which the work of a batch has no end, but there are large ones."""


def add_compressed(
    rendered: Rendered, start: Start, altered: Collection[str], progress: Progress
) -> Rendered:
    """Return what was rendered with the compressed files of all texts, staged, if they are wanted.

    `altered` are the files that do not lie in the output folder as the last build has left them.
    """
    if not start.config.precompress:
        return rendered
    base = make_key(start.engine, zlib.ZLIB_RUNTIME_VERSION.encode())
    known = start.load_state().files
    files: dict[str, FileState] = {}
    todo: list[str] = []
    for path, state in rendered.files.items():
        for place in compressed_paths(path):
            old = known.get(place)
            if old and old.key == base + state.digest and place not in altered:
                files[place] = old
            else:
                todo.append(place)
    staged = [Staged(path, state.digest, changed=False) for path, state in files.items()]
    for item in _make(todo, start, progress):
        staged.append(item)
        key = base + rendered.files[original_path(item.path)].digest
        files[item.path] = FileState(key, b"", item.digest)
    return msgspec.structs.replace(
        rendered, staged=(*rendered.staged, *staged), files={**rendered.files, **files}
    )


def _make(places: Sequence[str], start: Start, progress: Progress) -> list[Staged]:
    """Stage the compressed files of some places, where their originals give any."""
    jobs = msgspec.structs.replace(jobs_for(start), patience=_PATIENCE)
    staged: list[Staged] = []
    batches = split_batches(places, _BATCH)
    for number, part in enumerate(
        run_batches(_make_compressor, (start.output,), batches, jobs, "compressing")
    ):
        staged += part
        progress("compressing", min((number + 1) * _BATCH, len(places)), len(places))
    return staged


def _make_compressor(output: Path) -> Callable[[Sequence[str]], list[Staged]]:
    """Return the task that makes and stages the compressed files of some places."""
    import brotli  # noqa: PLC0415 few sites need it

    def compress(place: str, data: bytes) -> bytes:
        if place.endswith(".gz"):  # RFC 1952; zlib writes neither a time nor a name
            return zlib.compress(data, _LEVEL, _GZIP)
        quality = _QUALITY if len(data) <= _LARGE_BYTES else _QUALITY_OF_LARGE
        made: bytes = brotli.compress(data, quality=quality)
        return made

    def stage(places: Sequence[str]) -> list[Staged]:
        staged: list[Staged] = []
        for place in places:
            part, data = find_new(output, original_path(place))
            small = compress(place, data) if len(data) >= _LEAST_BYTES else data
            if len(small) < len(data):
                staged.append(stage_file(output, part, place, small))
        return staged

    return stage
