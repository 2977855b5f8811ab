"""A card to a PNG: what other sites show of a page where somebody shares its address.

It has ink, an accent and paper, at four bits a pixel, so that it stays small. A text with letters
that the font does not have is left out as a whole: boxes would tell less than nothing.
"""

import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from digest.model.pictures import CARD_HEIGHT, CARD_WIDTH, Card

_FONT = Path(__file__).with_name("noto-serif-600.woff")
_PAPER, _INK, _ACCENT = (251, 249, 244), (27, 25, 22), (158, 27, 30)
_INK_STEPS, _ACCENT_STEPS = 9, 6
"""Shades from paper to each of the two; with paper itself they are 16."""
_MARGIN = 80
_TITLE = (214, 574)
"""Between which lines the title stands."""
_SIZES = tuple(range(84, 27, -4))
_LEADING = 1.24
_SMALL = 34
_ELLIPSIS = "…"
ROOM = CARD_WIDTH - 2 * _MARGIN
_Font = ImageFont.FreeTypeFont


def draw_card(card: Card) -> bytes:
    """Return a card as PNG; under the same Pillow the same card is the same bytes."""
    ink, accent = (Image.new("L", (CARD_WIDTH, CARD_HEIGHT)) for _ in range(2))
    draw, small = ImageDraw.Draw(ink), _font(_SMALL)
    for top, bottom in ((56, 61), (67, 68)):
        draw.rectangle((_MARGIN, top, CARD_WIDTH - _MARGIN - 1, bottom), fill=255)
    for canvas, text, base in ((draw, card.site, 122), (ImageDraw.Draw(accent), card.kicker, 182)):
        canvas.text((_MARGIN, base), _cut(drawable(text), small), 255, small, anchor="ls")
    lines, size = fit(drawable(card.title))
    font, (top, _) = _font(size), _TITLE
    for number, line in enumerate(lines):
        place = (_MARGIN, top + round(size * (1 + number * _LEADING)))
        draw.text(place, line, 255, font, anchor="ls")
    return _encode(ink, accent)


def _encode(ink: Image.Image, accent: Image.Image) -> bytes:
    """Return two layers of shades from 0 to 255, that never overlap, as one PNG."""
    steps = [value * _ACCENT_STEPS // 255 for value in range(256)]
    shades = ink.point([value * _INK_STEPS // 255 for value in range(256)])
    over = accent.point([step + _INK_STEPS for step in steps])
    shades.paste(over, mask=accent.point([255 if step else 0 for step in steps]))
    palette = [_mix(_INK, step / _INK_STEPS) for step in range(_INK_STEPS + 1)]
    palette += [_mix(_ACCENT, step / _ACCENT_STEPS) for step in range(1, _ACCENT_STEPS + 1)]
    shades.putpalette([part for colour in palette for part in colour])
    out = BytesIO()
    shades.save(out, "PNG", bits=4, compress_level=6)
    return out.getvalue()


def _mix(colour: tuple[int, ...], share: float) -> list[int]:
    """Return a share of a colour on paper."""
    return [
        round(paper + (part - paper) * share) for paper, part in zip(_PAPER, colour, strict=True)
    ]


@cache
def _font(size: int) -> _Font:
    return ImageFont.truetype(_FONT, size)


def drawable(text: str) -> str:
    """Return what of a text the font can draw; nothing where it lacks a letter or digit."""
    kept = []
    for char in unicodedata.normalize("NFC", text):
        if _has(char):
            kept.append(char)
        elif unicodedata.category(char)[0] in "LN":
            return ""
        else:
            kept.append(" ")
    return " ".join("".join(kept).split())


@cache
def _has(char: str) -> bool:
    """Return whether the font has a picture of a character, and not the box for all others."""
    if char.isspace() or not char.isprintable():
        return False
    return _looks(char) != _looks("\0")


def _looks(char: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(_SMALL).getmask(char)
    return mask.size, bytes(mask)


def fit(text: str) -> tuple[list[str], int]:
    """Return the lines of a title and the largest size in pixels at which they have room.

    Words are broken, and what has no room left out, at the smallest size alone.
    """
    for size in _SIZES[:-1]:
        font = _font(size)
        if all(font.getlength(word) <= ROOM for word in text.split()):
            lines = _wrap(text, font)
            if len(lines) <= _most_lines(size):
                return lines, size
    size = _SIZES[-1]
    font, most = _font(size), _most_lines(size)
    lines = _wrap(text, font)
    if len(lines) > most:
        lines[most - 1 :] = [_cut(f"{lines[most - 1]} {lines[most]}", font)]
    return lines, size


def _most_lines(size: int) -> int:
    """Return how many lines have room; below the last there is some for letters such as g."""
    top, bottom = _TITLE
    return int((bottom - top - 1.3 * size) / (size * _LEADING)) + 1


def _wrap(text: str, font: _Font) -> list[str]:
    """Return a text in lines that have room; a word that has none of its own is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}".lstrip()
        if font.getlength(joined) <= ROOM:
            line = joined
            continue
        lines += [line] if line else []
        line = word
        while font.getlength(line) > ROOM:
            end = _room_for(line, font)
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line] if line else lines


def _room_for(word: str, font: _Font) -> int:
    """Return how many characters of a word have room in a line; one at least."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.getlength(word[:middle]) <= ROOM else (low, middle - 1)
    return low


def _cut(text: str, font: _Font) -> str:
    """Return a text that has room in one line."""
    if font.getlength(text) <= ROOM:
        return text
    end = _room_for(text, font)
    return text[: end - 2].rstrip() + _ELLIPSIS
