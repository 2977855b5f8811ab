"""Articles and content pages to their pages."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import partial

import msgspec

from digest.diagnostics import Diagnostic, error
from digest.index.names import name_key
from digest.index.related import Related, find_related
from digest.model.records import Article, ContentPage, Image, Source, Status
from digest.plan.citation import Cited, cite, cite_bibtex
from digest.plan.context import Context, with_image
from digest.plan.corrections import correction_view
from digest.plan.links import Shown, Targets, find_shown, picture_fault, resolve
from digest.plan.pictures import HeadImage
from digest.plan.records import Kind, Page, Texts
from digest.plan.views import (
    ArticleView,
    EntityLinkView,
    Head,
    ImageView,
    LinkView,
    PageView,
    RelatedView,
    RoleView,
    SourceView,
    StripView,
)
from digest.urls import article_url, output_path, page_url, storyline_url

_TAG = re.compile(r"<[^>]*>")
_WORDS_A_MINUTE = 230


def article_pages(context: Context, images: Mapping[str, str]) -> Iterator[Page]:
    """Yield the pages of all articles; `images` are the URLs of pictures by path."""
    index = context.index
    near = context.keys.near
    for article in (*index.articles, *index.unlisted):
        place = index.positions.get(article.id)
        url = article_url(article.date, article.slug)
        image = images.get(article.path, "")
        key = near[place] if place is not None else context.keys.of(articles=(article,))
        yield Page(
            url=url,
            path=output_path(url),
            kind=Kind.ARTICLE,
            template=article.template or "article.html",
            owner=article.path,
            key=key + _image_key(image, context),
            make=partial(_article_view, article, context, image),
            listed=article.status is Status.PUBLISHED,
            updated=(article.changed or article.date).text[:10],
        )


def _image_key(image: str, context: Context) -> bytes:
    """Return the key of the picture of an article; nothing where it has none."""
    return msgspec.msgpack.encode((image, find_shown(image, context.shown))) if image else b""


def _article_head(article: Article, context: Context, image: str) -> Head:
    description = article.description or article.summary or context.bodies[article.path].lead
    url = article_url(article.date, article.slug)
    head = context.head(article.title, description, url, card=article.path)
    base = context.config.base
    if article.image and image and base.origin:
        shown = find_shown(image, context.shown) or Shown(0, 0)
        address = base.absolute(context.href(image))
        own = HeadImage(address, article.image.alt, shown.width, shown.height)
        head = with_image(head, own)
    return msgspec.structs.replace(
        head, listed=article.status is Status.PUBLISHED, lang=article.lang, is_article=True
    )


def _article_view(article: Article, context: Context, image: str, texts: Texts) -> ArticleView:
    head = _article_head(article, context, image)
    older, newer = _neighbours(article, context)
    changed = article.changed
    has_event = article.event_date != article.date
    body = context.article_html(article, texts)
    cited = Cited(article.authors, article.title, context.config.site.title, head.canonical)
    date = context.date(article.date)
    return ArticleView(
        head=head,
        title=article.title,
        date=date,
        event_date=context.date(article.event_date) if has_event else None,
        updated=context.date(changed) if changed else None,
        authors=article.authors,
        summary=article.summary,
        image=_image(article.image, image, context) if article.image and image else None,
        body=body,
        tags=tuple(context.tag_link(term) for term in context.index.tags_of(article)),
        roles=_roles(article, context),
        storylines=tuple(_strip(title, article, context) for title in article.storylines),
        sources=tuple(_source(source, context) for source in article.sources),
        figures=context.figure_views(article, texts),
        corrections=tuple(correction_view(item, article, context) for item in article.corrections),
        related=_related(article, context),
        older=older,
        newer=newer,
        minutes=_minutes(body),
        citation=cite(cited, date.label, context.words.article.quoted),
        bibtex=cite_bibtex(cited, article.date),
    )


def _image(image: Image, url: str, context: Context) -> ImageView:
    """Return the picture of an article; one of the theme was not measured."""
    href, shown = context.href(url), find_shown(url, context.shown)
    if shown is None:
        return ImageView(href, image.alt)
    several = shown.srcset(context.config.base)
    sizes = shown.sizes() if several else ""
    return ImageView(href, image.alt, shown.width, shown.height, several, sizes)


def _minutes(html: str) -> int:
    """Return how many minutes a text takes to read; one at least."""
    return max(1, round(len(_TAG.sub(" ", html).split()) / _WORDS_A_MINUTE))


def content_page(page: ContentPage, context: Context) -> Page:
    """Return the page of a file below `content/pages/`."""
    url = page_url(page.parts)
    return Page(
        url=url,
        path=output_path(url),
        kind=Kind.PAGE,
        template=page.template or "page.html",
        owner=page.path,
        key=context.keys.of(context.keys.sources.links(page.path)),
        make=partial(_page_view, page, context),
        listed=page.status is Status.PUBLISHED,
    )


def _page_view(page: ContentPage, context: Context, texts: Texts) -> PageView:
    url = page_url(page.parts)
    description = page.description or context.bodies[page.path].lead
    head = context.head(page.title, description, url, url)
    listed = page.status is Status.PUBLISHED
    head = msgspec.structs.replace(head, listed=listed, lang=page.lang)
    return PageView(head, page.title, context.html(page.path, texts))


def article_image(
    article: Article, targets: Targets
) -> tuple[str, tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the URL of an article's picture, the file to publish for it, and findings."""
    if article.image is None:
        return "", (), ()
    found = resolve(article.image.src, article.path, targets, picture=True)
    if found.fault:
        message = f"the picture '{article.image.src}' leads nowhere: {found.fault}"
        return "", (), (error("dead-link", message, article.span("image"), found.hint),)
    faults = picture_fault(article.image.src, found.file, article.span("image"), targets)
    return found.url, (found.file,) if found.file else (), faults


