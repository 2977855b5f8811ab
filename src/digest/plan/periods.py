"""Long lists split by date: years, the months of long years, the days of long months."""

from collections.abc import Callable, Iterable

import msgspec

from digest.model.records import Article
from digest.plan.context import Context
from digest.plan.views import CountView, LinkView

_FULL = 200
"""With more articles than this a year has pages for its months, and a month for its days."""
_YEAR, _DAY = len("2023"), len("2023-07-27")
_Url = Callable[[str], str]


class Period(msgspec.Struct, frozen=True):
    """A stretch of a list that has a page of its own.

    Attributes:
        date: A year, a month or a day, such as `2023`, `2023-07` or `2023-07-27`.
        articles: What its page shows, in the order of the list; of a stretch that has parts only
            what is in none of them.
        total: Number of all its articles.
        parts: Its parts that have pages of their own, oldest first: date and number of articles.
    """

    date: str
    articles: tuple[Article, ...]
    total: int
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def brief(self) -> bool:
        """Return whether its page has room for titles alone: no date parts its articles."""
        return len(self.articles) > _FULL


def split_years(
    articles: Iterable[Article], date_of: Callable[[Article], str]
) -> tuple[Period, ...]:
    """Return the years of a list, oldest first, each followed by its months and their days."""
    years = _groups(articles, date_of, _YEAR)
    return tuple(it for year, own in years.items() for it in split_period(year, own, date_of))


def split_period(
    date: str, articles: Iterable[Article], date_of: Callable[[Article], str]
) -> tuple[Period, ...]:
    """Return a stretch of a list, followed by its parts if it is long, and by theirs.

    Where an article is found depends on its own date and on the length of the list alone, so that
    another one moves none of them to another page, but for the one that makes the list long.
    """
    own = tuple(articles)
    if len(own) <= _FULL or len(date) == _DAY:
        return (Period(date, own, len(own)),)
    groups = _groups(own, date_of, len(date) + 3)
    rest = tuple(groups.pop(date, ()))
    parts = tuple((part, len(found)) for part, found in groups.items())
    inner = [it for part, found in groups.items() for it in split_period(part, found, date_of)]
    return (Period(date, rest, len(own), parts), *inner)


def _groups(
    articles: Iterable[Article], date_of: Callable[[Article], str], length: int
) -> dict[str, list[Article]]:
    """Return articles by the first characters of their date, oldest date first."""
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(date_of(article)[:length], []).append(article)
    return dict(sorted(groups.items()))


def year_counts(periods: Iterable[Period]) -> tuple[tuple[str, int], ...]:
    """Return the years among some stretches, newest first, with their numbers of articles."""
    years = [(it.date, it.total) for it in periods if len(it.date) == _YEAR]
    return tuple(reversed(years))


def years_beside(period: Period, years: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Return the years that the page of a stretch shows: none on that of a month or a day.

    Else each new article would change the pages of all days.
    """
    return years if len(period.date) <= _YEAR else ()


def count_links(
    counts: Iterable[tuple[str, int]], context: Context, url: _Url
) -> tuple[CountView, ...]:
    """Return links to stretches: years, months by their names, days as dates."""
    return tuple(
        CountView(_part_label(date, context), context.href(url(date)), count)
        for date, count in counts
    )


def _part_label(date: str, context: Context) -> str:
    if len(date) in {_YEAR, _DAY}:
        return date_label(date, context)
    return context.words.dates.month_name(date[_YEAR + 1 :])


def date_label(date: str, context: Context) -> str:
    """Return a year, a month or a day in words; empty for no date."""
    return context.label(*date.split("-")) if date else ""


def links_above(date: str, context: Context, url: _Url) -> tuple[LinkView, ...]:
    """Return links to the year of a month, and to the year and the month of a day."""
    above = (date[:length] for length in range(_YEAR, len(date), 3))
    return tuple(LinkView(date_label(it, context), context.href(url(it))) for it in above)
