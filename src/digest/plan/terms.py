"""Tags and entities: their indexes, their pages, and pages for the years of long lists."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

import msgspec

from digest.index.company import find_near
from digest.index.names import names_of
from digest.index.quotes import Said, quotes_by_speaker
from digest.index.records import Index, Term
from digest.plan.charts import entity_chart
from digest.plan.company import company_view
from digest.plan.context import ONE_PAGE, Context
from digest.plan.people import entity_figures, near_views, quote_views, role_views
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
from digest.plan.term_views import FactsView, TermGroup, TermsView, TermView
from digest.plan.views import CountView, LinkView
from digest.urls import entity_url, output_path, tag_url

_More = Callable[[Context, Term, TermView, Texts], TermView]


class _Family(msgspec.Struct, frozen=True):
    """What tells tags from entities; words are those of editors."""

    kind: Kind
    word: str
    words: str
    template: str
    section: str
    url: Callable[..., str]


_TAGS = _Family(Kind.TAG, "tag", "tags", "tag.html", "/tags/", tag_url)
_ENTITIES = _Family(Kind.ENTITY, "entity", "entities", "entity.html", "/entities/", entity_url)


def tag_pages(context: Context) -> tuple[Page, ...]:
    """Return the index of tags, and the pages of each tag."""
    terms = context.index.tags.values()
    pages = [_index(context, _TAGS, terms)]
    for term in terms:
        pages += _term_pages(context, _TAGS, term, _nothing_more)
    return tuple(pages)


def entity_pages(context: Context) -> tuple[Page, ...]:
    """Return the index of entities, and the pages of each."""
    terms = context.index.entities.values()
    pages = [_index(context, _ENTITIES, terms)]
    said = quotes_by_speaker(context.index)
    for term in terms:
        more = partial(_entity_view, said.get(term.slug, ()))
        pages += _term_pages(context, _ENTITIES, term, more, _entity_key(context, term, said))
    return tuple(pages)


def _entity_key(context: Context, term: Term, said: Mapping[str, tuple[Said, ...]]) -> bytes:
    """Return the key of what an entity's main page shows beyond a tag's."""
    index = context.index
    above = (*term.entity.member_of, term.entity.parent) if term.entity else ()
    slugs = (*index.members.get(term.slug, ()), *map(index.names.slug, filter(None, above)))
    known = [index.entities[slug].name for slug in slugs if slug in index.entities]
    shorts = term.defined.shorts if term.defined else ()
    links = context.keys.sources.links(term.entity.path) if term.entity else ()
    quoted = tuple(item.article for item in said.get(term.slug, ()))
    company = context.keys.of_company(known, shorts, links, articles=term.articles)
    return company + context.keys.of(articles=quoted)


def _entity_view(
    said: tuple[Said, ...], context: Context, term: Term, view: TermView, texts: Texts
) -> TermView:
    """Return the view of an entity's main page with all that is known of it."""
    facts = _facts(context, term, texts)
    near = find_near(term, context.index)
    head = view.head
    if facts.description:
        head = msgspec.structs.replace(head, description=facts.description)
    return msgspec.structs.replace(
        view,
        head=head,
        facts=facts,
        roles=role_views(term, context),
        near=near_views(near, context),
        quotes=quote_views(said, context),
        figures=entity_figures(term, context, texts),
        chart=entity_chart(term, context),
        company=company_view(term, near, context),
    )


def _nothing_more(_context: Context, _term: Term, view: TermView, _texts: Texts) -> TermView:
    return view


def term_urls(index: Index) -> Iterator[str]:
    """Yield the URL of every page that `tag_pages` and `entity_pages` return."""
    for family, terms in ((_TAGS, index.tags), (_ENTITIES, index.entities)):
        yield family.section
        for term in terms.values():
            yield family.url(term.slug)
            yield from (family.url(term.slug, period.date) for period in _periods(term))