def _neighbours(article: Article, context: Context) -> tuple[LinkView | None, LinkView | None]:
    place = context.index.positions.get(article.id)
    if place is None:
        return None, None
    articles = context.index.articles
    older = context.article_link(articles[place - 1]) if place else None
    newer = context.article_link(articles[place + 1]) if place + 1 < len(articles) else None
    return older, newer


def _roles(article: Article, context: Context) -> tuple[RoleView, ...]:
    """Return entities by role, in the order of `site.toml`; those without a role last."""
    groups: dict[str, list[EntityLinkView]] = {}
    order = (*context.config.entities.roles, "")
    for part in context.index.parts_of(article):
        groups.setdefault(part.role, []).append(context.entity_link(part))
    return tuple(RoleView(role, tuple(groups[role])) for role in order if role in groups)


def _order(article: Article) -> tuple[str, str]:
    return article.date.key, article.id


def _strip(title: str, article: Article, context: Context) -> StripView:
    """Return a storyline of an article, with the pieces before and after it."""
    story = context.index.stories.find(title)
    if story is None:
        return StripView(title, "")
    url = context.href(storyline_url(story.storyline.slug))
    # By date and then id, as in the lists of what makes articles related: pages have their keys
    # from those.
    place = bisect_left(story.articles, _order(article), key=_order)
    if place == len(story.articles) or story.articles[place].path != article.path:
        return StripView(story.storyline.title, url)
    before, after = story.articles[max(0, place - 1) : place], story.articles[place + 1 : place + 2]
    return StripView(
        story.storyline.title,
        url,
        context.article_link(before[0]) if before else None,
        context.article_link(after[0]) if after else None,
    )


def _source(source: Source, context: Context) -> SourceView:
    return SourceView(
        url=source.url,
        title=source.title or source.url.partition("//")[2].partition("/")[0],
        publisher=source.publisher,
        date=context.date(source.date) if source.date else None,
        accessed=context.date(source.accessed) if source.accessed else None,
        archive=source.archive,
        kind=source.kind or "",
        paywall=source.paywall,
    )


def _related(article: Article, context: Context) -> tuple[RelatedView, ...]:
    index = context.index
    place = index.positions.get(article.id)
    if place is None:
        return ()
    return tuple(
        RelatedView(
            url=context.entry(other.article).url,
            title=other.article.title,
            date=context.entry(other.article).date,
            why=_why(other, article, context),
        )
        for other in find_related(place, index.articles, index.membership)
    )


def _why(related: Related, article: Article, context: Context) -> str:
    """Return what two articles share, in words; the three weightiest things at most."""
    index = context.index
    stories = index.stories
    titles = {
        stories.slugs.get(name_key(name)) or name_key(name): name for name in article.storylines
    }
    words = []
    for reason in related.reasons[:3]:
        if reason.kind == "storyline":
            words.append(titles[reason.slug])
        else:
            terms = index.entities if reason.kind == "entity" else index.tags
            words.append(terms[reason.slug].name)
    return ", ".join(words)
