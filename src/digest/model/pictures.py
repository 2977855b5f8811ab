"""Pictures as measured."""

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
