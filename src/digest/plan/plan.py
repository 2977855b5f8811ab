"""The index to a `Plan`: the readable top of this stage."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from digest.config.records import Config
from digest.diagnostics import Diagnostic, error, has_errors, nearest
from digest.index.publication import Held
from digest.index.records import Index
from digest.model.records import Article, Body, ContentPage, Status
from digest.plan.annotate import annotate
from digest.plan.context import Context, make_entries, make_figure_views
from digest.plan.corrections import corrections_pages
from digest.plan.documents import article_image, article_page, content_page
from digest.plan.figures import figures_pages
from digest.plan.home import home_page, not_found_page, redirect_page
from digest.plan.links import Targets, fill_body
from digest.plan.machine import FEED_URL, machine_pages
from digest.plan.numbers import check_hidden, number_all
from digest.plan.records import Asset, Kind, Page, Plan
from digest.plan.registry import Claim, find_collisions
from digest.plan.stories import story_pages, story_urls
from digest.plan.terms import entity_pages, entity_urls, tag_pages
from digest.plan.timeline import timeline_pages
from digest.plan.views import LinkView, PeriodView, SiteView
from digest.urls import (
    article_url,
    entity_url,
    figures_url,
    page_url,
    storyline_url,
    tag_url,
    timeline_url,
)

_SLUG_HINT = "give one of the two another slug"


class Inputs(msgspec.Struct, frozen=True):
    """Everything that a plan is made of.

    Attributes:
        pages: Content pages on the site.
        bodies: Body by path of the document.
        held: Documents that are not on the site.
        broken: Documents that could not be read; links to them are not judged.
        files: Disk path of the other files below `content/`, by path.
        static: Disk path of the static files, by path below `static/`.
        templates: Names of the templates that there are.
    """

    config: Config
    zone: dt.tzinfo
    index: Index
    pages: tuple[ContentPage, ...]
    bodies: dict[str, Body]
    held: tuple[Held, ...]
    broken: frozenset[str]
    files: dict[str, str]
    static: dict[str, str]
    templates: frozenset[str]


def make_plan(inputs: Inputs) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    """Return the plan, or None if it has errors, and findings.

    Codes: `url-collision`, `output-path`, `dead-link`, `template-missing`.
    """
    index = inputs.index
    articles = (*index.articles, *index.unlisted)
    context = _make_context(inputs, articles)
    listings = _listings(context)
    targets = _targets(context, inputs, articles, listings)
    bodies = inputs.bodies | {item.path: _annotated(item, context) for item in articles}
    filled = {path: fill_body(bodies[path], path, targets) for path in targets.documents}
    findings = [item for body in filled.values() for item in body.diagnostics]
    findings += check_hidden(articles, index)
    files = {path for body in filled.values() for path in body.files}
    documents: list[Page] = [
        content_page(page, context, filled[page.path]) for page in inputs.pages
    ]
    for article in articles:
        image, used, faults = article_image(article, targets)
        files.update(used)
        findings += faults
        documents.append(article_page(article, context, filled[article.path], image))
    pages = [*listings, *documents, *entity_pages(context, filled), *story_pages(context, filled)]
    pages.append(not_found_page(context))
    pages += machine_pages(context, filled, pages)
    pages += _redirects(context, inputs, articles)
    assets = _assets(inputs, files)
    findings += find_collisions(_claims(pages, assets, inputs, articles))
    findings += _missing_templates(inputs, articles)
    if has_errors(findings):
        return None, tuple(findings)
    plan = Plan(
        site=_site_view(context, inputs),
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        assets=tuple(sorted(assets, key=lambda asset: asset.path)),
    )
    return plan, tuple(findings)


def _make_context(inputs: Inputs, articles: tuple[Article, ...]) -> Context:
    config, index = inputs.config, inputs.index
    figures = number_all(articles, index)
    return Context(
        config=config,
        index=index,
        bodies=inputs.bodies,
        entries=make_entries(config, index, inputs.bodies),
        zone=inputs.zone,
        figures=figures,
        figure_views=make_figure_views(config, articles, figures),
    )


def _listings(context: Context) -> tuple[Page, ...]:
    """Return the pages that need no body."""
    return (
        home_page(context),
        *timeline_pages(context),
        *tag_pages(context),
        *figures_pages(context),
        *corrections_pages(context),
    )


def _targets(
    context: Context,
    inputs: Inputs,
    articles: tuple[Article, ...],
    listings: tuple[Page, ...],
) -> Targets:
    """Return what a link may lead to."""
    documents = {item.path: article_url(item.date, item.slug) for item in articles}
    documents |= {page.path: page_url(page.parts) for page in inputs.pages}
    for term in inputs.index.entities.values():
        if term.entity:
            documents[term.entity.path] = entity_url(term.slug)
    for story in inputs.index.stories.by_slug.values():
        documents[story.storyline.path] = storyline_url(story.storyline.slug)
    anchors = {page.url: _anchors(page) for page in listings}
    anchors |= {url: frozenset[str]() for url in (*entity_urls(context), *story_urls(context))}
    anchors |= {url: frozenset(inputs.bodies[path].anchors) for path, url in documents.items()}
    machine = (FEED_URL, "/sitemap.xml", *(f"/{path}" for path in inputs.static))
    anchors |= {url: frozenset[str]() for url in machine}
    written: tuple[Article | ContentPage, ...] = (*articles, *inputs.pages)
    anchors |= {alias: frozenset[str]() for item in written for alias in item.aliases}
    held = {item.path: item.reason.value for item in inputs.held}
    return Targets(documents, anchors, held, inputs.files, inputs.broken)


def _annotated(article: Article, context: Context) -> Body:
    """Return the body of an article with links for its entities and ids for its figures."""
    index = context.index
    urls = {
        part.slug: entity_url(part.slug)
        for part in (index.parts_of(article) if context.config.entities.autolink else ())
    }
    figures = context.figures.get(article.path, ())
    return annotate(
        context.bodies[article.path],
        index.evidence.mentions.get(article.path, ()),
        urls,
        ((item.found, item.anchor) for item in figures if item.found and item.anchor),
    )


def _anchors(page: Page) -> frozenset[str]:
    if isinstance(page.view, PeriodView):
        return frozenset(day.anchor for day in page.view.days)
    return frozenset()


def _redirects(context: Context, inputs: Inputs, articles: tuple[Article, ...]) -> Iterable[Page]:
    for article in articles:
        url = article_url(article.date, article.slug)
        for alias in article.aliases:
            yield redirect_page(context, alias, url, article.title, article.path)
    for page in inputs.pages:
        for alias in page.aliases:
            yield redirect_page(context, alias, page_url(page.parts), page.title, page.path)
    for old, new in context.index.vocabulary.gone.items():
        term = context.index.tags.get(new)
        url, title = (tag_url(new), term.name) if term else ("/tags/", "Tags")
        yield redirect_page(context, tag_url(old), url, title, f"the deprecated tag '{old}'")


def _assets(inputs: Inputs, used: set[str]) -> list[Asset]:
    """Return the static files, and those files beside the articles that a page shows."""
    assets = [Asset(path, file, f"static/{path}") for path, file in sorted(inputs.static.items())]
    assets += [Asset(path.partition("/")[2], inputs.files[path], path) for path in sorted(used)]
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


def _site_view(context: Context, inputs: Inputs) -> SiteView:
    site, base = context.config.site, context.config.base
    nav = [LinkView("Timeline", context.href(timeline_url()))]
    if context.index.stories.by_slug:
        nav.append(LinkView("Storylines", context.href("/storylines/")))
    nav += [
        LinkView("Entities", context.href("/entities/")),
        LinkView("Tags", context.href("/tags/")),
    ]
    if any(context.figures.get(article.path) for article in context.index.articles):
        nav.append(LinkView("Figures", context.href(figures_url())))
    nav += [
        LinkView(page.title, context.href(page_url(page.parts)))
        for page in sorted(inputs.pages, key=lambda page: page.parts)
        if len(page.parts) == 1 and page.status is Status.PUBLISHED
    ]
    return SiteView(
        title=site.title,
        description=site.description,
        language=site.language,
        origin=base.origin,
        home=context.href("/"),
        feed=context.href(FEED_URL) if base.origin else "",
        stylesheet=context.href("/digest.css"),
        nav=tuple(nav),
        corrections=context.href("/corrections/"),
    )
