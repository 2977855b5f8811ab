"""Limits on how deep HTML is nested, before the sanitiser parses it and after.

The parser takes time with the square of the depth, and opens every formatting element that was left
open anew in each later paragraph, so a short text can make it work for minutes or fill the memory.
Validators and some readers overflow at some thousand levels.
"""

import re
from collections import Counter

MAX_DEPTH = 64
_MAX_PART_DEPTH = MAX_DEPTH + 4  # a table that is just not too deep keeps its cells
_MAX_OPEN = 5000
_MAX_OPEN_FORMATTING = 10
_FEW = 1000
# The formatting elements of the HTML Standard, section 13.2.4.2.
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# They stand only inside their parent, so they go or stay with it.
_PARTS = frozenset(
    "caption col colgroup dd dt figcaption li rp rt summary tbody td tfoot th thead tr".split()
)
_RAW_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\s[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*)?>")


def limit_open_tags(html: str) -> str:
    """Return any HTML without the tags that leave more elements open than a text ever needs."""
    if html.count("<") <= _FEW:
        return html
    opened: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    levels = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal levels
        name = match[2].lower()
        if name in _VOID:
            return match[0]
        if match[1] and dropped[name]:
            dropped[name] -= 1
            return ""
        if match[1]:
            levels -= opened[name] > 0
            opened[name] -= opened[name] > 0
            return match[0]
        formatting = sum(opened[own] for own in _FORMATTING) if name in _FORMATTING else 0
        if formatting >= _MAX_OPEN_FORMATTING or levels >= _MAX_OPEN:
            dropped[name] += 1
            return ""
        levels += 1
        opened[name] += 1
        return match[0]

    return _RAW_TAG.sub(keep, html)


def flatten(html: str) -> str:
    """Return sanitised HTML without the elements deeper than `MAX_DEPTH`; their text stays."""
    if html.count("</") <= MAX_DEPTH:
        return html
    depth, cut = 0, 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth, cut
        name = match[2]
        if name in _VOID:
            return "" if cut and name == "col" else match[0]
        if match[1]:
            depth -= 1
            kept = not cut
            cut = 0 if depth + 1 == cut else cut
            return match[0] if kept else ""
        depth += 1
        if not cut and depth > (_MAX_PART_DEPTH if name in _PARTS else MAX_DEPTH):
            cut = depth
        return "" if cut else match[0]

    return _TAG.sub(keep, html)
