"""The list of files that are ours, kept in the output folder itself.

It stands there, and not beside the sources, so that it moves with the folder: a copied or restored
output is still known. It names no source and holds no text.
"""

from pathlib import Path

import msgspec

from digest.cache.keys import digest_of
from digest.diagnostics import failure

MANIFEST = ".digest-manifest.json"
STAGING = ".digest-staging"
_VERSION = 1


class Manifest(msgspec.Struct, frozen=True):
    """Which files are ours.

    Attributes:
        files: Digests by path. While a build is at work a path may have two: the old and the new.
        version: Version of this format.
    """

    files: dict[str, tuple[str, ...]] = {}
    version: int = _VERSION


def fingerprint(data: bytes) -> str:
    """Return the digest of a file's bytes in hexadecimal."""
    return digest_of(data).hex()


def read_manifest(output: Path) -> Manifest:
    """Return what is ours in a folder; nothing where there is no manifest.

    Raises:
        DigestError: `output-foreign`, where a manifest cannot be understood: without it nobody
            knows which pages to take back.
    """
    try:
        data = (output / MANIFEST).read_bytes()
        manifest = msgspec.json.decode(data, type=Manifest)
    except FileNotFoundError:
        return Manifest()
    except msgspec.MsgspecError:
        manifest = Manifest(version=0)
    if manifest.version != _VERSION:
        message = f"{MANIFEST} in the output folder is damaged, or from another version of digest"
        hint = "move the folder away, and the next build makes it anew"
        raise failure("output-foreign", message, hint=hint)
    return manifest


def write_manifest(output: Path, manifest: Manifest) -> None:
    """Put a manifest in place, whole or not at all; paths sorted."""
    stage_manifest(output, manifest, "manifest").replace(output / MANIFEST)


def stage_manifest(output: Path, manifest: Manifest, name: str = "last-manifest") -> Path:
    """Write a manifest to the staging folder, and return where it lies."""
    text = msgspec.json.encode(Manifest(dict(sorted(manifest.files.items()))))
    staged = output / STAGING / name
    staged.parent.mkdir(exist_ok=True)
    staged.write_bytes(text + b"\n")
    return staged


def merge(old: Manifest, new: dict[str, str]) -> Manifest:
    """Return a manifest that owns the files of both, for the time between old and new."""
    files = dict(old.files)
    for path, digest in new.items():
        files[path] = tuple(dict.fromkeys((*files.get(path, ()), digest)))
    return Manifest(files)
