"""What all planners need: the index, where the site stands, and an entry for every article."""

import datetime as dt
from collections.abc import Iterable, Mapping
from html import escape

import msgspec

from digest.config.records import Config
from digest.index.records import Index, Term
from digest.model.dates import When
from digest.model.findings import FigureKind, FoundFigure
from digest.model.records import Article, Body, Figure
from digest.model.units import is_money
from digest.plan.dates import date_label, date_view
from digest.plan.numbers import Numbered
from digest.plan.views import (
    CountView,
    DateView,
    DayView,
    EntryView,
    FigureView,
    Head,
    LinkView,
)
from digest.urls import article_url, entity_url, tag_url

_TAB_CHARACTERS = 70
_LONG_NUMBER = 4
_SCALES = frozenset("dozen hundred thousand million billion".split())
ONE_PAGE = 20
"""A term with more articles than this has a page for each year; its main page shows the latest."""


class Context(msgspec.Struct, frozen=True):
    """The values that planners share.

    Attributes:
        bodies: Body by path of the document.
        entries: Entry by article id, listed articles only.
        zone: The site's time zone.
        figures: Figures by path of the article, where it has any.
        figure_views: The same as pages show them.
    """

    config: Config
    index: Index
    bodies: dict[str, Body]
    entries: dict[str, EntryView]
    zone: dt.tzinfo
    figures: dict[str, tuple[Numbered, ...]]
    figure_views: dict[str, tuple[FigureView, ...]]

    def href(self, url: str) -> str:
        """Return the link to a URL of the site."""
        return self.config.base.href(url)

    def head(self, title: str, description: str, url: str, section: str = "") -> Head:
        """Return the head of a page that search engines may list."""
        href = self.href(url)
        origin = self.config.base.origin
        canonical = origin + href if origin else ""
        section = self.href(section) if section else ""
        return Head(title, tab_title(title), description, href, canonical, section=section)

    def date(self, when: When) -> DateView:
        """Return a date for machines and for people."""
        return date_view(when, self.config.site.language)

    def label(self, year: str, month: str = "", day: str = "") -> str:
        """Return a date in words."""
        return date_label(year, month, day, self.config.site.language)

    def tag_link(self, term: Term) -> LinkView:
        """Return the link to a tag."""
        return LinkView(term.name, self.href(tag_url(term.slug)))

    def tag_count(self, term: Term, count: int | None = None) -> CountView:
        """Return the link to a tag, with its number of articles or another number."""
        number = len(term.articles) if count is None else count
        return CountView(term.name, self.href(tag_url(term.slug)), number)

    def entity_count(self, term: Term, count: int | None = None) -> CountView:
        """Return the link to an entity, with its number of articles or another number."""
        number = len(term.articles) if count is None else count
        return CountView(term.name, self.href(entity_url(term.slug)), number, term.kind)

    def article_link(self, article: Article) -> LinkView:
        """Return the link to an article."""
        return LinkView(article.title, self.href(article_url(article.date, article.slug)))

    def days(self, articles: tuple[Article, ...], *, event: bool = False) -> tuple[DayView, ...]:
        """Return articles grouped by date or event date, newest first; given oldest first."""
        groups: dict[str, list[Article]] = {}
        for article in reversed(articles):
            when = article.event_date if event else article.date
            groups.setdefault(when.date, []).append(article)
        return tuple(
            DayView(
                DateView(date, self.label(date[:4], date[5:7], date[8:10])),
                f"d-{date}",
                tuple(self.entries[article.id] for article in group),
            )
            for date, group in groups.items()
        )


def tab_title(title: str) -> str:
    """Return a title cut at a word so that it has 70 characters at most, escapes counted."""
    if len(escape(title)) <= _TAB_CHARACTERS:
        return title
    cut = title[:_TAB_CHARACTERS]
    while len(escape(cut)) >= _TAB_CHARACTERS:
        cut = cut.rpartition(" ")[0] or cut[:-1]
    return f"{cut.rstrip(' ,;:')}…"


def make_entries(config: Config, index: Index, bodies: dict[str, Body]) -> dict[str, EntryView]:
    """Return the entry of every listed article, by id."""
    href, language = config.base.href, config.site.language
    return {
        article.id: EntryView(
            url=href(article_url(article.date, article.slug)),
            title=article.title,
            date=date_view(article.date, language),
            summary=article.summary or bodies[article.path].lead,
            tags=tuple(
                LinkView(term.name, href(tag_url(term.slug))) for term in index.tags_of(article)
            ),
        )
        for article in index.articles
    }


def make_figure_views(
    config: Config, articles: Iterable[Article], figures: Mapping[str, tuple[Numbered, ...]]
) -> dict[str, tuple[FigureView, ...]]:
    """Return the figures of each article that has any, as pages show them, by its path."""
    return {
        article.path: tuple(_figure_view(item, article, config) for item in figures[article.path])
        for article in articles
        if article.path in figures
    }


def _figure_view(item: Numbered, article: Article, config: Config) -> FigureView:
    declared, found = item.declared, item.found
    href = config.base.href(article_url(article.date, article.slug))
    language = config.site.language
    return FigureView(
        kind=item.kind,
        what=declared.what if declared else found.sentence if found else "",
        number=_number(declared) if declared else found.text if found else "",
        unit=declared.unit if declared else _unit(found),
        as_of=date_view(declared.as_of, language) if declared and declared.as_of else None,
        source=declared.source if declared else "",
        found=declared is None,
        url=f"{href}#{item.anchor}" if item.anchor else href,
        article=article.title,
        date=date_view(article.date, language),
    )


def _unit(found: FoundFigure | None) -> str:
    """Return what a found figure counts where its own words do not say so: `230` is of workers."""
    if found is None or found.kind is not FigureKind.PEOPLE:
        return ""
    last = found.text.rpartition(" ")[2].lower()
    return found.unit if last in _SCALES or not last[-1].isalpha() else ""


def _number(figure: Figure) -> str:
    long = 0 if is_money(figure.unit) else _LONG_NUMBER
    return "–".join(_grouped(number, long) for number in (figure.low, figure.high) if number)


def _grouped(number: str, long: int) -> str:
    """Return a number with commas between thousands, if its whole part is longer than `long`.

    Four digits may be a year, such as 1800, unless they are money.
    """
    whole, point, decimals = number.partition(".")
    return f"{int(whole):,}{point}{decimals}" if len(whole.lstrip("-")) > long else number
