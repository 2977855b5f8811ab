"""Pieces over time as charts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from digest.index.records import Term
from digest.index.stories import Story
from digest.model.dates import When
from digest.plan.chart_views import BandView, BarView, ChartView
from digest.plan.context import ONE_PAGE, Context
from digest.plan.dates import earliest
from digest.plan.views import CountView
from digest.urls import entity_url, storyline_url, timeline_url

_STEP, _HEIGHT = 10, 100
_MOST_MONTHS = 180
_FEWEST = 3
"""A chart of one or two bars says nothing, nor does one of one or two pieces."""
_A_YEAR, _FIVE_YEARS = 12, 60

_Url = Callable[[str, str], str]


def timeline_chart(context: Context) -> ChartView | None:
    """Return the pieces of each month, or of each year of a long time, with the storylines.

    None where there are too few months for a chart.
    """
    timeline = context.index.timeline
    months = {
        int(year) * 12 + int(month) - 1: len(own)
        for year, by_month in timeline.items()
        for month, own in by_month.items()
        if month
    }
    if not months or max(months) - min(months) + 1 < _FEWEST:
        return None
    years = {int(year): sum(map(len, own.values())) for year, own in timeline.items()}
    counts, parts = (months, 12) if max(months) - min(months) < _MOST_MONTHS else (years, 1)
    span = min(counts), max(counts)
    chart = _Chart(context, parts, span, lambda *date: context.href(timeline_url(*date)))
    missing = sum(years.values()) - sum(counts.values())
    return chart.view(counts, missing, tuple(_bands(context, span, parts)))


def entity_chart(term: Term, context: Context) -> ChartView | None:
    """Return the pieces that name an entity, by their dates; None where there is little to see.

    Years lead to their pages, if the entity has such.
    """
    linked = len(term.articles) > ONE_PAGE

    def url(year: str, month: str) -> str:
        return context.href(entity_url(term.slug, year)) if linked and not month else ""

    return _dated_chart([article.date for article in term.articles], context, url)


def story_chart(story: Story, context: Context) -> ChartView | None:
    """Return the pieces of a storyline by their events; None where there is little to see."""
    dates = [article.event_date for article in story.articles]
    return _dated_chart(dates, context, lambda _year, _month: "")


def _dated_chart(dates: list[When], context: Context, url: _Url) -> ChartView | None:
    """Return a chart of months, or of years where most months would be empty."""
    if len(dates) < _FEWEST:
        return None
    months = Counter(int(when.year) * 12 + int(when.month) - 1 for when in dates if when.month)
    if _are_telling(months, len(dates)):
        last = max(months)
        first = min(*months, last - _A_YEAR + 1)
        return _Chart(context, 12, (first, last), url).view(months, len(dates) - months.total())
    years = Counter(int(when.year) for when in dates)
    if len(years) == 1:
        return None
    return _Chart(context, 1, (min(years), max(years)), url).view(years)


def _are_telling(months: Counter[int], pieces: int) -> bool:
    """Return whether a chart of months shows more than one of years does."""
    known = months.total()
    if len(months) == 1 or 2 * known <= pieces:
        return False
    span = max(months) - min(months) + 1
    return span <= _FIVE_YEARS or span <= min(2 * known, _MOST_MONTHS)


class _Chart:
    """Draws the counts of months or years.

    Args:
        context: What planners share.
        parts: How many steps a year has: 12 or 1.
        span: The first and the last step, counted from year 0.
        url: Link for a year and a month, which is empty for a year.
    """

    def __init__(self, context: Context, parts: int, span: tuple[int, int], url: _Url) -> None:
        self._context, self._parts, self._url = context, parts, url
        self._first, self._last = span

    def view(
        self, counts: Mapping[int, int], undated: int = 0, bands: tuple[BandView, ...] = ()
    ) -> ChartView:
        """Return the chart of the pieces by step."""
        most = max(counts.values())
        steps = sorted(counts)
        return ChartView(
            width=(self._last - self._first + 1) * _STEP,
            first=self._label(self._first),
            last=self._label(self._last),
            most=most,
            bars=tuple(
                BarView((step - self._first) * _STEP, _height(counts[step], most)) for step in steps
            ),
            rows=tuple(
                CountView(self._label(step), self._url(*self._date(step)), counts[step])
                for step in steps
            ),
            bands=bands,
            undated=undated,
        )

    def _date(self, step: int) -> tuple[str, str]:
        year, month = divmod(step, self._parts)
        return f"{year:04}", f"{month + 1:02}" if self._parts > 1 else ""

    def _label(self, step: int) -> str:
        return self._context.label(*self._date(step))


def _height(count: int, most: int) -> int:
    """Return the height of a bar; one piece is seen, however many another month has."""
    return max(3, round(count * _HEIGHT / most))


def _bands(context: Context, span: tuple[int, int], parts: int) -> Iterable[BandView]:
    """Yield the storylines whose time lies in that of a chart, at least in part."""
    first, last = span
    since = context.words.lists.since
    found = []
    for slug, story in context.index.stories.by_slug.items():
        start = story_start(story)
        if start:
            begin, end = max(_begin(start, parts), first), min(_end(story, parts), last)
            if begin <= end:
                found.append((begin, end, slug, start))
    for begin, end, slug, start in sorted(found):
        item = context.index.stories.by_slug[slug].storyline
        begun = context.date(start).label
        yield BandView(
            text=item.title,
            url=context.href(storyline_url(slug)),
            when=f"{begun} – {context.date(item.end).label}" if item.end else since.of(date=begun),
            x=(begin - first) * _STEP,
            width=(end - begin + 1) * _STEP,
        )


def story_start(story: Story) -> When | None:
    """Return when a storyline began: as its file says, else with its first event, if it has any."""
    dates = [article.event_date for article in story.articles]
    return story.storyline.start or (earliest(dates) if dates else None)


def _begin(start: When, parts: int) -> int:
    return int(start.year) * parts + (int(start.month or 1) - 1) * (parts > 1)


def _end(story: Story, parts: int) -> int:
    """Return the last number of a storyline's time; one without an end goes on for ever."""
    end = story.storyline.end
    if end is None:
        return 10_000 * parts
    return int(end.year) * parts + (int(end.month or parts) - 1) * (parts > 1)
