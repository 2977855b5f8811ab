"""Tags and entities: their indexes, their pages, and pages for the years of long lists."""

from collections.abc import Callable, Iterable

import msgspec

from digest.index.names import names_of
from digest.index.quotes import quotes_by_speaker
from digest.index.records import Term
from digest.model.records import Article, EntityKind
from digest.plan.context import ONE_PAGE, Context
from digest.plan.links import Filled
from digest.plan.people import entity_figures, near_views, quote_views, role_views
from digest.plan.records import Kind, Page
from digest.plan.views import CountView, FactsView, LinkView, TermGroup, TermsView, TermView
from digest.urls import entity_url, output_path, tag_url

_KIND_TITLES = {
    EntityKind.UNION: "Unions",
    EntityKind.WORKER_GROUP: "Worker groups",
    EntityKind.COMPANY: "Companies",
    EntityKind.TRADE_ASSOCIATION: "Trade associations",
    EntityKind.GOVERNMENT: "Government bodies",
    EntityKind.COURT: "Courts",
    EntityKind.NONPROFIT: "Nonprofits",
    EntityKind.PERSON: "People",
    EntityKind.PRODUCT: "Products",
    EntityKind.OTHER: "Others",
}


class _Family(msgspec.Struct, frozen=True):
    """What tells tags from entities."""

    kind: Kind
    word: str
    template: str
    section: str
    url: Callable[..., str]


_TAGS = _Family(Kind.TAG, "tag", "tag.html", "/tags/", tag_url)
_ENTITIES = _Family(Kind.ENTITY, "entity", "entity.html", "/entities/", entity_url)


def tag_pages(context: Context) -> tuple[Page, ...]:
    """Return the index of tags, and the pages of each tag."""
    terms = list(context.index.tags.values())
    group = TermGroup("", tuple(context.tag_count(term) for term in _by_name(terms)))
    groups = (group,) if terms else ()
    pages = [_index(context, _TAGS, "Tags", "terms.html", groups)]
    for term in terms:
        pages += _term_pages(context, _TAGS, term, None)
    return tuple(pages)


def entity_pages(context: Context, filled: dict[str, Filled]) -> tuple[Page, ...]:
    """Return the index of entities, and the pages of each; `filled` has bodies by path."""
    terms = _by_name(context.index.entities.values())
    groups = tuple(
        TermGroup(title, tuple(context.entity_count(term) for term in terms if term.kind is kind))
        for kind, title in _KIND_TITLES.items()
        if any(term.kind is kind for term in terms)
    )
    pages = [_index(context, _ENTITIES, "Entities", "terms.html", groups)]
    said = quotes_by_speaker(context.index)
    for term in context.index.entities.values():
        main, *years = _term_pages(context, _ENTITIES, term, _facts(context, term, filled))
        if isinstance(main.view, TermView):
            view = msgspec.structs.replace(
                main.view,
                roles=role_views(term, context),
                near=near_views(term, context),
                quotes=quote_views(said.get(term.slug, ()), context),
                figures=entity_figures(term, context),
            )
            main = msgspec.structs.replace(main, view=view)
        pages += [main, *years]
    return tuple(pages)


def entity_urls(context: Context) -> Iterable[str]:
    """Yield the URL of every page that `entity_pages` returns."""
    yield _ENTITIES.section
    for term in context.index.entities.values():
        yield entity_url(term.slug)
        for year in _years(term):
            yield entity_url(term.slug, year)


def _years(term: Term) -> dict[str, list[Article]]:
    """Return the articles of a long list by year, newest first; nothing for a short one."""
    years: dict[str, list[Article]] = {}
    if len(term.articles) > ONE_PAGE:
        for article in reversed(term.articles):
            years.setdefault(article.date.year, []).append(article)
    return years


def _by_name(terms: Iterable[Term]) -> list[Term]:
    return sorted(terms, key=lambda term: (term.name.casefold(), term.slug))


def _index(
    context: Context, family: _Family, title: str, template: str, groups: tuple[TermGroup, ...]
) -> Page:
    total = sum(len(group.terms) for group in groups)
    head = context.head(title, f"All {title.lower()}, with their pieces", family.section)
    head = msgspec.structs.replace(head, section=head.url)
    view = TermsView(head, title, total, groups)
    url = family.section
    return Page(url, output_path(url), family.kind, template, view, f"the list of {title.lower()}")


def _term_pages(
    context: Context, family: _Family, term: Term, facts: FactsView | None
) -> list[Page]:
    """Return the main page of a term, and one for each year if the list is long."""
    years = _years(term)
    counts = tuple(
        CountView(year, context.href(family.url(term.slug, year)), len(articles))
        for year, articles in years.items()
    )
    latest = tuple(reversed(term.articles[-ONE_PAGE:]))
    pages = [_term_page(context, family, term, "", counts, latest, facts)]
    pages += [
        _term_page(context, family, term, year, counts, tuple(articles), None)
        for year, articles in years.items()
    ]
    return pages


def _term_page(  # noqa: PLR0913, PLR0917 one record, seven parts
    context: Context,
    family: _Family,
    term: Term,
    year: str,
    counts: tuple[CountView, ...],
    articles: tuple[Article, ...],
    facts: FactsView | None,
) -> Page:
    url = family.url(term.slug, year)
    title = f"{term.name}, {year}" if year else term.name
    rule = context.index.vocabulary.rules.get(term.slug) if family is _TAGS else None
    written = facts.description if facts else rule.description if rule else ""
    description = written or f"Pieces on {title}"
    view = TermView(
        head=context.head(title, description, url, family.section),
        title=term.name,
        year=year,
        main=context.href(family.url(term.slug)),
        total=len(articles) if year else len(term.articles),
        years=counts,
        entries=tuple(context.entries[article.id] for article in articles),
        facts=facts,
        description=rule.description if rule and not year else "",
    )
    owner = f"the {family.word} '{term.name}'{f' in {year}' if year else ''}"
    return Page(url, output_path(url), family.kind, family.template, view, owner)


def _facts(context: Context, term: Term, filled: dict[str, Filled]) -> FactsView:
    entity = term.entity
    members = _links(context, context.index.members.get(term.slug, ()))
    if entity is None:
        shorts = term.defined.shorts if term.defined else ()
        return FactsView(term.kind, shorts, "", "", (), (), members, "", "")
    names = context.index.names
    return FactsView(
        kind=entity.kind,
        aliases=names_of(entity)[1:],
        homepage=entity.homepage,
        wikidata=entity.wikidata,
        member_of=_links(context, map(names.slug, entity.member_of)),
        parent=_links(context, (names.slug(entity.parent),) if entity.parent else ()),
        members=members,
        description=entity.description,
        body=filled[entity.path].html(context.config.base),
    )


def _links(context: Context, slugs: Iterable[str]) -> tuple[LinkView, ...]:
    entities = context.index.entities
    terms = (entities[slug] for slug in slugs if slug in entities)
    return tuple(LinkView(term.name, context.href(entity_url(term.slug))) for term in terms)
