"""The index to a `Plan`: the readable top of this stage."""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import chain
from operator import attrgetter

import msgspec

from digest.cache.keys import make_key
from digest.config.records import Config
from digest.diagnostics import Diagnostic, Span, error, has_errors, nearest
from digest.index.records import Index
from digest.model.held import Held
from digest.model.pictures import Picture
from digest.model.records import Article, Body, ContentPage, Status
from digest.plan.cards import make_cards
from digest.plan.compressed import check_compressed
from digest.plan.context import Context, Memory
from digest.plan.corrections import corrections_pages, corrections_urls
from digest.plan.data import data_pages
from digest.plan.documents import article_image, article_pages, content_page
from digest.plan.figures import figures_pages, figures_urls
from digest.plan.home import home_page, not_found_page, redirect_page
from digest.plan.keys import KeySources, make_keys
from digest.plan.links import Filled, Shown, Targets, fill_body
from digest.plan.llms import LLMS_URL, llms_page
from digest.plan.machine import FEED_URL, MANIFEST_URL, SITEMAP_URL, machine_pages
from digest.plan.numbers import check_hidden, count_figures
from digest.plan.pictures import Files, HeadImage, Makers, show_pictures
from digest.plan.records import Asset, Kind, Page, Plan
from digest.plan.registry import Claim, find_collisions, may_collide
from digest.plan.search import check_index_folder, search_pages, search_urls
from digest.plan.statics import StaticFiles, Statics, fingerprint_statics
from digest.plan.stories import story_pages, story_urls
from digest.plan.teller import Places, Teller, make_teller
from digest.plan.terms import entity_pages, tag_pages, term_urls
from digest.plan.timeline import timeline_anchors, timeline_pages
from digest.plan.views import LinkView, SiteView
from digest.urls import (
    article_url,
    entity_url,
    figures_url,
    page_url,
    storyline_url,
    tag_url,
    timeline_url,
)
from digest.words.records import Words

_SLUG_HINT = "give one of the two another slug"


class Inputs(msgspec.Struct, frozen=True):
    """Everything that a plan is made of.

    Attributes:
        makers: What makes files of pictures and cards.
        pages: Content pages on the site.
        bodies: Body by path of the document, without its HTML.
        held: Documents that are not on the site.
        broken: Documents that could not be read; links to them are not judged.
        files: Disk path of the other files below `content/`, by path.
        static: Disk path of the static files, by path below `static/`.
        texts: The bytes of styles and scripts among them.
        digests: Digest of the bytes of `files` and of `static`, by path from the site.
        templates: Names of the templates that there are.
        pictures: Pictures among `files`, by path.
        keys: Key of each document by path.
        mentions: What was found in each article by path, encoded.
        before: The plan before, if this process has made one.
    """

    config: Config
    words: Words
    zone: dt.tzinfo
    index: Index
    makers: Makers
    pages: tuple[ContentPage, ...] = ()
    bodies: dict[str, Body] = {}
    held: tuple[Held, ...] = ()
    broken: frozenset[str] = frozenset()
    files: dict[str, str] = {}
    static: dict[str, str] = {}
    texts: Mapping[str, bytes] = {}
    digests: Mapping[str, bytes] = {}
    templates: frozenset[str] = frozenset()
    pictures: Mapping[str, Picture] = {}
    keys: Mapping[str, bytes] = {}
    mentions: Mapping[str, bytes] = {}
    before: Plan | None = None


def make_plan(inputs: Inputs) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    """Return the plan, or None if it has errors, and findings.

    Codes: `url-collision`, `output-path`, `dead-link`, `template-missing`, `figure-hide`,
    `picture`, `alt-missing`, `unreadable`.
    """
    articles = (*inputs.index.articles, *inputs.index.unlisted)
    filled, images = _resolve(inputs, articles)
    used = {path for links in filled.values() for path in links.files} | images.files
    shown, versions = show_pictures(
        used, Files(inputs.files, inputs.digests, inputs.pictures), inputs.makers
    )
    cards, drawn = make_cards(inputs.config, inputs.words, inputs.index, articles, inputs.makers)
    context = _context(inputs, filled, shown, cards)
    findings = [item for links in filled.values() for item in links.diagnostics]
    statics = _statics(inputs)
    findings += (*images.diagnostics, *statics.diagnostics)
    findings += _unreadable(used, inputs)
    findings += check_hidden(articles, inputs.index)
    site = _site_view(context, inputs, statics)
    pages = _pages(context, site, inputs, articles, images)
    assets = [*_assets(inputs, used), *statics.assets, *versions, *drawn]
    pages.sort(key=attrgetter("path"))
    if _may_collide(pages, assets, inputs.before):
        findings += find_collisions(_claims(pages, assets, inputs, articles))
    findings += check_index_folder(chain(pages, assets), inputs.config)
    findings += check_compressed(chain(pages, assets), inputs.config)
    findings += _missing_templates(inputs, articles)
    if has_errors(findings):
        return None, tuple(findings)
    plan = Plan(
        site=site,
        pages=tuple(pages),
        assets=tuple(sorted(assets, key=attrgetter("path"))),
        keys=context.keys,
        teller=_teller(context, site) if site.origin else None,
    )
    return plan, tuple(findings)


