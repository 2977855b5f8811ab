"""The company of an entity as a picture: those that appear with it, around it.

Others stand in two columns beside the middle, each in a row of its own, and their names lead away
from it. So no name can meet another or a line, however wide a reader's font is.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from digest.index.company import Near
from digest.index.records import Term
from digest.plan.context import Context
from digest.plan.term_views import CompanionView, CompanyView
from digest.urls import entity_url

_MOST, _FEWEST = 12, 3
_WIDTH, _ROW, _BAND = 320, 28, 44
"""In units of a viewport of 320 px, where a row must be no smaller than what a finger can meet:
24 px (WCAG 2.2, 2.5.8). The band is where the entity itself stands."""
_OFFSETS = (50, 40, 24)
"""How far marks stand from the middle, by row from the band."""
_MARK_ROOM, _EDGE = 10, 2
_EM = 12
_THIN, _THICK = 1, 5
_NARROW = frozenset(" !'()*,-./:;I[]`fijlrt|·’‘")
_BROAD = frozenset("%&@MWmw—…")


def company_view(term: Term, near: tuple[Near, ...], context: Context) -> CompanyView | None:
    """Return the picture of an entity among the nearest; None where it would say little.

    That is where there are few of them, or few pieces to tell them apart.
    """
    shown = near[:_MOST]
    if min(len(shown), len(term.articles)) < _FEWEST:
        return None
    right, left = len(shown[::2]), len(shown[1::2])
    above, below = max((right + 1) // 2, left // 2), max(right // 2, (left + 1) // 2)
    middle = above * _ROW + _BAND // 2
    label, width = cut_name((term.name,), (_WIDTH - 4 * _MARK_ROOM) / _EM)
    most = max(item.count for item in shown)
    return CompanyView(
        width=_WIDTH,
        height=(above + below) * _ROW + _BAND,
        label=label,
        kind=term.kind,
        x=_WIDTH // 2,
        y=middle,
        box=round(width * _EM) + 4 * _MARK_ROOM,
        around=tuple(
            _companion(item, side, row, middle, context, most)
            for item, (side, row) in zip(shown, _places(right, left), strict=False)
        ),
    )


def _places(right: int, left: int) -> Iterator[tuple[int, int]]:
    """Yield a side, 1 or -1, and a row from the band, negative above it, in turn.

    Each side is filled from the top.
    """
    rows = {
        1: iter(_rows((right + 1) // 2, right // 2)),
        -1: iter(_rows(left // 2, (left + 1) // 2)),
    }
    for number in range(right + left):
        side = -1 if number % 2 else 1
        yield side, next(rows[side])


def _rows(above: int, below: int) -> list[int]:
    return [*range(-above, 0), *range(1, below + 1)]


def _companion(
    near: Near, side: int, row: int, middle: int, context: Context, most: int
) -> CompanionView:
    other = context.index.entities[near.slug]
    offset = _OFFSETS[abs(row) - 1]
    room = (_WIDTH // 2 - offset - _MARK_ROOM - _EDGE) / _EM
    acronym = other.entity.acronym if other.entity else ""
    label, _ = cut_name((other.name, acronym) if acronym else (other.name,), room)
    down = _BAND // 2 + (abs(row) - 1) * _ROW + _ROW // 2
    x = _WIDTH // 2 + side * offset
    return CompanionView(
        text=other.name,
        label=label,
        url=context.href(entity_url(near.slug)),
        kind=other.kind,
        count=near.count,
        x=x,
        y=middle + (down if row > 0 else -down),
        text_x=x + side * _MARK_ROOM,
        line=round(_THIN + (_THICK - _THIN) * near.count / most, 1),
        before=side < 0,
    )


def cut_name(names: tuple[str, ...], room: float) -> tuple[str, float]:
    """Return the first of some names that fits, else the first one cut, and its width.

    Widths are in ems and rather too great, as nobody knows the font of a reader.
    """
    for name in names:
        width = _width(name)
        if width <= room:
            return name, width
    left = room - _width("…")
    end = 0
    for char in names[0]:
        left -= _width(char)
        if left < 0:
            break
        end += 1
    label = f"{names[0][:end].rstrip()}…"
    return label, _width(label)


def _width(text: str) -> float:
    return sum(map(_char_width, text))


@lru_cache(maxsize=4096)
def _char_width(char: str) -> float:
    """Return how wide a character may be."""
    if char.isascii() or char in _NARROW or char in _BROAD:
        return 0.42 if char in _NARROW else 1.0 if char in _BROAD else 0.64 + 0.1 * char.isupper()
    category = unicodedata.category(char)
    if category[0] == "M" or category == "Cf":
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.15 if category == "So" else 1.0
    return 0.66 if char < "\u0900" else 0.9
