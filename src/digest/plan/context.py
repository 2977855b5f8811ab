"""What all planners need: the index, where the site stands, and how articles are shown."""

import datetime as dt
from collections.abc import Callable, Mapping
from html import escape
from typing import TypeVar

import msgspec

from digest.config.records import Config
from digest.index.records import Index, Part, Term
from digest.model.dates import When
from digest.model.findings import FigureKind, FoundFigure
from digest.model.records import Article, Body, Figure
from digest.model.units import is_money
from digest.plan.annotate import annotate
from digest.plan.cards import SITE
from digest.plan.keys import Keys
from digest.plan.links import Filled, Shown, write_html
from digest.plan.numbers import Numbered, has_figures, number_figures
from digest.plan.pictures import HeadImage
from digest.plan.records import Texts
from digest.plan.views import (
    CountView,
    DateView,
    DayView,
    EntityLinkView,
    EntryView,
    FigureView,
    Head,
    LinkView,
)
from digest.urls import article_url, entity_url, tag_url
from digest.words.records import Numbers, Words

_TAB_CHARACTERS = 70
_MOST_REMEMBERED = 250
_MOST_DATES = 20_000
_T = TypeVar("_T")
_LONG_NUMBER = 4
_SHOWN_ENTITIES = 4
_SCALES = frozenset("dozen hundred thousand million billion".split())
ONE_PAGE = 20
"""A term with more articles than this has a page for each year; its main page shows the latest."""


class Context(msgspec.Struct, frozen=True):
    """The values that planners share.

    Attributes:
        bodies: Body by path of the document, without its HTML.
        zone: The site's time zone.
        keys: Keys of what pages are made from.
        filled: Links of the documents that have any, resolved, by path.
        shown: Pictures by URL.
        cards: Pictures for those that show a card of a page, by path of its document.
        memory: What has been made already, by what it is made of.
    """

    config: Config
    words: Words
    index: Index
    bodies: dict[str, Body]
    zone: dt.tzinfo
    keys: Keys
    filled: dict[str, Filled]
    shown: Mapping[str, Shown]
    cards: Mapping[str, HeadImage]
    memory: "Memory"

    def entry(self, article: Article) -> EntryView:
        """Return an article as a list shows it."""
        found = self.memory.entries.get(article.path)
        if found is None:
            found = self._entry(article)
            remember(self.memory.entries, article.path, found)
        return found

    def _entry(self, article: Article) -> EntryView:
        return EntryView(
            url=self.href(article_url(article.date, article.slug)),
            title=article.title,
            date=self.date(article.date),
            summary=article.summary or self.bodies[article.path].lead,
            tags=tuple(self.tag_link(term) for term in self.index.tags_of(article)),
        )

    def brief_entry(self, article: Article) -> EntryView:
        """Return an article as a list shows it that has room for its title alone."""
        href = self.href(article_url(article.date, article.slug))
        return EntryView(href, article.title, self.date(article.date), "")

    def full_entry(self, article: Article) -> EntryView:
        """Return an article as the front page shows it."""
        parts = [part for part in self.index.parts_of(article) if not part.found]
        entities = tuple(self.entity_link(part) for part in parts[:_SHOWN_ENTITIES])
        sources = len(article.sources)
        entry = self.entry(article)
        return msgspec.structs.replace(entry, entities=entities, source_count=sources)

    def entity_link(self, part: Part) -> EntityLinkView:
        """Return the link to an entity of an article."""
        term = self.index.entities[part.slug]
        return EntityLinkView(
            term.name, self.href(entity_url(term.slug)), term.kind, found=part.found
        )

    def figures(self, article: Article, texts: Texts) -> tuple[Numbered, ...]:
        """Return the figures of an article."""
        found = self.memory.figures.get(article.path)
        if found is None:
            stand = texts.figures(article.path) if has_figures(article, self.index) else ()
            found = number_figures(article, stand)
            remember(self.memory.figures, article.path, found)
        return found

    def figure_views(self, article: Article, texts: Texts) -> tuple[FigureView, ...]:
        """Return the figures of an article as pages show them."""
        figures = self.figures(article, texts)
        return tuple([_figure_view(item, article, self) for item in figures])

    def html(self, path: str, texts: Texts) -> str:
        """Return the HTML of a document that is no article."""
        body = msgspec.structs.replace(self.bodies[path], html=texts.html(path))
        return write_html(body, self.filled[path].urls, self.config.base, self.shown)

    def article_html(self, article: Article, texts: Texts, *, full: bool = False) -> str:
        """Return the HTML of an article with links for its entities and ids for its figures."""
        body = msgspec.structs.replace(self.bodies[article.path], html=texts.html(article.path))
        parts = self.index.parts_of(article) if self.config.entities.autolink else ()
        noted, urls = annotate(
            body,
            self.index.evidence.mentions.get(article.path, ()),
            {part.slug: entity_url(part.slug) for part in parts},
            [
                (it.found, it.anchor)
                for it in self.figures(article, texts)
                if it.found and it.anchor
            ],
            self.filled[article.path].urls if article.path in self.filled else (),
        )
        return write_html(noted, urls, self.config.base, self.shown, full=full)

    def href(self, url: str) -> str:
        """Return the link to a URL of the site."""
        return self.config.base.href(url)

    def head(
        self, title: str, description: str, url: str, section: str = "", card: str = ""
    ) -> Head:
        """Return the head of a page that search engines may list.

        `card` is the path of the document whose card stands for it, if that has one.
        """
        href = self.href(url)
        origin = self.config.base.origin
        canonical = origin + href if origin else ""
        section = self.href(section) if section else ""
        head = Head(title, tab_title(title), description, href, canonical, section=section)
        image = self.cards.get(card) or self.cards.get(SITE)
        return with_image(head, image) if image else head

    def date(self, when: When) -> DateView:
        """Return a date for machines and for people."""
        found = self.memory.dates.get(when.text)
        if found is None:
            found = DateView(when.text, self.label(when.year, when.month, when.day))
            remember(self.memory.dates, when.text, found, _MOST_DATES)
        return found

    def label(self, year: str, month: str = "", day: str = "") -> str:
        """Return a date in words."""
        return self.words.dates.label(year, month, day)

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

    def days(
        self,
        articles: tuple[Article, ...],
        entry: Callable[[Article], EntryView],
        *,
        event: bool = False,
    ) -> tuple[DayView, ...]:
        """Return articles grouped by date or event date, newest first; given oldest first.

        `entry` is the method of this context that shows them.
        """
        groups: dict[str, list[Article]] = {}
        for article in reversed(articles):
            when = article.event_date if event else article.date
            groups.setdefault(when.date, []).append(article)
        return tuple(
            DayView(
                DateView(date, self.label(date[:4], date[5:7], date[8:10])),
                day_anchor(date),
                tuple(map(entry, group)),
            )
            for date, group in groups.items()
        )


