"""Storylines: their index and their pages."""

from functools import partial

from digest.index.records import Index
from digest.index.stories import Story
from digest.model.records import StorylineStatus
from digest.plan.charts import story_chart
from digest.plan.context import Context
from digest.plan.figures import latest_figures
from digest.plan.people import party_views
from digest.plan.periods import (
    Period,
    count_links,
    date_label,
    links_above,
    split_years,
    year_counts,
    years_beside,
)
from digest.plan.records import Kind, Page, Texts
from digest.plan.story_views import StoryGroup, StorylinesView, StorylineView, StoryView
from digest.urls import output_path, storyline_url

SECTION = "/storylines/"
_FULL = 60
_LATEST = 20
_MOST_FIGURES = 20


def story_urls(index: Index) -> tuple[str, ...]:
    """Return the URL of every page that `story_pages` returns."""
    urls = [SECTION] if index.stories.by_slug else []
    for slug, story in index.stories.by_slug.items():
        dates = ("", *(period.date for period in _periods(story)))
        urls += [storyline_url(slug, date) for date in dates]
    return tuple(urls)


def story_pages(context: Context) -> tuple[Page, ...]:
    """Return the pages of the storylines; none where there are none."""
    stories = context.index.stories.by_slug.values()
    if not stories:
        return ()
    url, owner = SECTION, "the list of storylines"
    key = context.keys.of([(story.storyline.slug, len(story.articles)) for story in stories])
    make = partial(_index, context)
    pages = [Page(url, output_path(url), Kind.STORYLINE, "storylines.html", owner, key, make)]
    for story in stories:
        periods = _periods(story)
        shown = story.articles[-_LATEST:] if periods else story.articles
        main = Period("", shown, len(story.articles))
        years = year_counts(periods)
        pages += [
            _page(context, story, period, years_beside(period, years))
            for period in (main, *periods)
        ]
    return tuple(pages)


def _periods(story: Story) -> tuple[Period, ...]:
    """Return the stretches of a long storyline; none for a short one."""
    if len(story.articles) <= _FULL:
        return ()
    return split_years(story.articles, lambda article: article.date.date)


def story_view(story: Story, context: Context) -> StoryView:
    """Return a storyline as a list shows it."""
    item = story.storyline
    return StoryView(
        title=item.title,
        url=context.href(storyline_url(item.slug)),
        description=item.description,
        start=context.date(item.start) if item.start else None,
        end=context.date(item.end) if item.end else None,
        next_date=context.date(item.next_date) if item.next_date else None,
        count=len(story.articles),
    )


def _index(context: Context, _texts: Texts) -> StorylinesView:
    stories = context.index.stories.by_slug.values()
    groups = []
    for status in StorylineStatus:
        own = [story for story in stories if story.storyline.status is status]
        own.sort(key=lambda story: (story.storyline.title.casefold(), story.storyline.slug))
        if own:
            views = tuple(story_view(story, context) for story in own)
            groups.append(StoryGroup(status.value, views))
    title, description = context.words.titles.storylines, context.words.descriptions.storylines
    head = context.head(title, description, SECTION, SECTION)
    return StorylinesView(head, title, len(stories), tuple(groups))


def _page(
    context: Context, story: Story, period: Period, years: tuple[tuple[str, int], ...]
) -> Page:
    item = story.storyline
    url = storyline_url(item.slug, period.date)
    names = context.index.names
    terms = (context.index.entities.get(names.slug(party.name)) for party in item.parties)
    parties = [(term.slug, term.name) if term else None for term in terms]
    own = (period.total, period.parts, years, parties, context.keys.sources.links(item.path))
    shown = period.articles if period.date else story.articles
    key = context.keys.of(*own, articles=shown)
    return Page(
        url,
        output_path(url),
        Kind.STORYLINE,
        "storyline.html",
        item.path,
        key,
        partial(_view, context, story, period, years),
    )


def _view(
    context: Context,
    story: Story,
    period: Period,
    years: tuple[tuple[str, int], ...],
    texts: Texts,
) -> StorylineView:
    item = story.storyline
    url = partial(storyline_url, item.slug)
    label = date_label(period.date, context)
    title = f"{item.title}, {label}" if label else item.title
    description = item.description or context.words.descriptions.pieces_on.of(title=title)
    about = story_view(story, context)
    articles = sorted(period.articles, key=lambda article: (article.event_date.key, article.id))
    entry = context.brief_entry if period.brief else context.entry
    return StorylineView(
        head=context.head(title, description, url(period.date), SECTION, item.path),
        title=item.title,
        status=item.status.value,
        period=label,
        main=about.url,
        above=links_above(period.date, context, url),
        description=item.description,
        start=about.start,
        end=about.end,
        next_date=about.next_date,
        parties=() if label else party_views(item.parties, context),
        body="" if label else context.html(item.path, texts),
        total=period.total,
        years=count_links(years, context, url),
        parts=count_links(period.parts, context, url),
        days=context.days(tuple(articles), entry, event=True),
        figures=() if label else latest_figures(story.articles, context, texts, _MOST_FIGURES),
        chart=None if label else story_chart(story, context),
    )
