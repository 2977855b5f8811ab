"""Dates that keep the precision at which somebody wrote them."""

from enum import IntEnum

import msgspec


class Precision(IntEnum):
    """How much of a date is known, from least to most."""

    YEAR = 1
    MONTH = 2
    DAY = 3
    MOMENT = 4


class When(msgspec.Struct, frozen=True, order=True, gc=False, array_like=True):
    """A year, a month, a day, or a moment with its offset.

    A calendar date is never a moment: nothing here adds a day or an hour that was not written.
    Records compare by `key`: a year sorts before its months, a month before its days, a day before
    its moments, and moments by their instant within the day that they fall on in the site's zone.

    Attributes:
        key: Text that sorts as above.
        text: What was written: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or RFC 3339 with `T`.
    """

    key: str
    text: str

    @property
    def precision(self) -> Precision:
        """Return how much of the date was written."""
        return {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}.get(
            len(self.text), Precision.MOMENT
        )

    @property
    def year(self) -> str:
        """Return the written year, four digits."""
        return self.text[:4]

    @property
    def month(self) -> str:
        """Return the written month, two digits, or an empty string."""
        return self.text[5:7]

    @property
    def day(self) -> str:
        """Return the written day of the month, two digits, or an empty string."""
        return self.text[8:10]

    @property
    def date(self) -> str:
        """Return the written calendar date without a time of day."""
        return self.text[:10]
