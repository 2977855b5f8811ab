"""The pictures of the content folder to what pages have to know of them, over several processes.

What an earlier build has found out about the same bytes is taken from the store, so that a picture
is opened once in its life.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from digest.cache.keys import digest_of, make_key
from digest.cache.store import Store
from digest.config.records import Limits
from digest.diagnostics import Diagnostic
from digest.executor import Jobs, run_batches, split_batches
from digest.load.files import Found, read_bytes
from digest.model.pictures import ENDINGS, Picture
from digest.pictures.studio import studio_key

_BATCH = 4
_PICTURES = tuple(f".{ending}" for endings in ENDINGS.values() for ending in endings)
_CHANGED = Picture(fault="it was changed while the site was read", hint="build again")


class _Wanted(msgspec.Struct, frozen=True, gc=False):
    """A picture that nobody has looked at, with the digest of its bytes and its key."""

    path: str
    file: str
    digest: bytes
    key: bytes


def measure_pictures(
    files: Mapping[str, str], digests: Mapping[str, bytes], limits: Limits, work: tuple[Store, Jobs]
) -> dict[str, Picture]:
    """Return the pictures among some files, by path, without those that could not be read.

    Args:
        files: Where the disk has the files, by path.
        digests: Digests of their bytes; a file without one could not be read.
        limits: What a picture may cost.
        work: The cache, and how work is shared out.
    """
    store, jobs = work
    rules = make_key(
        studio_key(), msgspec.msgpack.encode((limits.image_pixels, limits.image_bytes))
    )
    paths = [path for path in files if path.lower().endswith(_PICTURES)]
    keys = {path: make_key(rules, digests[path]) for path in paths if path in digests}
    decode = msgspec.msgpack.Decoder(Picture).decode
    known = {key: decode(data) for key, data in store.find("pictures", list(keys.values())).items()}
    left = {key: path for path, key in keys.items() if key not in known}
    wanted = [_Wanted(path, files[path], digests[path], key) for key, path in left.items()]
    made: dict[bytes, Picture] = {}
    batches = split_batches(wanted, _BATCH)
    for part in run_batches(_make_measurer, (limits,), batches, jobs, "looking at"):
        made |= part
    if made:
        kept = [(key, it) for key, it in made.items() if it != _CHANGED]
        store.put("pictures", [(key, msgspec.msgpack.encode(it)) for key, it in kept])
    known |= made
    return {path: known[key] for path, key in keys.items()}


def _make_measurer(limits: Limits) -> Callable[[Sequence[_Wanted]], dict[bytes, Picture]]:
    """Return the task that measures pictures, by key."""
    from digest.pictures.measure import measure_picture  # noqa: PLC0415 slow to import

    def measure(batch: Sequence[_Wanted]) -> dict[bytes, Picture]:
        found: dict[bytes, Picture] = {}
        for item in batch:
            data = read_bytes(Found(item.path, item.file), limits.image_bytes)
            if isinstance(data, Diagnostic):
                hint = "make it smaller, or raise [limits] image_bytes in site.toml"
                found[item.key] = Picture(fault=f"it has {data.message}", hint=hint)
            elif digest_of(data) != item.digest:
                found[item.key] = _CHANGED
            else:
                found[item.key] = measure_picture(data, limits.image_pixels)
        return found

    return measure
