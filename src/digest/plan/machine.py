"""Files for machines: the Atom feed, the sitemap, the robots file."""

import uuid
from collections.abc import Iterable

from digest.model.records import Article
from digest.plan.context import Context
from digest.plan.dates import feed_moment, latest
from digest.plan.links import Filled
from digest.plan.machine_views import (
    FeedEntry,
    FeedView,
    RobotsView,
    SitemapEntry,
    SitemapView,
)
from digest.plan.records import Kind, Page
from digest.plan.views import ArticleView
from digest.urls import article_url, has_scheme

FEED_URL = "/feed.xml"
SITEMAP_URL = "/sitemap.xml"
_SITEMAP_ENTRIES = 50_000
_NOT_IN_SITEMAP = frozenset({Kind.REDIRECT, Kind.NOT_FOUND})


def machine_pages(
    context: Context, filled: dict[str, Filled], pages: Iterable[Page]
) -> tuple[Page, ...]:
    """Return the files for machines; without a site address only the robots file.

    Args:
        context: What planners share.
        filled: Resolved bodies by path of the document.
        pages: Every other page of the site.
    """
    if not context.config.base.origin:
        return (_robots(""),)
    sitemaps = _sitemaps(context, pages)
    robots = _robots(context.config.base.absolute(context.href(SITEMAP_URL)))
    return (_feed(context, filled), *sitemaps, robots)


def _robots(sitemap: str) -> Page:
    view = RobotsView(sitemap)
    return Page("/robots.txt", "robots.txt", Kind.ROBOTS, "robots.txt", view, "the robots file")


def feed_id(authority: str, name: str) -> str:
    """Return the id of an article in feeds: a URN that no new title, slug or date changes.

    A name that is a URI already stays as it is; others become a version 5 UUID (RFC 9562).
    """
    if has_scheme(name):
        return name
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{authority}/{name}").urn


def _feed(context: Context, filled: dict[str, Filled]) -> Page:
    site, base = context.config.site, context.config.base
    authority = context.config.feed_authority
    newest = context.index.articles[-context.config.feed_entries :]
    entries = tuple(_entry(article, context, filled[article.path]) for article in reversed(newest))
    view = FeedView(
        id=uuid.uuid5(uuid.NAMESPACE_URL, authority).urn,
        title=site.title,
        subtitle=site.description,
        url=base.absolute(context.href(FEED_URL)),
        home=base.absolute(context.href("/")),
        updated=max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"),
        language=site.language,
        entries=entries,
    )
    return Page(FEED_URL, "feed.xml", Kind.FEED, "feed.xml", view, "the feed")


def _entry(article: Article, context: Context, filled: Filled) -> FeedEntry:
    base = context.config.base
    changes = [article.date, *((article.changed,) if article.changed else ())]
    published = feed_moment(article.date, context.zone) if article.date.day else ""
    return FeedEntry(
        id=feed_id(context.config.feed_authority, article.id),
        url=base.absolute(context.href(article_url(article.date, article.slug))),
        title=article.title,
        published=published,
        updated=feed_moment(latest(changes), context.zone),
        authors=article.authors,
        tags=tuple(term.name for term in context.index.tags_of(article)),
        summary=context.entries[article.id].summary,
        body=filled.html(base, full=True),
        lang=article.lang,
    )


def _sitemaps(context: Context, pages: Iterable[Page]) -> list[Page]:
    """Return one sitemap, or an index and its parts where there are too many pages for one."""
    entries: list[SitemapEntry] = []
    for page in sorted(pages, key=lambda page: page.url):
        head = getattr(page.view, "head", None)
        if page.kind not in _NOT_IN_SITEMAP and head is not None and head.listed:
            entries.append(SitemapEntry(head.canonical, _updated(page)))
    if len(entries) <= _SITEMAP_ENTRIES:
        return [_sitemap("sitemap.xml", entries)]
    parts = [
        _sitemap(f"sitemap-{number}.xml", entries[start : start + _SITEMAP_ENTRIES])
        for number, start in enumerate(range(0, len(entries), _SITEMAP_ENTRIES), 1)
    ]
    base = context.config.base
    index = [SitemapEntry(base.absolute(context.href(part.url)), "") for part in parts]
    return [_sitemap("sitemap.xml", index, "sitemap-index.xml"), *parts]


def _sitemap(path: str, entries: list[SitemapEntry], template: str = "sitemap.xml") -> Page:
    view = SitemapView(tuple(entries))
    return Page(f"/{path}", path, Kind.SITEMAP, template, view, "the sitemap")


def _updated(page: Page) -> str:
    """Return when an article changed, to the day; nothing for a page that is a list."""
    if not isinstance(page.view, ArticleView):
        return ""
    return (page.view.updated or page.view.date).iso[:10]
