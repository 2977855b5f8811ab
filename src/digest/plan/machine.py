"""Files for machines: the Atom feed, the sitemap, the robots file, the web app manifest."""

import uuid
from collections.abc import Iterable
from functools import partial
from operator import attrgetter

from digest.model.records import Article
from digest.plan.context import Context
from digest.plan.dates import feed_moment, latest
from digest.plan.home import plain_page
from digest.plan.machine_views import (
    FeedEntry,
    FeedView,
    ManifestView,
    RobotsView,
    SitemapEntry,
    SitemapView,
)
from digest.plan.records import Kind, Page, Texts
from digest.urls import article_url, has_scheme

FEED_URL = "/feed.xml"
SITEMAP_URL = "/sitemap.xml"
MANIFEST_URL = "/site.webmanifest"
_SITEMAP_ENTRIES = 50_000
_SHORT_NAME = 12


def machine_pages(context: Context, pages: Iterable[Page]) -> tuple[Page, ...]:
    """Return the files for machines; without a site address only manifest and robots file.

    Args:
        context: What planners share.
        pages: Every other page of the site.
    """
    if not context.config.base.origin:
        return (_robots(""), _manifest(context))
    sitemaps = _sitemaps(context, pages)
    robots = _robots(context.config.base.absolute(context.href(SITEMAP_URL)))
    return (_feed(context), *sitemaps, robots, _manifest(context))


def _robots(sitemap: str) -> Page:
    view = RobotsView(sitemap)
    return plain_page("/robots.txt", Kind.ROBOTS, "robots.txt", view, "the robots file")


def _manifest(context: Context) -> Page:
    site = context.config.site
    view = ManifestView(site.title, short_name(site.title), site.description, site.language)
    owner = "the web app manifest"
    return plain_page(MANIFEST_URL, Kind.MANIFEST, "site.webmanifest", view, owner)


def short_name(title: str) -> str:
    """Return the first words of a title, 12 characters at most as below an icon; may be empty."""
    if len(title) <= _SHORT_NAME:
        return title
    cut = title[: _SHORT_NAME + 1].rpartition(" ")[0]
    return cut.rstrip(" &,;:–—-")


def feed_id(authority: str, name: str) -> str:
    """Return the id of an article in feeds: a URN that no new title, slug or date changes.

    A name that is a URI already stays as it is; others become a version 5 UUID (RFC 9562).
    """
    if has_scheme(name):
        return name
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{authority}/{name}").urn


def _feed(context: Context) -> Page:
    newest = context.index.articles[-context.config.feed_entries :]
    return Page(
        FEED_URL,
        "feed.xml",
        Kind.FEED,
        "feed.xml",
        "the feed",
        context.keys.of(articles=newest),
        partial(_feed_view, context, newest),
    )


def _feed_view(context: Context, newest: tuple[Article, ...], texts: Texts) -> FeedView:
    site, base = context.config.site, context.config.base
    authority = context.config.feed_authority
    entries = tuple(_entry(article, context, texts) for article in reversed(newest))
    return FeedView(
        id=uuid.uuid5(uuid.NAMESPACE_URL, authority).urn,
        title=site.title,
        subtitle=site.description,
        url=base.absolute(context.href(FEED_URL)),
        home=base.absolute(context.href("/")),
        updated=max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"),
        language=site.language,
        entries=entries,
    )


def _entry(article: Article, context: Context, texts: Texts) -> FeedEntry:
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
        summary=context.entry(article).summary,
        body=context.article_html(article, texts, full=True),
        lang=article.lang,
    )


def _sitemaps(context: Context, pages: Iterable[Page]) -> list[Page]:
    """Return one sitemap, or an index and its parts where there are too many pages for one."""
    origin, href = context.config.base.origin, context.href
    entries = [
        SitemapEntry(origin + href(page.url), page.updated)
        for page in sorted(pages, key=attrgetter("url"))
        if page.listed and page.kind is not Kind.FEED
    ]
    if len(entries) <= _SITEMAP_ENTRIES:
        return [_sitemap("sitemap.xml", entries)]
    parts = [
        _sitemap(f"sitemap-{number}.xml", entries[start : start + _SITEMAP_ENTRIES])
        for number, start in enumerate(range(0, len(entries), _SITEMAP_ENTRIES), 1)
    ]
    base = context.config.base
    index = [SitemapEntry(base.absolute(href(part.url)), "") for part in parts]
    return [_sitemap("sitemap.xml", index, "sitemap-index.xml"), *parts]


def _sitemap(path: str, entries: list[SitemapEntry], template: str = "sitemap.xml") -> Page:
    view = SitemapView(tuple(entries))
    return plain_page(f"/{path}", Kind.SITEMAP, template, view, "the sitemap")
