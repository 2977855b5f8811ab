"""The front page, and the pages that only say something."""

from collections import Counter
from functools import partial

import msgspec

from digest.cache.keys import make_key
from digest.index.stories import Story
from digest.model.records import Article, StorylineStatus
from digest.plan.context import Context
from digest.plan.home_views import HomeView
from digest.plan.numbers import count_figures
from digest.plan.records import Kind, Page, Texts
from digest.plan.stories import story_view
from digest.plan.views import FigureView, MessageView, RedirectView, View
from digest.urls import output_path, timeline_url

_LATEST = 15
_ACTIVE_AMONG = 100
_MOST_ACTIVE = 12
_MOST_NUMBERS = 5
_UNKNOWN = "the page for unknown addresses"


def home_page(context: Context) -> Page:
    """Return the front page: the latest pieces by day, and the names most used lately."""
    articles = context.index.articles
    running = [(story.storyline.slug, len(story.articles)) for story in _running(context)]
    key = context.keys.of(len(articles), running, articles=articles[-_ACTIVE_AMONG:])
    make = partial(home_view, context)
    return Page("/", "index.html", Kind.HOME, "home.html", "the home page", key, make)


def home_view(context: Context, texts: Texts) -> HomeView:
    """Return what the front page shows."""
    index = context.index
    latest = index.articles[-_ACTIVE_AMONG:]
    entities, tags = _active(context, latest)
    stories = _running(context)
    dated = [story for story in stories if story.storyline.next_date]
    dated.sort(key=lambda story: story.storyline.next_date.key if story.storyline.next_date else ())
    month, figures = _numbers(context, latest, texts)
    return HomeView(
        head=context.head(
            context.config.site.title,
            context.config.site.description or context.words.descriptions.home,
            "/",
        ),
        days=context.days(latest[-_LATEST:], context.full_entry),
        stories=tuple(story_view(story, context) for story in stories),
        dates=tuple(story_view(story, context) for story in dated),
        month=month if figures else "",
        figures=figures,
        entities=tuple(
            context.entity_count(index.entities[slug], count) for slug, count in entities
        ),
        tags=tuple(context.tag_count(index.tags[slug], count) for slug, count in tags),
        total=len(index.articles),
        timeline=context.href(timeline_url()),
    )


def _running(context: Context) -> list[Story]:
    """Return the storylines that go on and have a piece, by title."""
    stories = [story for story in context.index.stories.by_slug.values() if story.articles]
    ongoing = [it for it in stories if it.storyline.status is StorylineStatus.ONGOING]
    return sorted(ongoing, key=lambda it: (it.storyline.title.casefold(), it.storyline.slug))


def _numbers(
    context: Context, articles: tuple[Article, ...], texts: Texts
) -> tuple[str, tuple[FigureView, ...]]:
    """Return the newest month with figures, in words, and one figure of each of its articles.

    They stand newest first, a declared one where an article has it. A date without a month has
    none.
    """
    shown: list[FigureView] = []
    month: tuple[str, str] | None = None
    for article in reversed(articles):
        own = article.date.year, article.date.month
        if not own[1] or own != (month or own) or not count_figures(article, context.index):
            continue
        month = own
        figures = context.figure_views(article, texts)
        shown += sorted(figures, key=lambda figure: figure.found)[:1]
        if len(shown) == _MOST_NUMBERS:
            break
    return context.label(*month) if month else "", tuple(shown)


def _active(
    context: Context, articles: tuple[Article, ...]
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return the entities and the tags named most in some articles, with counts."""
    entities: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for article in articles:
        entities.update({part.slug for part in context.index.parts_of(article)})
        tags.update({term.slug for term in context.index.tags_of(article)})
    return _most(entities), _most(tags)


def _most(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:_MOST_ACTIVE]


def not_found_page(context: Context) -> Page:
    """Return the page that hosts show for an unknown address."""
    head = msgspec.structs.replace(
        context.head(context.words.titles.not_found, "", "/404.html"), canonical="", listed=False
    )
    return plain_page("/404.html", Kind.NOT_FOUND, "404.html", MessageView(head), _UNKNOWN)


def redirect_page(context: Context, alias: str, url: str, title: str, owner: str) -> Page:
    """Return the page at an old address, which leads to the new one."""
    head = msgspec.structs.replace(context.head(title, "", url), listed=False)
    last = alias.rpartition("/")[2]
    alias = alias if not last or "." in last else f"{alias}/"
    view = RedirectView(head, context.href(url))
    return plain_page(alias, Kind.REDIRECT, "redirect.html", view, owner)


def plain_page(url: str, kind: Kind, template: str, view: View, owner: str) -> Page:
    """Return a page whose view is at hand, as it costs next to nothing."""
    key = make_key(msgspec.msgpack.encode(view))
    make = partial(_at_hand, view)
    return Page(url, output_path(url), kind, template, owner, key, make, listed=False)


def _at_hand(view: View, _texts: Texts) -> View:
    return view
