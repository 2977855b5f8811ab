"""Pictures as measured, and the cards that stand for pages where their addresses are shared."""

import msgspec

ENDINGS = {
    "PNG": ("png",),
    "JPEG": ("jpg", "jpeg"),
    "GIF": ("gif",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
}
"""The endings that a file of each format may have, the usual one first."""


class Picture(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A picture of the content folder.

    Attributes:
        width: Pixels as shown, that is turned as the file asks for.
        height: The same.
        format: One of `ENDINGS`; empty where the file is no picture.
        animated: Whether it has more than one frame.
        fault: What is wrong with it, or empty.
        hint: What to do about it.
    """

    width: int = 0
    height: int = 0
    format: str = ""
    animated: bool = False
    fault: str = ""
    hint: str = ""


class Card(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a card shows: the name of the site, a line above the title, and the title."""

    site: str
    kicker: str
    title: str


CARD_WIDTH, CARD_HEIGHT = 1200, 630
"""Pixels of a card: what those that show one crop the least (OpenGraph's 1.91 to 1)."""