def _context(
    inputs: Inputs,
    filled: dict[str, Filled],
    shown: dict[str, Shown],
    cards: dict[str, HeadImage],
) -> Context:
    sources = KeySources(inputs.index, inputs.keys, inputs.mentions, filled, shown)
    before = inputs.before.keys if inputs.before else None
    return Context(
        config=inputs.config,
        words=inputs.words,
        index=inputs.index,
        bodies=inputs.bodies,
        zone=inputs.zone,
        keys=make_keys(_world(inputs), sources, before),
        filled=filled,
        shown=shown,
        cards=cards,
        memory=Memory(),
    )


def _may_collide(pages: list[Page], assets: list[Asset], before: Plan | None) -> bool:
    """Return whether two files may have one path; the very paths of a plan do not."""
    if before:
        known = [page.path for page in before.pages], [asset.path for asset in before.assets]
        now = [page.path for page in pages], sorted(asset.path for asset in assets)
        if known == now:
            return False
    return may_collide([page.url for page in pages], [asset.path for asset in assets])


def _world(inputs: Inputs) -> bytes:
    """Return the key of the settings, the words and every document that is no article."""
    index = inputs.index
    paths = [term.entity.path for term in index.entities.values() if term.entity]
    paths += [story.storyline.path for story in index.stories.by_slug.values()]
    paths += [page.path for page in inputs.pages]
    zone = repr(inputs.zone).encode()
    config = msgspec.msgpack.encode((inputs.config, inputs.words))
    return make_key(config, zone, *(inputs.keys[path] for path in sorted(paths)))


class _Images(msgspec.Struct, frozen=True):
    """The pictures of articles: URLs by path of the article, files to publish, findings."""

    urls: dict[str, str]
    files: set[str]
    diagnostics: list[Diagnostic]


def _resolve(inputs: Inputs, articles: tuple[Article, ...]) -> tuple[dict[str, Filled], _Images]:
    """Return resolved links by path of the document, and the pictures of articles.

    Articles without links are left out, as most have none.
    """
    documents = {item.path: article_url(item.date, item.slug) for item in articles}
    documents |= {page.path: page_url(page.parts) for page in inputs.pages}
    for term in inputs.index.entities.values():
        if term.entity:
            documents[term.entity.path] = entity_url(term.slug)
    for story in inputs.index.stories.by_slug.values():
        documents[story.storyline.path] = storyline_url(story.storyline.slug)
    images = _Images({}, set(), [])
    listed = {article.path for article in articles}
    linked = [path for path in documents if path not in listed or inputs.bodies[path].links]
    pictured = [article for article in articles if article.image]
    if not linked and not pictured:
        return {}, images
    targets = _targets(inputs, articles, documents)
    filled = {path: fill_body(inputs.bodies[path], path, targets) for path in linked}
    for article in pictured:
        images.urls[article.path], used, faults = article_image(article, targets)
        images.files.update(used)
        images.diagnostics.extend(faults)
    return filled, images


def _pages(
    context: Context,
    site: SiteView,
    inputs: Inputs,
    articles: tuple[Article, ...],
    images: _Images,
) -> list[Page]:
    """Return every page of the site."""
    home = home_page(context)
    pages = [
        home,
        *timeline_pages(context),
        *data_pages(context),
        *tag_pages(context),
        *figures_pages(context),
        *corrections_pages(context),
        *search_pages(context),
        *(content_page(page, context) for page in inputs.pages),
        *article_pages(context, images.urls),
        *entity_pages(context),
        *story_pages(context),
        not_found_page(context),
    ]
    pages += machine_pages(context, pages)
    if site.origin:
        pages.append(llms_page(context, site, home))
    pages += _redirects(context, inputs, articles)
    return pages


def _targets(inputs: Inputs, articles: tuple[Article, ...], documents: dict[str, str]) -> Targets:
    """Return what a link may lead to."""
    index, nothing = inputs.index, frozenset[str]()
    own = (*corrections_urls(inputs.config), *search_urls(inputs.config))
    anchors = dict.fromkeys(("/", *own), nothing)
    anchors |= timeline_anchors(index)
    lists = (*term_urls(index), *figures_urls(index), *story_urls(index))
    anchors |= dict.fromkeys(lists, nothing)
    anchors |= {url: frozenset(inputs.bodies[path].anchors) for path, url in documents.items()}
    machine = (
        FEED_URL,
        SITEMAP_URL,
        MANIFEST_URL,
        LLMS_URL,
        *(f"/{path}" for path in inputs.static),
    )
    anchors |= dict.fromkeys(machine, nothing)
    written: tuple[Article | ContentPage, ...] = (*articles, *inputs.pages)
    anchors |= {alias: nothing for item in written for alias in item.aliases}
    held = {item.path: item.reason.value for item in inputs.held}
    paragraphs = {url: inputs.bodies[path].paragraphs for path, url in documents.items()}
    return Targets(
        documents, anchors, held, inputs.files, inputs.broken, paragraphs, inputs.pictures
    )


