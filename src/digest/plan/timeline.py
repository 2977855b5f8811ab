"""The timeline: all years, each year, each month, and the days of long months."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from digest.index.records import Index
from digest.model.records import Article
from digest.plan.chart_views import TimelineView
from digest.plan.charts import story_start, timeline_chart
from digest.plan.context import Context, day_anchor
from digest.plan.periods import Period, count_links, date_label, links_above, split_period
from digest.plan.records import Kind, Page, Texts
from digest.plan.views import CountView, LinkView, PeriodView, View, YearView
from digest.urls import data_url, output_path, timeline_url

_LATEST = 20
_FULL_YEAR = 150


def timeline_pages(context: Context) -> tuple[Page, ...]:
    """Return the pages of the timeline."""
    timeline = context.index.timeline
    years = list(timeline)
    months = [(year, month) for year in years for month in timeline[year] if month]
    calendar = {year: {month: len(own) for month, own in timeline[year].items()} for year in years}
    latest = _latest(context)
    pages = [
        _page(
            timeline_url(),
            "timeline.html",
            "the timeline",
            context.keys.of(calendar, _story_starts(context), articles=latest),
            partial(_all, context, latest),
        )
    ]
    for place, year in enumerate(years):
        shown = _shown(timeline[year])
        key = context.keys.of(calendar[year], years[max(0, place - 1) : place + 2], articles=shown)
        make = partial(_year, context, years, place)
        pages.append(_page(timeline_url(year), "period.html", f"the timeline of {year}", key, make))
    for place, (year, month) in enumerate(months):
        near = ["-".join(date) for date in months[max(0, place - 1) : place + 2]]
        whole, *days = _split(year, month, timeline[year][month])
        pages.append(_period_page(context, whole, near))
        dates = [day.date for day in days]
        pages += [
            _period_page(context, day, dates[max(0, number - 1) : number + 2])
            for number, day in enumerate(days)
        ]
    return tuple(pages)


def _split(year: str, month: str, articles: Iterable[Article]) -> tuple[Period, ...]:
    """Return a month, followed by its days if it is long."""
    return split_period(f"{year}-{month}", articles, lambda article: article.event_date.date)


def timeline_anchors(index: Index) -> dict[str, frozenset[str]]:
    """Return the ids that each page of the timeline has, by its URL; those of its days."""
    timeline = index.timeline
    anchors = {timeline_url(): frozenset[str]()}
    for year, months in timeline.items():
        anchors[timeline_url(year)] = _anchors(_shown(months))
        for month, own in months.items():
            for period in _split(year, month, own) if month else ():
                anchors[_url(period.date)] = _anchors(period.articles)
    return anchors


def _anchors(articles: Iterable[Article]) -> frozenset[str]:
    return frozenset(day_anchor(article.event_date.date) for article in articles)


def _page(url: str, template: str, owner: str, key: bytes, make: Callable[[Texts], View]) -> Page:
    return Page(url, output_path(url), Kind.TIMELINE, template, owner, key, make)


def _latest(context: Context) -> tuple[Article, ...]:
    """Return the articles with the latest events, oldest first; a whole month at least."""
    newest: list[Article] = []
    for months in reversed(context.index.timeline.values()):
        for articles in reversed(months.values()):
            newest = [*articles, *newest]
            if len(newest) >= _LATEST:
                return tuple(newest[-_LATEST:])
    return tuple(newest)


def _shown(months: Mapping[str, tuple[Article, ...]]) -> tuple[Article, ...]:
    """Return the articles on the page of a year: of a long one those without a month."""
    if sum(map(len, months.values())) <= _FULL_YEAR:
        return tuple(article for articles in months.values() for article in articles)
    return months.get("", ())


def _all(context: Context, latest: tuple[Article, ...], _texts: Texts) -> TimelineView:
    timeline = context.index.timeline
    years = tuple(
        YearView(
            year,
            context.href(timeline_url(year)),
            sum(map(len, timeline[year].values())),
            _months(context, year),
        )
        for year in reversed(timeline)
    )
    title, description = context.words.titles.timeline, context.words.descriptions.timeline
    head = context.head(title, description, timeline_url(), timeline_url())
    total = len(context.index.articles)
    days = context.days(latest, context.entry, event=True)
    data = tuple(context.href(data_url(year)) for year in reversed(timeline))
    return TimelineView(head, title, total, years, days, timeline_chart(context), data)


def _story_starts(context: Context) -> list[tuple[str, str]]:
    """Return what the chart shows of the storylines beside what their files say."""
    stories = context.index.stories.by_slug.items()
    starts = [(slug, story_start(story)) for slug, story in stories]
    return [(slug, start.text if start else "") for slug, start in starts]


def _months(context: Context, year: str) -> tuple[CountView, ...]:
    name = context.words.dates.month_name
    return tuple(
        CountView(name(month), context.href(timeline_url(year, month)), len(articles))
        for month, articles in context.index.timeline[year].items()
        if month
    )


def _year(context: Context, years: list[str], place: int, _texts: Texts) -> PeriodView:
    year, words = years[place], context.words
    months = context.index.timeline[year]
    shown = _shown(months)
    entry = context.brief_entry if len(shown) > _FULL_YEAR else context.entry
    url = timeline_url(year)
    return PeriodView(
        head=context.head(
            year, words.descriptions.timeline_of.of(period=year), url, timeline_url()
        ),
        title=year,
        total=sum(map(len, months.values())),
        above=LinkView(words.titles.timeline, context.href(timeline_url())),
        months=_months(context, year),
        days=context.days(shown, entry, event=True),
        older=_link(context, years[place - 1]) if place else None,
        newer=_link(context, years[place + 1]) if place + 1 < len(years) else None,
    )


def _period_page(context: Context, period: Period, near: list[str]) -> Page:
    """Return the page of a month or a day; `near` are the dates before, of, and after it."""
    key = context.keys.of(near, period.total, period.parts, articles=period.articles)
    make = partial(_period, context, period, near)
    owner = f"the timeline of {period.date}"
    return _page(_url(period.date), "period.html", owner, key, make)


def _period(context: Context, period: Period, near: list[str], _texts: Texts) -> PeriodView:
    date, words = period.date, context.words
    place = near.index(date)
    label = date_label(date, context)
    title = words.heading(label)
    description = words.descriptions.timeline_of.of(period=label)
    entry = context.brief_entry if period.brief else context.entry
    return PeriodView(
        head=context.head(title, description, _url(date), timeline_url()),
        title=title,
        total=period.total,
        above=links_above(date, context, _url)[-1],
        months=(),
        days=context.days(period.articles, entry, event=True),
        older=_link(context, near[place - 1]) if place else None,
        newer=_link(context, near[place + 1]) if place + 1 < len(near) else None,
        parts=count_links(period.parts, context, _url),
    )


def _url(date: str) -> str:
    return timeline_url(*date.split("-"))


def _link(context: Context, date: str) -> LinkView:
    return LinkView(date_label(date, context), context.href(_url(date)))
