"""The anchors and the levels of headings."""

from digest.urls import slugify

_MAX_ANCHOR = 150


def heading_id(title: str) -> str:
    """Return the anchor of a heading, which begins with a letter."""
    slug = slugify(title)[:_MAX_ANCHOR].strip("-")
    return slug if slug[:1].isalpha() else f"section-{slug}".strip("-")


def outline(above: list[int], level: int) -> str:
    """Return the heading tag for a source level, so that no level is skipped below the title.

    `above` holds the source levels of the open headings, outermost first.
    """
    while above and above[-1] >= level:
        above.pop()
    above.append(level)
    return f"h{min(len(above) + 1, 6)}"
