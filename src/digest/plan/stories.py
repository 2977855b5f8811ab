"""Storylines: their index and their pages."""

from functools import partial

from digest.index.records import Index
from digest.index.stories import Story
from digest.model.records import Article, StorylineStatus
from digest.plan.charts import story_chart
from digest.plan.context import Context
from digest.plan.figures import latest_figures
from digest.plan.people import party_views
from digest.plan.records import Kind, Page, Texts
from digest.plan.story_views import StoryGroup, StorylinesView, StorylineView, StoryView
from digest.plan.views import CountView
from digest.urls import output_path, storyline_url

SECTION = "/storylines/"
_FULL = 60
_LATEST = 20
_MOST_FIGURES = 20


def story_urls(index: Index) -> tuple[str, ...]:
    """Return the URL of every page that `story_pages` returns."""
    urls = [SECTION] if index.stories.by_slug else []
    for slug, story in index.stories.by_slug.items():
        urls += [storyline_url(slug), *(storyline_url(slug, year) for year in _years(story))]
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
        years = _years(story)
        shown = story.articles[-_LATEST:] if years else story.articles
        pages.append(_page(context, story, "", shown))
        pages += [_page(context, story, year, tuple(own)) for year, own in years.items()]
    return tuple(pages)


def _years(story: Story) -> dict[str, list[Article]]:
    """Return the articles of a long storyline by year, newest year first; none for a short one."""
    years: dict[str, list[Article]] = {}
    if len(story.articles) > _FULL:
        for article in reversed(story.articles):
            years.setdefault(article.date.year, []).insert(0, article)
    return years


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


def _page(context: Context, story: Story, year: str, articles: tuple[Article, ...]) -> Page:
    item = story.storyline
    url = storyline_url(item.slug, year)
    names = context.index.names
    terms = (context.index.entities.get(names.slug(party.name)) for party in item.parties)
    parties = [(term.slug, term.name) if term else None for term in terms]
    key = context.keys.of(parties, context.keys.sources.links(item.path), articles=story.articles)
    return Page(
        url,
        output_path(url),
        Kind.STORYLINE,
        "storyline.html",
        item.path,
        key,
        partial(_view, context, story, year, articles),
    )


def _view(
    context: Context, story: Story, year: str, articles: tuple[Article, ...], texts: Texts
) -> StorylineView:
    item = story.storyline
    url = storyline_url(item.slug, year)
    title = f"{item.title}, {year}" if year else item.title
    description = item.description or context.words.descriptions.pieces_on.of(title=title)
    about = story_view(story, context)
    by_event = tuple(sorted(articles, key=lambda article: (article.event_date.key, article.id)))
    return StorylineView(
        head=context.head(title, description, url, SECTION, item.path),
        title=item.title,
        status=item.status.value,
        year=year,
        main=about.url,
        description=item.description,
        start=about.start,
        end=about.end,
        next_date=about.next_date,
        parties=() if year else party_views(item.parties, context),
        body="" if year else context.html(item.path, texts),
        total=len(articles) if year else len(story.articles),
        years=tuple(
            CountView(other, context.href(storyline_url(item.slug, other)), len(own))
            for other, own in _years(story).items()
        ),
        days=context.days(by_event, event=True),
        figures=() if year else latest_figures(story.articles, context, texts, _MOST_FIGURES),
        chart=None if year else story_chart(story, context),
    )
