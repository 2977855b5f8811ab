"""What is found in a text, and where: names, definitions, figures, quotations."""

from enum import StrEnum

import msgspec


class FigureKind(StrEnum):
    """What a number in a text counts."""

    MONEY = "money"
    SHARE = "share"
    PEOPLE = "people"


class Definition(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A long name and the short form that a text gives for it, as written."""

    long: str
    short: str


class FoundFigure(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A number found in a text, normalised.

    Attributes:
        low: Lower end as a decimal number, such as `300000` or `1.5`; empty where the text gives
            only an upper bound.
        high: Upper end; the same as `low` for a single number, empty for a lower bound alone.
        unit: ISO 4217 code for money, `%` for shares, the noun for people, such as `writers`.
        per: `hour`, `day`, `week`, `month` or `year`, or empty.
        bound: `about`, `up to`, `less than`, `at least`, `more than`, or empty.
        text: The figure as written, white space folded.
        sentence: The sentence that it stands in, white space folded.
        start: Place in the text at which it begins; `end`: at which it ends.
    """

    kind: FigureKind
    low: str
    high: str
    unit: str
    per: str
    bound: str
    text: str
    sentence: str
    start: int
    end: int


class Mention(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An entity that a text names.

    Attributes:
        slug: The entity's slug.
        count: How often.
        start: Where in the HTML its name stands first where a link may stand, else -1.
        end: Where it ends there.
    """

    slug: str
    count: int
    start: int = -1
    end: int = -1


class Quote(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A statement in quotation marks with the speaker whom the sentence names.

    Attributes:
        text: What stands between the marks.
        speaker: The speaker as written, without a title or office before the name.
        start: Place in the text at which the opening mark stands; `end`: behind the closing one.
    """

    text: str
    speaker: str
    start: int
    end: int


class Extract(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a text holds whatever else the site knows.

    Attributes:
        links: Whether the text links to another site.
        figure_count: Number of figures.
        figures: Figures in the order of the text; places are those in the HTML of its body, `start`
            is -1 where a tag cuts one.
        quotes: Quotations in the order of the text.
    """

    definitions: tuple[Definition, ...] = ()
    links: bool = False
    figure_count: int = 0
    figures: tuple[FoundFigure, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def without_figures(self) -> "Extract":
        """Return the extract with the number of figures alone: they take the most memory."""
        return Extract(self.definitions, self.links, self.figure_count, (), self.quotes)


NOTHING_FOUND = Extract()
"""The extract of an empty text."""
