"""Pictures as cameras and editors save them."""

from io import BytesIO
from typing import Any

from PIL import Image


def picture(width: int = 8, height: int = 6, kind: str = "PNG", **options: Any) -> bytes:
    """Return a picture in a shade that goes from one corner to the other."""
    mode = options.pop("mode", "RGB")
    shades = Image.linear_gradient("L").rotate(45).resize((width, height)).convert(mode)
    out = BytesIO()
    shades.save(out, kind, **options)
    return out.getvalue()


def moving(width: int = 600, height: int = 400) -> bytes:
    """Return a GIF of two frames."""
    frames = [Image.new("RGB", (width, height), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()
