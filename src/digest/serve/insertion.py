"""What an HTML page gets while it is sent, and only then."""

from html import escape

from digest.model.held import Held
from digest.serve.guard import PREFIX
from digest.serve.looks import held_label

SHEET = f'<link rel="stylesheet" href="{PREFIX}preview.css">'


def make_addition(token: str, number: int, held: Held | None = None, *, plain: bool = False) -> str:
    """Return the HTML that is added to a page: the script, and a badge if the page is held back.

    A `plain` page is one of the preview's own: it shows the findings itself.
    """
    own = " data-plain" if plain else ""
    script = (
        f'<script src="{PREFIX}preview.js" data-token="{escape(token)}" data-number="{number}"'
        f"{own} defer></script>"
    )
    return (make_badge(held) if held else "") + script


def make_badge(held: Held) -> str:
    """Return the badge of a page that would not be published; it needs no script."""
    label = escape(held_label(held))
    return f'{SHEET}<aside class="digest-badge" aria-label="Preview">{label}</aside>'


def insert(page: bytes, addition: str) -> bytes:
    """Return a page with something added before the end of its body, or at its end."""
    at = page.lower().rfind(b"</body")
    at = len(page) if at < 0 else at
    return b"".join((page[:at], addition.encode("ascii", "xmlcharrefreplace"), page[at:]))