def _redirects(context: Context, inputs: Inputs, articles: tuple[Article, ...]) -> Iterable[Page]:
    for article in articles:
        url = article_url(article.date, article.slug)
        for alias in article.aliases:
            yield redirect_page(context, alias, url, article.title, article.path)
    for page in inputs.pages:
        for alias in page.aliases:
            yield redirect_page(context, alias, page_url(page.parts), page.title, page.path)
    titles = context.words.titles
    for old, new in context.index.vocabulary.gone.items():
        term = context.index.tags.get(new)
        url, title = (tag_url(new), term.name) if term else ("/tags/", titles.tags)
        yield redirect_page(context, tag_url(old), url, title, f"the deprecated tag '{old}'")


def _unreadable(used: set[str], inputs: Inputs) -> Iterable[Diagnostic]:
    """Yield an error for each file that a page shows and nobody could read."""
    for path in sorted(used - inputs.digests.keys()):
        hint = "look at its permissions, or take it away"
        yield error("unreadable", "cannot be read", Span(path), hint)


def _assets(inputs: Inputs, used: set[str]) -> list[Asset]:
    """Return the static files, and those files beside the articles that a page shows."""
    digests = inputs.digests
    assets = [
        Asset(path, file, f"static/{path}", digests[f"static/{path}"])
        for path, file in sorted(inputs.static.items())
    ]
    assets += [
        Asset(path.partition("/")[2], inputs.files[path], path, digests[path])
        for path in sorted(used)
        if path in digests
    ]
    return assets


def _claims(
    pages: list[Page], assets: list[Asset], inputs: Inputs, articles: tuple[Article, ...]
) -> Iterable[Claim]:
    """Yield who wants which URL; what an editor wrote comes last, so that it is named first."""
    written: dict[str, Article | ContentPage] = {item.path: item for item in articles}
    written |= {page.path: page for page in inputs.pages}
    for page in pages:
        if page.owner not in written:
            yield Claim(page.url, page.owner)
    for asset in assets:
        yield Claim(f"/{asset.path}", asset.owner)
    for page in pages:
        document = written.get(page.owner)
        if document is not None:
            is_alias = page.kind is Kind.REDIRECT
            field = "aliases" if is_alias else "slug" if "slug" in document.places else "title"
            hint = "take the alias out of one of the two" if is_alias else _SLUG_HINT
            owner = f"the alias of {page.owner}" if is_alias else page.owner
            yield Claim(page.url, owner, document.span(field), hint)


def _missing_templates(inputs: Inputs, articles: tuple[Article, ...]) -> Iterable[Diagnostic]:
    written: tuple[Article | ContentPage, ...] = (*articles, *inputs.pages)
    for document in written:
        name = document.template
        if name and name not in inputs.templates:
            close = nearest(name, inputs.templates)
            hint = f"did you mean '{close}'?" if close else f"add templates/{name}"
            message = f"there is no template '{name}'"
            yield error("template-missing", message, document.span("template"), hint)


def _teller(context: Context, site: SiteView) -> Teller:
    href = context.href
    places = Places(
        entities=href("/entities/"), timeline=href(timeline_url()), logo=href("/icon-512.png")
    )
    return make_teller(site, context.index, places)


def _statics(inputs: Inputs) -> Statics:
    """Return the static files that pages name."""
    digests = {path: inputs.digests[f"static/{path}"] for path in inputs.static}
    return fingerprint_statics(
        StaticFiles(inputs.static, digests, inputs.texts), inputs.config.base
    )


def _site_view(context: Context, inputs: Inputs, statics: Statics) -> SiteView:
    site, base, titles = context.config.site, context.config.base, context.words.titles
    nav = [LinkView(titles.timeline, context.href(timeline_url()))]
    if context.index.stories.by_slug:
        nav.append(LinkView(titles.storylines, context.href("/storylines/")))
    nav += [
        LinkView(titles.entities, context.href("/entities/")),
        LinkView(titles.tags, context.href("/tags/")),
    ]
    index = context.index
    if any(count_figures(article, index) for article in index.articles):
        nav.append(LinkView(titles.figures, context.href(figures_url())))
    search = tuple(context.href(url) for url in search_urls(context.config))
    nav += [LinkView(titles.search, href) for href in search]
    nav += [
        LinkView(page.title, context.href(page_url(page.parts)))
        for page in sorted(inputs.pages, key=lambda page: page.parts)
        if len(page.parts) == 1 and page.status is Status.PUBLISHED
    ]
    return SiteView(
        title=site.title,
        description=site.description,
        language=site.language,
        words=context.words,
        origin=base.origin,
        home=context.href("/"),
        feed=context.href(FEED_URL) if base.origin else "",
        static=statics.views,
        nav=tuple(nav),
        corrections=context.href("/corrections/"),
        search="".join(search),
    )
