"""Pictures and cards to the files that are made for them, named after what they are made from."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from functools import partial

import msgspec

from digest.cache.keys import make_key
from digest.model.pictures import CARD_HEIGHT, CARD_WIDTH, Card, Picture
from digest.plan.links import Shown
from digest.plan.records import Asset
from digest.plan.statics import FINGERPRINT_CHARACTERS, FOLDER
from digest.urls import Base

WIDTHS = (480, 960, 1440)
"""Pixels: a telephone, the column of a page, and the same where pixels are twice as fine."""
_ENOUGH = 1920
"""Up to how many pixels of width a picture is a version itself: a wider one shows no more."""
_NAME_CHARACTERS = 60


class Makers(msgspec.Struct, frozen=True):
    """What makes files, when somebody wants them.

    Attributes:
        key: Key of everything that decides, beside its source, what is made.
        version: Makes a version of a picture from where it lies, its path in the site, the digest
            of its bytes, and a width.
        card: Makes a card.
    """

    key: bytes
    version: Callable[[str, str, bytes, int], bytes]
    card: Callable[[Card], bytes]


class Files(msgspec.Struct, frozen=True):
    """Files below `content/` by path: where the disk has them, their digests, pictures measured."""

    places: Mapping[str, str]
    digests: Mapping[str, bytes]
    pictures: Mapping[str, Picture]


def show_pictures(
    used: Iterable[str], files: Files, makers: Makers
) -> tuple[dict[str, Shown], tuple[Asset, ...]]:
    """Return the pictures among the files that pages use, by URL, and their versions.

    Only what is smaller than a picture is made of it, and nothing of one that moves.
    """
    shown: dict[str, Shown] = {}
    made: list[Asset] = []
    for path in sorted(used):
        picture = files.pictures.get(path)
        if picture is None or picture.fault:
            continue
        url = f"/{path.partition('/')[2]}"
        widths = [width for width in WIDTHS if width < picture.width and not picture.animated]
        versions = [_version(path, width, files, makers) for width in widths]
        made += versions
        several = [(f"/{it.path}", width) for it, width in zip(versions, widths, strict=True)]
        if several and picture.width <= _ENOUGH:
            several.append((url, picture.width))
        shown[url] = Shown(picture.width, picture.height, tuple(several))
    return shown, tuple(made)


def _version(path: str, width: int, files: Files, makers: Makers) -> Asset:
    digest = files.digests[path]
    key = make_key(makers.key, digest, str(width).encode())
    name = f"{path.partition('/')[2]}.{width}.{key.hex()[:FINGERPRINT_CHARACTERS]}.webp"
    place = files.places[path]
    make = partial(makers.version, place, path, digest, width)
    return Asset(posixpath.join(FOLDER, name), place, path, key, make)


class HeadImage(msgspec.Struct, frozen=True, gc=False):
    """The picture of a page, for those that show a card of it.

    Attributes:
        url: Its full address.
        alt: What it shows.
    """

    url: str
    alt: str
    width: int
    height: int


def card_asset(card: Card, name: str, owner: str, makers: Makers) -> Asset:
    """Return the file of a card; a part of `name` is in its own name."""
    key = make_key(makers.key, msgspec.msgpack.encode(card))
    fingerprint = key.hex()[:FINGERPRINT_CHARACTERS]
    path = f"{FOLDER}/cards/{name[:_NAME_CHARACTERS]}.{fingerprint}.png"
    return Asset(path, "", owner, key, partial(makers.card, card))


def card_image(asset: Asset, card: Card, base: Base) -> HeadImage:
    """Return a card as the head of a page names it."""
    alt = ": ".join(part for part in (card.site, card.title) if part)
    return HeadImage(base.absolute(base.href(f"/{asset.path}")), alt, CARD_WIDTH, CARD_HEIGHT)