def _periods(term: Term) -> tuple[Period, ...]:
    """Return the stretches of a long list, oldest article first; nothing for a short one."""
    if len(term.articles) <= ONE_PAGE:
        return ()
    return split_years(term.articles, lambda article: article.date.date)


def _by_name(terms: Iterable[Term]) -> list[Term]:
    return sorted(terms, key=lambda term: (term.name.casefold(), term.slug))


def _index(context: Context, family: _Family, terms: Collection[Term]) -> Page:
    url = family.section
    key = context.keys.of([(term.slug, term.name, len(term.articles)) for term in terms])
    make = partial(_index_view, context, family, terms)
    owner = f"the list of {family.words}"
    return Page(url, output_path(url), family.kind, "terms.html", owner, key, make)


def _index_view(
    context: Context, family: _Family, terms: Collection[Term], _texts: Texts
) -> TermsView:
    ordered, words = _by_name(terms), context.words
    title, description = words.titles.entities, words.descriptions.entities
    if family is _TAGS:
        title, description = words.titles.tags, words.descriptions.tags
        found = [TermGroup("", tuple(map(context.tag_count, ordered)))]
    else:
        kinds: dict[str, list[CountView]] = {}
        for term in ordered:
            kinds.setdefault(term.kind, []).append(context.entity_count(term))
        found = [
            TermGroup(name, tuple(kinds[kind]))
            for kind, name in words.kind_titles.items()
            if kind in kinds
        ]
    head = context.head(title, description, family.section)
    head = msgspec.structs.replace(head, section=head.url)
    return TermsView(head, title, len(terms), tuple(found) if terms else ())


def _term_pages(
    context: Context, family: _Family, term: Term, more: _More, own: bytes = b""
) -> Iterator[Page]:
    """Yield the main page of a term, and those of the stretches of a long list.

    `more` adds to the view of the main page, and `own` is the key of what it adds.
    """
    periods = _periods(term)
    years = year_counts(periods)
    main = Period("", term.articles[-ONE_PAGE:], len(term.articles))
    for period in (main, *periods):
        date = period.date
        url = family.url(term.slug, date)
        beside = years_beside(period, years)
        yield Page(
            url=url,
            path=output_path(url),
            kind=family.kind,
            template=family.template,
            owner=f"the {family.word} '{term.name}'{f' in {date}' if date else ''}",
            key=context.keys.of(
                b"" if date else own,
                term.name,
                period.total,
                period.parts,
                beside,
                articles=period.articles,
            ),
            make=partial(_term_view, context, family, term, (period, beside), more),
        )


def _term_view(
    context: Context,
    family: _Family,
    term: Term,
    shown: tuple[Period, tuple[tuple[str, int], ...]],
    more: _More,
    texts: Texts,
) -> TermView:
    period, years = shown
    label = date_label(period.date, context)
    url = partial(family.url, term.slug)
    title = f"{term.name}, {label}" if label else term.name
    rule = context.index.vocabulary.rules.get(term.slug) if family is _TAGS else None
    description = (rule.description if rule else "") or context.words.descriptions.pieces_on.of(
        title=title
    )
    view = TermView(
        head=context.head(title, description, url(period.date), family.section),
        title=term.name,
        period=label,
        main=context.href(url("")),
        above=links_above(period.date, context, url),
        total=period.total,
        years=count_links(years, context, url),
        parts=count_links(period.parts, context, url),
        entries=tuple(
            map(context.brief_entry if period.brief else context.entry, reversed(period.articles))
        ),
        dated=not period.brief,
        facts=None,
        description=rule.description if rule and not label else "",
    )
    return view if label else more(context, term, view, texts)


def _facts(context: Context, term: Term, texts: Texts) -> FactsView:
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
        body=context.html(entity.path, texts),
    )


def _links(context: Context, slugs: Iterable[str]) -> tuple[LinkView, ...]:
    entities = context.index.entities
    terms = (entities[slug] for slug in slugs if slug in entities)
    return tuple(LinkView(term.name, context.href(entity_url(term.slug))) for term in terms)
