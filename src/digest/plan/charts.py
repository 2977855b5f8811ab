"""Pieces over time as charts."""

from collections.abc import Iterable, Mapping

from digest.index.stories import Story
from digest.model.dates import When
from digest.plan.chart_views import BandView, BarView, ChartView
from digest.plan.context import Context
from digest.plan.dates import earliest
from digest.plan.views import CountView
from digest.urls import storyline_url, timeline_url

_STEP, _HEIGHT = 10, 100
_MOST_MONTHS = 180
_FEWEST = 3
"""A chart of one or two bars says nothing."""


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
    if max(months) - min(months) < _MOST_MONTHS:
        return _chart(context, months, 12)
    years = {int(year): sum(map(len, own.values())) for year, own in timeline.items()}
    return _chart(context, years, 1)


def _chart(context: Context, counts: Mapping[int, int], parts: int) -> ChartView:
    """Return the chart of counts by number; there are so many numbers to a year."""
    first, last = min(counts), max(counts)
    most = max(counts.values())
    rows = tuple(
        CountView(_label(context, number, parts), _url(context, number, parts), counts[number])
        for number in sorted(counts)
    )
    bars = tuple(
        BarView((number - first) * _STEP, _height(counts.get(number, 0), most))
        for number in range(first, last + 1)
    )
    return ChartView(
        width=len(bars) * _STEP,
        first=rows[0].text,
        last=rows[-1].text,
        most=most,
        bars=bars,
        rows=rows,
        bands=tuple(_bands(context, (first, last), parts)),
    )


def _height(count: int, most: int) -> int:
    """Return the height of a bar; one piece is seen, however many another month has."""
    return max(3, round(count * _HEIGHT / most)) if count else 0


def _label(context: Context, number: int, parts: int) -> str:
    year, month = divmod(number, parts)
    return context.label(f"{year:04}", f"{month + 1:02}" if parts > 1 else "")


def _url(context: Context, number: int, parts: int) -> str:
    year, month = divmod(number, parts)
    return context.href(timeline_url(f"{year:04}", f"{month + 1:02}" if parts > 1 else ""))


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
