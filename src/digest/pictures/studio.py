"""What a plan has made of pictures; Pillow is loaded when the first of it is wanted."""

from functools import cache
from pathlib import Path

import PIL

from digest.cache.keys import make_key
from digest.model.pictures import Card


@cache
def studio_key() -> bytes:
    """Return the key of everything that decides, beside a picture, what is made of it."""
    files = sorted(path for path in Path(__file__).parent.iterdir() if path.is_file())
    return make_key(PIL.__version__.encode(), *(path.read_bytes() for path in files))


def make_version(file: str, owner: str, digest: bytes, width: int) -> bytes:
    """Return a version of a picture: see `digest.pictures.versions`."""
    from digest.pictures import versions  # noqa: PLC0415 slow to import

    return versions.make_version(file, owner, digest, width)


def make_card(card: Card) -> bytes:
    """Return a card as PNG: see `digest.pictures.cards`."""
    from digest.pictures import cards  # noqa: PLC0415 slow to import

    return cards.draw_card(card)
