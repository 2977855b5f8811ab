"""What an entity's page says beyond its file: roles, company, statements, figures."""

from collections import Counter

from digest.index.company import Near
from digest.index.names import names_of
from digest.index.quotes import Said
from digest.index.records import Term
from digest.model.records import Named
from digest.plan.context import ONE_PAGE, Context
from digest.plan.figures import latest_figures
from digest.plan.records import Texts
from digest.plan.views import (
    CountView,
    EntityLinkView,
    FigureView,
    NearView,
    PairView,
    QuoteView,
    RoleView,
    RoleYearsView,
)
from digest.urls import entity_url

_MOST_QUOTES = 10
_MOST_FIGURES = 12


def role_views(term: Term, context: Context) -> tuple[RoleYearsView, ...]:
    """Return how often an entity plays each role, in the order of `site.toml`; no role last."""
    index = context.index
    years: dict[str, Counter[str]] = {}
    for article in term.articles:
        for part in index.parts_of(article):
            if part.slug == term.slug:
                years.setdefault(part.role, Counter())[article.date.year] += 1
    order = {role: place for place, role in enumerate(context.config.entities.roles)}
    has_years = len(term.articles) > ONE_PAGE
    return tuple(
        RoleYearsView(
            role,
            sum(counts.values()),
            tuple(
                CountView(
                    year, context.href(entity_url(term.slug, year)) if has_years else "", count
                )
                for year, count in sorted(counts.items())
            ),
        )
        for role, counts in sorted(
            years.items(), key=lambda item: (not item[0], order.get(item[0], 0))
        )
    )


def near_views(near: tuple[Near, ...], context: Context) -> tuple[NearView, ...]:
    """Return the entities that appear with one as its page lists them."""
    return tuple(_near(item, context) for item in near)


def _near(near: Near, context: Context) -> NearView:
    other = context.index.entities[near.slug]
    return NearView(
        text=other.name,
        url=context.href(entity_url(near.slug)),
        kind=other.kind,
        count=near.count,
        pairs=tuple(PairView(*pair) for pair in near.pairs),
        articles=tuple(context.article_link(article) for article in near.articles),
        more=near.count - len(near.articles),
    )


def quote_views(said: tuple[Said, ...], context: Context) -> tuple[QuoteView, ...]:
    """Return the newest statements, newest first."""
    return tuple(
        QuoteView(
            item.quote.text, context.article_link(item.article), context.date(item.article.date)
        )
        for item in reversed(said[-_MOST_QUOTES:])
    )


def entity_figures(term: Term, context: Context, texts: Texts) -> tuple[FigureView, ...]:
    """Return the newest figures of an entity: declared ones, and those beside its name."""
    names = names_of(term.entity) if term.entity else (term.name,)
    recent = term.articles[-10 * _MOST_FIGURES :]
    return latest_figures(recent, context, texts, _MOST_FIGURES, names)


def party_views(parties: tuple[Named, ...], context: Context) -> tuple[RoleView, ...]:
    """Return the parties of a storyline by role; one without a page has no link."""
    groups: dict[str, list[EntityLinkView]] = {}
    for party in parties:
        slug = context.index.names.slug(party.name)
        term = context.index.entities.get(slug)
        link = (
            EntityLinkView(term.name, context.href(entity_url(slug)), term.kind)
            if term
            else EntityLinkView(party.name, "", "")
        )
        groups.setdefault(party.role, []).append(link)
    ordered = sorted(groups.items(), key=lambda group: not group[0])
    return tuple(RoleView(role, tuple(own)) for role, own in ordered)
