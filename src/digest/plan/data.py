"""The timeline as data: what the filters of its page, and anybody else, may ask of it."""

from functools import partial

import msgspec

from digest.index.records import Term
from digest.model.records import Article
from digest.plan.context import Context
from digest.plan.machine_views import DataView
from digest.plan.records import Kind, Page, Texts
from digest.urls import article_url, data_url, output_path


class Entry(msgspec.Struct, frozen=True):
    """An article.

    Attributes:
        date: Date of its event as written, ISO 8601, and the same in words as `label`.
        entities: Slug and role of each entity that it names; the role may be empty.
    """

    date: str
    label: str
    url: str
    title: str
    tags: tuple[str, ...]
    entities: tuple[tuple[str, str], ...]
    storylines: tuple[str, ...]


class YearData(msgspec.Struct, frozen=True):
    """A year of the timeline.

    Attributes:
        entries: Its articles, oldest event first.
        tags: Names by slug of what the entries hold, as are the others.
        entities: Name and kind by slug.
        kinds: Kinds of entities in words.
        roles: Roles in words.
        storylines: Titles by slug.
    """

    year: str
    entries: tuple[Entry, ...]
    tags: dict[str, str]
    entities: dict[str, tuple[str, str]]
    kinds: dict[str, str]
    roles: dict[str, str]
    storylines: dict[str, str]


def data_pages(context: Context) -> tuple[Page, ...]:
    """Return the data of each year of the timeline."""
    return tuple(_page(context, year) for year in context.index.timeline)


def _page(context: Context, year: str) -> Page:
    months = context.index.timeline[year]
    articles = tuple(article for own in months.values() for article in own)
    url = data_url(year)
    return Page(
        url=url,
        path=output_path(url),
        kind=Kind.DATA,
        template="data.json",
        owner=f"the data of {year}",
        key=context.keys.of(articles=articles),
        make=partial(_view, context, year, articles),
        listed=False,
    )


def _view(context: Context, year: str, articles: tuple[Article, ...], _texts: Texts) -> DataView:
    index, words = context.index, context.words
    entries = tuple(_entry(context, article) for article in articles)
    entities = {
        slug: index.entities[slug]
        for slug in sorted({slug for entry in entries for slug, _ in entry.entities})
    }
    roles = sorted({role for entry in entries for _, role in entry.entities if role})
    kinds = sorted({term.kind.value for term in entities.values()})
    data = YearData(
        year=year,
        entries=entries,
        tags=_names(index.tags, {slug for entry in entries for slug in entry.tags}),
        entities={slug: (term.name, term.kind.value) for slug, term in entities.items()},
        kinds={kind: words.heading(words.kinds[kind]) for kind in kinds},
        roles={role: words.role_titles[role] for role in roles},
        storylines={
            slug: index.stories.by_slug[slug].storyline.title
            for slug in sorted({slug for entry in entries for slug in entry.storylines})
        },
    )
    return DataView(msgspec.json.encode(data).decode())


def _entry(context: Context, article: Article) -> Entry:
    index = context.index
    stories = map(index.stories.find, article.storylines)
    date = context.date(article.event_date)
    return Entry(
        date=date.iso,
        label=date.label,
        url=context.href(article_url(article.date, article.slug)),
        title=article.title,
        tags=tuple(term.slug for term in index.tags_of(article)),
        entities=tuple((part.slug, part.role) for part in index.parts_of(article)),
        storylines=tuple(story.storyline.slug for story in stories if story),
    )


def _names(terms: dict[str, Term], slugs: set[str]) -> dict[str, str]:
    return {slug: terms[slug].name for slug in sorted(slugs)}
