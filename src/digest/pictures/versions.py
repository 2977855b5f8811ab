"""A picture to smaller versions of it, for smaller screens.

A version is a WebP without whatever a camera has noted: place, time, owner. Its colours are those
of sRGB, as browsers take for granted where a file says nothing (CSS Color 4, 10.2).
"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from digest.cache.keys import digest_of
from digest.diagnostics import Span, failure
from digest.pictures.measure import Unreadable, is_on_its_side, open_picture

_MANY_COLOURS = 1 << 16
"""A picture with more colours than this is a photograph, however it was saved."""
_QUALITY = 80
_LOSSY = frozenset({"JPEG", "MPO"})
_MODES = {b"RGB ": ("RGB", "RGBA"), b"CMYK": ("CMYK",), b"GRAY": ("L",)}
"""Modes of pixels that the colour space of a profile (ICC.1, 7.2.8) is of."""


def make_version(file: str, owner: str, digest: bytes, width: int) -> bytes:
    """Return a version of a picture that is `width` pixels wide, as WebP.

    Args:
        file: Where the disk has the picture.
        owner: Its path in the site.
        digest: Digest of its bytes when it was measured.
        width: Less than the width of the picture.

    Raises:
        DigestError: `picture`, where the file is another by now.
    """
    try:
        data = Path(file).read_bytes()
    except OSError:
        data = b""
    if digest_of(data) != digest:
        raise failure(
            "picture", "it was changed while the site was built", Span(owner), "build again"
        )
    try:
        return _shrink(open_picture(data), width)
    except Unreadable as fault:
        message = f"no smaller version can be made of it: {fault}"
        raise failure("picture", message, Span(owner), "save it anew") from fault


def _shrink(image: Image.Image, width: int) -> bytes:
    shown = image.height if is_on_its_side(image) else image.width
    photograph = image.format in _LOSSY
    # A JPEG is decoded at a half, a quarter or an eighth of its size where that is enough.
    wide, high = (max(1, 2 * width * side // shown) for side in image.size)
    image.draft(None, (wide, high))
    image = _plain(ImageOps.exif_transpose(image))
    photograph = photograph or image.getcolors(_MANY_COLOURS) is None
    height = max(1, round(image.height * width / image.width))
    image = _to_srgb(image.resize((width, height), Image.Resampling.LANCZOS))
    out = BytesIO()
    nothing = {"icc_profile": b"", "exif": b"", "xmp": b""}
    image.save(out, "WEBP", quality=_QUALITY, lossless=not photograph, method=4, **nothing)
    return out.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture whose pixels are numbers that can be averaged, eight bits each."""
    if image.mode.startswith("I"):  # grey at sixteen bits
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"1", "F"}:
        return image.convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _to_srgb(image: Image.Image) -> Image.Image:
    """Return a picture in RGB; a profile that cannot be followed is passed over."""
    profile = image.info.get("icc_profile") or b""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if image.mode in _MODES.get(profile[16:20], ()):
        try:
            return _convert(image, profile, mode)
        except (ImageCms.PyCMSError, OSError):
            image.info.pop("icc_profile")
    return image if image.mode == mode else image.convert(mode)


def _convert(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """Return a picture with the colours that its profile means.

    Raises:
        PyCMSError: where the profile is broken.
    """
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    return made if made is not None else image