def with_image(head: Head, image: HeadImage) -> Head:
    """Return the head of a page with its picture."""
    return msgspec.structs.replace(
        head,
        image=image.url,
        image_alt=image.alt,
        image_width=image.width,
        image_height=image.height,
    )


def day_anchor(date: str) -> str:
    """Return the id of the group of a day."""
    return f"d-{date}"


class Memory(msgspec.Struct, frozen=True):
    """What was shown a short while ago, in this process, by path of the article.

    Attributes:
        dates: Dates by their text.
    """

    entries: dict[str, EntryView] = {}
    figures: dict[str, tuple[Numbered, ...]] = {}
    dates: dict[str, DateView] = {}


def remember(memory: dict[str, _T], key: str, value: _T, most: int = _MOST_REMEMBERED) -> None:
    """Keep a value; where there are too many, all older ones are forgotten."""
    if len(memory) >= most:
        memory.clear()
    memory[key] = value


def tab_title(title: str) -> str:
    """Return a title cut at a word so that it has 70 characters at most, escapes counted."""
    if len(escape(title)) <= _TAB_CHARACTERS:
        return title
    cut = title[:_TAB_CHARACTERS]
    while len(escape(cut)) >= _TAB_CHARACTERS:
        cut = cut.rpartition(" ")[0] or cut[:-1]
    return f"{cut.rstrip(' ,;:')}…"


def _figure_view(item: Numbered, article: Article, context: Context) -> FigureView:
    declared, found, numbers = item.declared, item.found, context.words.numbers
    href = context.href(article_url(article.date, article.slug))
    return FigureView(
        kind=item.kind,
        what=declared.what if declared else found.sentence if found else "",
        number=_number(declared, numbers) if declared else found.text if found else "",
        unit=declared.unit if declared else _unit(found),
        as_of=context.date(declared.as_of) if declared and declared.as_of else None,
        source=declared.source if declared else "",
        found=declared is None,
        url=f"{href}#{item.anchor}" if item.anchor else href,
        article=article.title,
        date=context.date(article.date),
    )


def _unit(found: FoundFigure | None) -> str:
    """Return what a found figure counts where its own words do not say so: `230` is of workers."""
    if found is None or found.kind is not FigureKind.PEOPLE:
        return ""
    last = found.text.rpartition(" ")[2].lower()
    return found.unit if last in _SCALES or not last[-1].isalpha() else ""


def _number(figure: Figure, signs: Numbers) -> str:
    long = 0 if is_money(figure.unit) else _LONG_NUMBER
    return "–".join(_written(number, long, signs) for number in (figure.low, figure.high) if number)


def _written(number: str, long: int, signs: Numbers) -> str:
    """Return a number with its thousands apart, if its whole part is longer than `long`.

    Four digits may be a year, such as 1800, unless they are money.
    """
    whole, point, decimals = number.partition(".")
    if len(whole.lstrip("-")) > long:
        whole = f"{int(whole):,}".replace(",", signs.group)
    return f"{whole}{signs.decimal}{decimals}" if point else whole
