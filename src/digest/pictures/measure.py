"""The bytes of a picture to what pages have to know of it.

A picture is decoded once, so that a file that was cut short is found before a reader finds it. What
is too large is not: its size stands in its first bytes.
"""

import struct
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from digest.model.pictures import ENDINGS, Picture

_LIMIT_HINT = "make it smaller, or raise [limits] image_pixels in site.toml"
_NO_PICTURE_HINT = "save it as PNG, JPEG, GIF, WebP or AVIF"
_TURNED = frozenset({5, 6, 7, 8})
"""Values of Exif's orientation for which width and height change places (CIPA DC-008, 4.6.4)."""
_ORIENTATION = 0x0112
# Several pictures in one JPEG file, as telephones write them: browsers show the first.
_SAME = {"MPO": "JPEG"}
Unreadable = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    MemoryError,
    RuntimeError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow raises for bytes that are not what they claim to be."""


_BROKEN = Picture(fault="it is broken or cut short", hint="copy it anew, or save it anew")


def open_picture(data: bytes) -> Image.Image:
    """Return a picture of which only the size and the like are read as yet.

    Raises:
        Exception: one of `Unreadable`.
    """
    Image.MAX_IMAGE_PIXELS = None  # a limit of the site takes its place, before anything is decoded
    return Image.open(BytesIO(data), formats=tuple(ENDINGS))


def measure_picture(data: bytes, most_pixels: int) -> Picture:
    """Return what the bytes of a file are as a picture; above `most_pixels` that is a fault."""
    try:
        image = open_picture(data)
    except UnidentifiedImageError:
        return Picture(fault=_no_picture(data), hint=_NO_PICTURE_HINT)
    except Unreadable:
        return _BROKEN
    width, height = image.size
    if width * height > most_pixels:
        fault = f"it has {width:,} by {height:,} pixels, the limit is {most_pixels:,}"
        return Picture(fault=fault, hint=_LIMIT_HINT)
    try:
        return _measure(image)
    except Unreadable:
        return _BROKEN


def _measure(image: Image.Image) -> Picture:
    """Return what a picture is, once it was decoded; of one that moves, its first frame.

    Raises:
        Exception: one of `Unreadable`.
    """
    width, height = image.size
    kind = str(image.format)
    animated = kind not in _SAME and bool(getattr(image, "is_animated", False))
    image.draft("RGB", (1, 1))  # a JPEG is read to its end, but not made in full
    image.load()
    if is_on_its_side(image):
        width, height = height, width
    return Picture(width, height, _SAME.get(kind, kind), animated)


def is_on_its_side(image: Image.Image) -> bool:
    """Return whether width and height change places when a picture is shown.

    That decodes it, as the note may stand at the end of its file.
    """
    return image.getexif().get(_ORIENTATION) in _TURNED


def _no_picture(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "it is no picture that browsers show"
    if not text:
        return "it is empty"
    return "it is a text file" if "\0" not in text else "it is no picture that browsers show"
