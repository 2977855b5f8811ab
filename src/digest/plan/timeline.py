"""The timeline: all years, each year, each month."""

from digest.model.records import Article
from digest.plan.context import Context
from digest.plan.dates import month_name
from digest.plan.records import Kind, Page
from digest.plan.views import CountView, LinkView, PeriodView, TimelineView, YearView
from digest.urls import output_path, timeline_url

_LATEST = 20
_FULL_YEAR = 150


def timeline_pages(context: Context) -> tuple[Page, ...]:
    """Return the pages of the timeline."""
    timeline = context.index.timeline
    years = list(timeline)
    months = [(year, month) for year in years for month in timeline[year] if month]
    pages = [_all(context)]
    pages += [_year(context, years, place) for place in range(len(years))]
    pages += [_month(context, months, place) for place in range(len(months))]
    return tuple(pages)


def _page(url: str, template: str, view: TimelineView | PeriodView, owner: str) -> Page:
    return Page(url, output_path(url), Kind.TIMELINE, template, view, owner)


def _all(context: Context) -> Page:
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
    newest: list[Article] = []
    for months in reversed(timeline.values()):
        for articles in reversed(months.values()):
            newest = [*articles, *newest]
            if len(newest) >= _LATEST:
                break
        if len(newest) >= _LATEST:
            break
    head = context.head(
        "Timeline", "Every piece by the day of its event", timeline_url(), timeline_url()
    )
    view = TimelineView(
        head,
        "Timeline",
        len(context.index.articles),
        years,
        context.days(tuple(newest[-_LATEST:]), event=True),
    )
    return _page(timeline_url(), "timeline.html", view, "the timeline")


def _months(context: Context, year: str) -> tuple[CountView, ...]:
    language = context.config.site.language
    return tuple(
        CountView(
            month_name(month, language), context.href(timeline_url(year, month)), len(articles)
        )
        for month, articles in context.index.timeline[year].items()
        if month
    )


def _year(context: Context, years: list[str], place: int) -> Page:
    year = years[place]
    months = context.index.timeline[year]
    total = sum(map(len, months.values()))
    if total <= _FULL_YEAR:
        shown = tuple(article for articles in months.values() for article in articles)
    else:
        shown = months.get("", ())
    url = timeline_url(year)
    view = PeriodView(
        head=context.head(year, f"Timeline of {year}", url, timeline_url()),
        title=year,
        total=total,
        above=LinkView("Timeline", context.href(timeline_url())),
        months=_months(context, year),
        days=context.days(shown, event=True),
        older=_period_link(context, years[place - 1]) if place else None,
        newer=_period_link(context, years[place + 1]) if place + 1 < len(years) else None,
    )
    return _page(url, "period.html", view, f"the timeline of {year}")


def _month(context: Context, months: list[tuple[str, str]], place: int) -> Page:
    year, month = months[place]
    articles = context.index.timeline[year][month]
    url = timeline_url(year, month)
    title = context.label(year, month)
    view = PeriodView(
        head=context.head(title, f"Timeline of {title}", url, timeline_url()),
        title=title,
        total=len(articles),
        above=LinkView(year, context.href(timeline_url(year))),
        months=(),
        days=context.days(articles, event=True),
        older=_period_link(context, *months[place - 1]) if place else None,
        newer=_period_link(context, *months[place + 1]) if place + 1 < len(months) else None,
    )
    return _page(url, "period.html", view, f"the timeline of {title}")


def _period_link(context: Context, year: str, month: str = "") -> LinkView:
    return LinkView(context.label(year, month), context.href(timeline_url(year, month)))
