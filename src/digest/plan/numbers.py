"""The figures of an article: those that editors declare and those found in the text."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from digest.diagnostics import Diagnostic, warning
from digest.index.records import Index
from digest.model.findings import FigureKind, FoundFigure
from digest.model.records import Article, Figure
from digest.model.units import is_money
from digest.urls import slugify

OTHER = "other"
"""The kind of a declared figure that is no money and no share."""

_LONGEST_ANCHOR = 60
_SHARES = ("%", "percent", "per cent")


class Numbered(msgspec.Struct, frozen=True, gc=False):
    """A figure of an article: declared, found, or both; `anchor` is its id in the text or empty."""

    declared: Figure | None
    found: FoundFigure | None
    anchor: str

    @property
    def kind(self) -> str:
        """Return `money`, `share`, `people` or `other`."""
        if self.found:
            return self.found.kind.value
        unit = self.declared.unit if self.declared else ""
        if is_money(unit):
            return FigureKind.MONEY.value
        return FigureKind.SHARE.value if unit.startswith(_SHARES) else OTHER


def number_figures(article: Article, figures: tuple[FoundFigure, ...]) -> tuple[Numbered, ...]:
    """Return the figures of an article: declared ones, then those found, as its text has them.

    A found figure with the numbers of a declared one is the same; hidden ones are left out.
    """
    found = list(figures)
    if article.figures_hide:
        found = [item for item in found if not _is_hidden(item, article)]
    anchors = _anchors(found)
    pairs = list(zip(found, anchors, strict=True))
    numbered: list[Numbered] = []
    for figure in article.figures:
        same = next((pair for pair in pairs if _is_same(figure, pair[0])), None)
        if same:
            pairs.remove(same)
        numbered.append(Numbered(figure, *(same or (None, ""))))
    numbered += [Numbered(None, item, anchor) for item, anchor in pairs]
    return tuple(numbered)


def has_figures(article: Article, index: Index) -> bool:
    """Return whether any figure stands in the text of an article."""
    extract = index.evidence.extracts.get(article.path)
    return extract is not None and extract.figure_count > 0


def count_figures(article: Article, index: Index) -> int:
    """Return how many figures an article has."""
    extract = index.evidence.extracts.get(article.path)
    if article.figures or article.figures_hide:
        return len(number_figures(article, extract.figures if extract else ()))
    return extract.figure_count if extract else 0


def check_hidden(articles: Iterable[Article], index: Index) -> Iterator[Diagnostic]:
    """Yield a warning for every text in `figures_hide` that no figure has."""
    for article in articles:
        extract = index.evidence.extracts.get(article.path) if article.figures_hide else None
        texts = [item.text for item in extract.figures] if extract else []
        for hidden in article.figures_hide:
            if not any(_is_meant(hidden, text) for text in texts):
                message = f"no figure '{hidden}' was found in the text"
                hint = f"found were {', '.join(texts[:6])}" if texts else "take it out"
                yield warning("figure-hide", message, article.span("figures_hide"), hint)


def _is_hidden(figure: FoundFigure, article: Article) -> bool:
    return any(_is_meant(hidden, figure.text) for hidden in article.figures_hide)


def _is_meant(hidden: str, text: str) -> bool:
    """Return whether an editor's text is that of a figure, or a part of it that cuts no number."""
    part = rf"(?<![\w.,]){re.escape(_plain(hidden))}(?![\w%]|[.,]\w)"
    return re.search(part, _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("–", "-").split())


def _is_same(declared: Figure, found: FoundFigure) -> bool:
    ends = {_value(declared.low), _value(declared.high or declared.low)}
    money = is_money(declared.unit)
    return (
        ends == {found.low or found.high, found.high or found.low}
        and money == (found.kind is FigureKind.MONEY)
        and declared.unit.startswith(_SHARES) == (found.kind is FigureKind.SHARE)
    )


def _value(number: str) -> str:
    """Return a number without zeros that add nothing, as found figures have it."""
    return f"{Decimal(number).normalize():f}" if number else ""


def _anchors(found: list[FoundFigure]) -> list[str]:
    """Return an id for each figure, made from its text, so that it outlives other edits."""
    counts: dict[str, int] = {}
    anchors = []
    for item in found:
        name = slugify(item.text)
        if len(name) > _LONGEST_ANCHOR:
            name = name[:_LONGEST_ANCHOR].strip("-")
        name = name or item.kind.value
        count = counts[name] = counts.get(name, 0) + 1
        number = f"-{count}" if count > 1 else ""
        anchors.append(f"figure--{name}{number}" if item.start >= 0 else "")
    return anchors
