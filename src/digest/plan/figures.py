"""The pages that list figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import msgspec

from digest.index.records import Index
from digest.model.findings import FigureKind
from digest.model.records import Article
from digest.plan.context import Context
from digest.plan.numbers import OTHER, count_figures, has_figures
from digest.plan.records import Kind, Page, Texts
from digest.plan.story_views import FigureGroup, FiguresView
from digest.plan.views import CountView, FigureView, LinkView, View
from digest.urls import figures_url, output_path

_ON_ONE_PAGE = 300
_MOST_ENTITIES = 40


def latest_figures(
    articles: tuple[Article, ...],
    context: Context,
    texts: Texts,
    most: int,
    names: tuple[str, ...] = (),
) -> tuple[FigureView, ...]:
    """Return the figures of some articles, newest first; given oldest first.

    With `names`, a found figure counts only where its sentence holds one of them.
    """
    shown: list[FigureView] = []
    for article in reversed(articles):
        if names and not _may_show(article, names, context, texts):
            continue
        shown += (
            view
            for view in context.figure_views(article, texts)
            if not (view.found and names) or any(name in view.what for name in names)
        )
        if len(shown) >= most:
            break
    return tuple(shown[:most])


def _may_show(article: Article, names: tuple[str, ...], context: Context, texts: Texts) -> bool:
    """Return whether an article has a figure that somebody declared, or beside one of the names."""
    if article.figures or not has_figures(article, context.index):
        return bool(article.figures)
    found = texts.figures(article.path)
    return any(name in item.sentence for item in found for name in names)


def figures_urls(index: Index) -> Iterator[str]:
    """Yield the URL of every page that `figures_pages` returns."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in index.articles:
        counts[article.date.year, article.date.month] += count_figures(article, index)
    found = +counts
    if found:
        yield figures_url()
    for year in {year for year, _ in found}:
        yield figures_url(year)
        months = [(own, month) for own, month in found if own == year]
        if sum(found[period] for period in months) > _ON_ONE_PAGE:
            yield from (figures_url(year, month) for _, month in months if month)


def figures_pages(context: Context) -> tuple[Page, ...]:
    """Return the pages of figures; none where no article has any."""
    counts: dict[str, int] = {}
    years: dict[str, dict[str, list[Article]]] = {}
    for article in context.index.articles:
        number = count_figures(article, context.index)
        if number:
            counts[article.path] = number
            months = years.setdefault(article.date.year, {})
            months.setdefault(article.date.month, []).append(article)
    if not years:
        return ()
    everything = tuple(item for item in context.index.articles if item.path in counts)
    sums = _Sums(
        counts, {year: _sum(months.values(), counts) for year, months in sorted(years.items())}
    )
    url = figures_url()
    key = context.keys.of(sums.years, articles=everything)
    pages = [_page(url, key, partial(_all, everything, sums, context))]
    for year, months in sorted(years.items()):
        pages += _year(context, year, dict(sorted(months.items())), sums)
    return tuple(pages)


class _Sums(msgspec.Struct, frozen=True):
    """How many figures there are, by path of the article and by year."""

    articles: dict[str, int]
    years: dict[str, int]


def _sum(groups: Iterable[list[Article]], counts: Mapping[str, int]) -> int:
    return sum(counts[article.path] for own in groups for article in own)


def _page(url: str, key: bytes, make: Callable[[Texts], View]) -> Page:
    owner = f"the list {url}"
    return Page(url, output_path(url), Kind.FIGURES, "figures.html", owner, key, make)


def _year_links(sums: _Sums, context: Context) -> tuple[CountView, ...]:
    return tuple(
        CountView(year, context.href(figures_url(year)), count)
        for year, count in reversed(sums.years.items())
    )


def _all(
    everything: tuple[Article, ...], sums: _Sums, context: Context, texts: Texts
) -> FiguresView:
    """Return the view of the newest figures, with ways to all others."""
    counts: Counter[str] = Counter()
    for article in everything:
        slugs = (part.slug for part in context.index.parts_of(article))
        counts.update(dict.fromkeys(slugs, sums.articles[article.path]))
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_ENTITIES]
    shown = latest_figures(everything, context, texts, _ON_ONE_PAGE // 3)
    total = sum(sums.years.values())
    url, title = figures_url(), context.words.titles.figures
    return FiguresView(
        head=context.head(title, context.words.descriptions.figures, url, url),
        title=title,
        total=total,
        above=None,
        years=_year_links(sums, context),
        months=(),
        groups=_groups(shown),
        entities=tuple(
            context.entity_count(context.index.entities[slug], count) for slug, count in most
        ),
        more=total - len(shown),
    )


def _year(
    context: Context, year: str, months: dict[str, list[Article]], sums: _Sums
) -> Iterator[Page]:
    """Yield the page of a year, and where it is long those of its months."""
    total = sums.years[year]
    long = total > _ON_ONE_PAGE
    split = {month: _sum([own], sums.articles) for month, own in months.items() if month and long}
    rest = months.get("", []) if long else [item for own in months.values() for item in own]
    period = _Period(year, "", tuple(rest), total, split)
    yield _period_page(context, period, sums)
    for month, count in split.items():
        yield _period_page(context, _Period(year, month, tuple(months[month]), count, {}), sums)


class _Period(msgspec.Struct, frozen=True):
    """A year or month of figures; `months` have pages of their own, with so many figures."""

    year: str
    month: str
    articles: tuple[Article, ...]
    total: int
    months: dict[str, int]


def _period_page(context: Context, period: _Period, sums: _Sums) -> Page:
    years = {} if period.month else sums.years
    key = context.keys.of(years, period.months, period.total, articles=period.articles)
    url = figures_url(period.year, period.month)
    return _page(url, key, partial(_period_view, period, sums, context))


def _period_view(period: _Period, sums: _Sums, context: Context, texts: Texts) -> FiguresView:
    year, month = period.year, period.month
    label, words = context.label(year, month), context.words
    title = f"{words.titles.figures}, {label}"
    description = words.descriptions.figures_of.of(period=label)
    shown = latest_figures(period.articles, context, texts, _ON_ONE_PAGE)
    above = LinkView(year, context.href(figures_url(year))) if month else None
    return FiguresView(
        head=context.head(title, description, figures_url(year, month), figures_url()),
        title=title,
        total=period.total,
        above=above or LinkView(words.titles.figures, context.href(figures_url())),
        years=() if month else _year_links(sums, context),
        months=tuple(
            CountView(words.dates.month_name(other), context.href(figures_url(year, other)), count)
            for other, count in period.months.items()
        ),
        groups=_groups(shown),
        entities=(),
        more=0 if period.months else period.total - len(shown),
    )


def _groups(figures: tuple[FigureView, ...]) -> tuple[FigureGroup, ...]:
    kinds = (*FigureKind, OTHER)
    groups = ((str(kind), tuple(item for item in figures if item.kind == kind)) for kind in kinds)
    return tuple(FigureGroup(kind, own) for kind, own in groups if own)
