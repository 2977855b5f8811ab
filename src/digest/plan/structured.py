"""What a page tells machines of itself: JSON-LD, made from its finished view.

Nothing is told that the page does not show, but for what the files of the entities say that it
names, and these are in the key of every page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from digest.plan.chart_views import TimelineView
from digest.plan.home_views import HomeView
from digest.plan.schema_org import (
    Agent,
    CorrectionComment,
    CreativeWork,
    NewsArticle,
    Node,
    WebPage,
    json_ld,
)
from digest.plan.story_views import CorrectionsView, FiguresView, StorylinesView, StorylineView
from digest.plan.teller import BODIES, MOST, Teller
from digest.plan.term_views import TermsView, TermView
from digest.plan.views import (
    ArticleView,
    DayView,
    Head,
    LinkView,
    PeriodView,
    RedirectView,
    SourceView,
    View,
)

_ALPHA_2 = 2
_Pairs = Iterable[tuple[str, str]]


def tell(teller: Teller, view: View) -> View:
    """Return a view with what its page tells machines; as it is if the page has no address."""
    head: Head | None = getattr(view, "head", None)
    if head is None or not head.canonical or isinstance(view, RedirectView):
        return view
    nodes = _MAKERS.get(type(view), _any_page)(teller, view)
    locale = locale_of(head.lang or teller.site.language)
    head = msgspec.structs.replace(head, structured=json_ld(*nodes), locale=locale)
    return msgspec.structs.replace(view, head=head)


@lru_cache(maxsize=64)
def locale_of(language: str) -> str:
    """Return a BCP 47 tag as OpenGraph wants it, `en_GB`; empty where it names no region.

    A region has two letters and follows the language and its script (RFC 5646, 2.1).
    """
    first, *rest = language.split("-")
    region = next((part for part in rest if len(part) == _ALPHA_2 and part.isalpha()), "")
    return f"{first.lower()}_{region.upper()}" if region else ""


def _home(teller: Teller, view: HomeView) -> tuple[Node, ...]:
    return *teller.own(), _list_page(teller, view)


def _article(teller: Teller, view: ArticleView) -> tuple[Node, ...]:
    head = view.head
    links = [link for group in view.roles for link in group.entities]
    named = {link.url: teller.entity(link) for link in links if not link.found}
    found = {link.url: teller.entity(link) for link in links if link.url not in named}
    tags = tuple([tag.text for tag in view.tags])
    article = NewsArticle(
        main_entity_of_page=head.canonical,
        headline=view.title,
        date_published=view.date.iso,
        date_modified=view.updated.iso if view.updated else "",
        author=tuple([Agent("Person", name) for name in view.authors]) or teller.author,
        publisher=teller.publisher,
        is_part_of=teller.whole,
        in_language=head.lang or teller.site.language,
        description=head.description,
        image=head.image,
        article_section=tags[0] if tags else "",
        keywords=tags,
        about=tuple(named.values()),
        mentions=tuple(found.values())[:MOST],
        citation=tuple(map(_source, view.sources)),
        correction=tuple([CorrectionComment(it.text, it.date.iso) for it in view.corrections]),
    )
    return article, teller.crumbs(*_way(teller, view), (view.title, head.url))


def _way(teller: Teller, view: ArticleView) -> Iterator[tuple[str, str]]:
    """Yield the pages of the timeline above an article; none for one that is not listed."""
    if view.head.listed:
        link = teller.places.timeline
        yield from teller.section(link)
        year, *rest = (view.event_date or view.date).iso[:10].split("-")
        yield year, f"{link}{year}/"
        if rest:
            label = teller.site.words.dates.label(year, rest[0])
            yield label, f"{link}{year}/{rest[0]}/"


def _source(source: SourceView) -> CreativeWork:
    return CreativeWork(
        source.url,
        source.title,
        publisher=Agent("Organization", source.publisher) if source.publisher else None,
        date_published=source.date.iso if source.date else "",
        archived_at=source.archive,
        is_accessible_for_free=False if source.paywall else None,
    )


def _term(teller: Teller, view: TermView) -> tuple[Node, ...]:
    """Return the page of a tag or entity: a profile, if it is one of somebody."""
    page = _list_page(teller, view)
    if view.facts:
        whole = teller.whole_entity(view.title, view.main, view.facts)
        if whole.type in {*BODIES, "Person"}:
            page = msgspec.structs.replace(page, type="ProfilePage", main_entity=whole)
        else:
            page = msgspec.structs.replace(page, about=whole)
    elif view.main.startswith(teller.places.entities):
        entity = teller.entity(LinkView(view.title, view.main))
        page = msgspec.structs.replace(page, about=(entity,))
    return page, teller.crumbs(*_steps(teller, view))


def _story(teller: Teller, view: StorylineView) -> tuple[Node, ...]:
    links = [link for group in view.parties for link in group.entities if link.url]
    parties = {link.url: teller.entity(link) for link in links[:MOST]}
    page = msgspec.structs.replace(
        _list_page(teller, view), about=tuple(parties.values()), temporal_coverage=_time(view)
    )
    return page, teller.crumbs(*_steps(teller, view))


def _time(view: StorylineView) -> str:
    """Return an interval of ISO 8601, open where no end is known; empty without a beginning."""
    if view.start is None:
        return ""
    return f"{view.start.iso}/{view.end.iso if view.end else '..'}"


def _steps(teller: Teller, view: TermView | StorylineView) -> Iterator[tuple[str, str]]:
    """Yield the list, the main page of a term or storyline, and the pages of its stretches."""
    head = view.head
    yield from teller.section(head.section)
    yield view.title, view.main
    if view.period:
        yield from ((link.text, link.url) for link in view.above)
        yield view.period, head.url


def _period(teller: Teller, view: PeriodView | FiguresView) -> tuple[Node, ...]:
    """Return the page of a year, a month or a day, or that of all figures."""
    head, above = view.head, view.above
    steps = [*teller.section(head.section)] if above else []
    if above and above.url != head.section:
        steps.append((above.text, above.url))
    return _list_page(teller, view), teller.crumbs(*steps, (view.title, head.url))


def _list(teller: Teller, view: Any) -> tuple[Node, ...]:
    """Return a page that lists things, right below the front page."""
    return _list_page(teller, view), teller.crumbs((view.title, view.head.url))


def _list_page(teller: Teller, view: Any) -> WebPage:
    total, found = _LISTED[type(view)](view)
    return teller.page("CollectionPage", view.head, teller.items(total, found))


def _any_page(teller: Teller, view: Any) -> tuple[Node, ...]:
    """Return a page of which no more is known than its head."""
    head = view.head
    return teller.page("WebPage", head), teller.crumbs((head.title, head.url))


def _entries(days: Iterable[DayView]) -> _Pairs:
    return ((entry.title, entry.url) for day in days for entry in day.entries)


def _of_period(view: PeriodView) -> tuple[int, _Pairs]:
    """Return the pieces of a stretch, or the parts of one that shows none."""
    parts = view.months or view.parts
    if parts and not view.days:
        return len(parts), ((part.text, part.url) for part in parts)
    return view.total, _entries(view.days)


_LISTED: Mapping[type[View], Callable[[Any], tuple[int, _Pairs]]] = {
    HomeView: lambda it: (it.total, _entries(it.days)),
    TimelineView: lambda it: (it.total, _entries(it.days)),
    PeriodView: _of_period,
    StorylineView: lambda it: (it.total, _entries(it.days)),
    TermView: lambda it: (it.total, ((entry.title, entry.url) for entry in it.entries)),
    TermsView: lambda it: (
        it.total,
        ((term.text, term.url) for group in it.groups for term in group.terms),
    ),
    StorylinesView: lambda it: (
        it.total,
        ((story.title, story.url) for group in it.groups for story in group.stories),
    ),
    FiguresView: lambda it: (
        it.total,
        ((figure.article, figure.url) for group in it.groups for figure in group.figures),
    ),
    CorrectionsView: lambda it: (
        len(it.corrections),
        ((item.article.text, item.article.url) for item in it.corrections),
    ),
}
"""How many things a page lists, and the name and link of each that it shows."""

_MAKERS: Mapping[type[View], Callable[[Teller, Any], tuple[Node, ...]]] = {
    HomeView: _home,
    ArticleView: _article,
    TimelineView: _list,
    PeriodView: _period,
    TermsView: _list,
    TermView: _term,
    StorylinesView: _list,
    StorylineView: _story,
    FiguresView: _period,
    CorrectionsView: _list,
}
