"""The pages that list figures."""

from collections import Counter
from collections.abc import Iterable, Iterator

from digest.model.findings import FigureKind
from digest.model.records import Article
from digest.plan.context import Context
from digest.plan.dates import month_name
from digest.plan.numbers import OTHER
from digest.plan.records import Kind, Page
from digest.plan.story_views import FigureGroup, FiguresView
from digest.plan.views import CountView, FigureView, LinkView
from digest.urls import figures_url, output_path

_ON_ONE_PAGE = 300
_MOST_ENTITIES = 40


def figure_views(article: Article, context: Context) -> tuple[FigureView, ...]:
    """Return the figures of an article as pages show them."""
    return context.figure_views.get(article.path, ())


def latest_figures(
    articles: tuple[Article, ...], context: Context, most: int, names: tuple[str, ...] = ()
) -> tuple[FigureView, ...]:
    """Return the figures of some articles, newest first; given oldest first.

    With `names`, a found figure counts only where its sentence holds one of them.
    """
    shown: list[FigureView] = []
    for article in reversed(articles):
        shown += (
            view
            for view in figure_views(article, context)
            if not (view.found and names) or any(name in view.what for name in names)
        )
        if len(shown) >= most:
            break
    return tuple(shown[:most])


def figures_pages(context: Context) -> tuple[Page, ...]:
    """Return the pages of figures; none where no article has any."""
    years: dict[str, dict[str, list[Article]]] = {}
    for article in context.index.articles:
        if context.figures.get(article.path):
            months = years.setdefault(article.date.year, {})
            months.setdefault(article.date.month, []).append(article)
    if not years:
        return ()
    links = tuple(
        CountView(year, context.href(figures_url(year)), _count(years[year].values(), context))
        for year in sorted(years, reverse=True)
    )
    pages = [_all(context, links)]
    for year, months in sorted(years.items()):
        pages += _year(context, year, months, links)
    return tuple(pages)


def _count(groups: Iterable[list[Article]], context: Context) -> int:
    return sum(len(context.figures[article.path]) for own in groups for article in own)


def _all(context: Context, years: tuple[CountView, ...]) -> Page:
    """Return the page of the newest figures, with ways to all others."""
    counts: Counter[str] = Counter()
    for article in context.index.articles:
        number = len(context.figures.get(article.path, ()))
        if number:
            counts.update(
                dict.fromkeys((part.slug for part in context.index.parts_of(article)), number)
            )
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_ENTITIES]
    entities = tuple(
        context.entity_count(context.index.entities[slug], count) for slug, count in most
    )
    shown = latest_figures(context.index.articles, context, _ON_ONE_PAGE // 3)
    total = sum(item.count for item in years)
    url = figures_url()
    view = FiguresView(
        head=context.head("Figures", "Numbers that the pieces report", url, url),
        title="Figures",
        total=total,
        above=None,
        years=years,
        months=(),
        groups=_groups(shown),
        entities=entities,
        more=total - len(shown),
    )
    return _page(url, view)


def _page(url: str, view: FiguresView) -> Page:
    return Page(url, output_path(url), Kind.FIGURES, "figures.html", view, f"the list {url}")


def _year(
    context: Context,
    year: str,
    months: dict[str, list[Article]],
    years: tuple[CountView, ...],
) -> Iterator[Page]:
    """Yield the page of a year, and where it is long those of its months."""
    total = _count(months.values(), context)
    long = total > _ON_ONE_PAGE
    ordered = sorted(months.items())
    links = tuple(
        CountView(
            month_name(month, context.config.site.language),
            context.href(figures_url(year, month)),
            _count([own], context),
        )
        for month, own in ordered
        if month and long
    )
    shown = months.get("", []) if long else [article for _, own in ordered for article in own]
    above = LinkView("Figures", context.href(figures_url()))
    yield _period(context, (year, ""), shown, above, (years, links), total)
    for month, own in ordered:
        if month and long:
            above = LinkView(year, context.href(figures_url(year)))
            yield _period(context, (year, month), own, above, ((), ()), _count([own], context))


def _period(
    context: Context,
    period: tuple[str, str],
    articles: list[Article],
    above: LinkView,
    links: tuple[tuple[CountView, ...], tuple[CountView, ...]],
    total: int,
) -> Page:
    url = figures_url(*period)
    label = context.label(*period)
    shown = latest_figures(tuple(articles), context, _ON_ONE_PAGE)
    view = FiguresView(
        head=context.head(f"Figures, {label}", f"Numbers of {label}", url, figures_url()),
        title=f"Figures, {label}",
        total=total,
        above=above,
        years=links[0],
        months=links[1],
        groups=_groups(shown),
        entities=(),
        more=0 if links[1] else total - len(shown),
    )
    return _page(url, view)


def _groups(figures: tuple[FigureView, ...]) -> tuple[FigureGroup, ...]:
    kinds = (*FigureKind, OTHER)
    groups = ((str(kind), tuple(item for item in figures if item.kind == kind)) for kind in kinds)
    return tuple(FigureGroup(kind, own) for kind, own in groups if own)
