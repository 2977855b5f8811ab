"""What was put right, newest first, as a page and as a feed."""

import uuid
from functools import partial

from digest.config.records import Config
from digest.model.records import Article, Correction
from digest.plan.context import Context
from digest.plan.dates import feed_moment
from digest.plan.machine import feed_id
from digest.plan.machine_views import FeedEntry, FeedView
from digest.plan.records import Kind, Page, Texts
from digest.plan.story_views import CorrectionsView
from digest.plan.views import CorrectionView
from digest.urls import article_url, output_path

SECTION = "/corrections/"
FEED = "/corrections/feed.xml"

Found = tuple[Correction, Article]


def correction_view(item: Correction, article: Article, context: Context) -> CorrectionView:
    """Return a correction with a link to its article."""
    return CorrectionView(context.date(item.date), item.text, context.article_link(article))


def corrections_urls(config: Config) -> tuple[str, ...]:
    """Return the URL of every page that `corrections_pages` returns."""
    return (SECTION, FEED) if config.base.origin else (SECTION,)


def corrections_pages(context: Context) -> tuple[Page, ...]:
    """Return the page of corrections, and its feed where the site has an address."""
    found = sorted(
        ((item, article) for article in context.index.articles for item in article.corrections),
        key=lambda pair: (pair[0].date.key, pair[1].id, pair[0].text),
        reverse=True,
    )
    has_feed = bool(context.config.base.origin)
    key = context.keys.of(articles=[article for _, article in found])
    page = Page(
        SECTION,
        output_path(SECTION),
        Kind.CORRECTIONS,
        "corrections.html",
        "the list of corrections",
        key,
        partial(_view, found, context),
    )
    if not has_feed:
        return (page,)
    newest = found[: context.config.feed_entries]
    make = partial(_feed, newest, context)
    owner = "the feed of corrections"
    return page, Page(FEED, output_path(FEED), Kind.FEED, "feed.xml", owner, key, make)


def _view(found: list[Found], context: Context, _texts: Texts) -> CorrectionsView:
    title = context.words.titles.corrections
    return CorrectionsView(
        head=context.head(title, context.words.descriptions.corrections, SECTION, SECTION),
        title=title,
        feed=context.href(FEED) if context.config.base.origin else "",
        corrections=tuple(correction_view(item, article, context) for item, article in found),
    )


def _feed(newest: list[Found], context: Context, _texts: Texts) -> FeedView:
    site, base = context.config.site, context.config.base
    entries = tuple(_entry(item, article, context) for item, article in newest)
    return FeedView(
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"{context.config.feed_authority}{SECTION}").urn,
        title=f"{context.words.titles.corrections}, {site.title}",
        subtitle="",
        url=base.absolute(context.href(FEED)),
        home=base.absolute(context.href(SECTION)),
        updated=max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"),
        language=site.language,
        entries=entries,
    )


def _entry(item: Correction, article: Article, context: Context) -> FeedEntry:
    """Return a correction as an entry; its id is made of the article, the date and the text."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{article.id}\n{item.date.text}\n{item.text}").hex
    moment = feed_moment(item.date, context.zone)
    url = context.config.base.absolute(context.href(article_url(article.date, article.slug)))
    return FeedEntry(
        id=feed_id(context.config.feed_authority, f"corrections/{name}"),
        url=url,
        title=article.title,
        published=moment if item.date.day else "",
        updated=moment,
        authors=(),
        tags=(),
        summary=item.text,
        body="",
        lang=article.lang,
    )
