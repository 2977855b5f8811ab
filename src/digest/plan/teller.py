"""What the pages of a site have in common in what they tell machines."""

from collections.abc import Iterable, Mapping
from itertools import islice
from urllib.parse import unquote

import msgspec

from digest.index.records import Index, Term
from digest.model.records import EntityKind
from digest.plan.schema_org import (
    Agent,
    BreadcrumbList,
    ItemList,
    ListItem,
    Reference,
    WebPage,
    WebSite,
    raw,
)
from digest.plan.term_views import FactsView
from digest.plan.views import EntityLinkView, Head, LinkView, SiteView

MOST = 20
"""How many things a page or a list names at most."""

BODIES = frozenset({"Organization", "WorkersUnion", "GovernmentOrganization"})
TYPES = {
    EntityKind.UNION: "WorkersUnion",
    EntityKind.COMPANY: "Organization",
    EntityKind.TRADE_ASSOCIATION: "Organization",
    EntityKind.GOVERNMENT: "GovernmentOrganization",
    EntityKind.COURT: "GovernmentOrganization",
    EntityKind.NONPROFIT: "Organization",
    EntityKind.PERSON: "Person",
    EntityKind.WORKER_GROUP: "Organization",
    EntityKind.PRODUCT: "Product",
    EntityKind.OTHER: "Thing",
}
_WIKIDATA = "https://www.wikidata.org/wiki/"


class Places(msgspec.Struct, frozen=True):
    """Where things stand, as links.

    Attributes:
        entities: The list of entities, with which links to them begin.
        timeline: The timeline.
        logo: The picture that stands for the site.
    """

    entities: str
    timeline: str
    logo: str


class Teller(msgspec.Struct, frozen=True):
    """Tells machines what the pages of a site with an address show.

    Attributes:
        site: What all its pages share.
        index: The index, for what is known of entities.
        places: Where things stand.
        publisher: Who publishes the site, for every page; `author`: the same where it has been
            named already.
        whole: The site, for every page.
        menu: Words of the menu by link.
        known: Entities that were told of before, by link.
    """

    site: SiteView
    index: Index
    places: Places
    publisher: msgspec.Raw
    author: msgspec.Raw
    whole: msgspec.Raw
    menu: Mapping[str, str]
    known: dict[str, msgspec.Raw]

    def full(self, link: str) -> str:
        """Return the full address of a link of the site."""
        return self.site.origin + link

    def own(self) -> tuple[Agent, WebSite]:
        """Return who publishes the site, and the site, with all that is known of them."""
        site, home = self.site, self.full(self.site.home)
        logo = self.full(self.places.logo)
        publisher = Agent("Organization", site.title, id=_publisher_id(home), url=home, logo=logo)
        return publisher, WebSite(
            id=_site_id(home),
            url=home,
            name=site.title,
            description=site.description,
            in_language=site.language,
            publisher=self.publisher,
        )

    def page(self, kind: str, head: Head, items: ItemList | None = None) -> WebPage:
        """Return a page that is no article, of a type such as `CollectionPage`."""
        return WebPage(
            type=kind,
            url=head.canonical,
            name=head.title,
            is_part_of=self.whole,
            in_language=head.lang or self.site.language,
            description=head.description,
            image=head.image,
            main_entity=items,
        )

    def items(self, total: int, found: Iterable[tuple[str, str]]) -> ItemList:
        """Return a list of `total` things, given the name and link of its first ones."""
        first = enumerate(islice(found, MOST), 1)
        return ItemList(
            total,
            tuple([ListItem(place, name, url=self.full(link)) for place, (name, link) in first]),
        )

    def crumbs(self, *steps: tuple[str, str]) -> BreadcrumbList:
        """Return the way from the front page over steps of a name and a link to this page."""
        *above, (own, _) = steps
        way = enumerate(((self.site.title, self.site.home), *above), 1)
        items = [ListItem(place, name, item=self.full(link)) for place, (name, link) in way]
        return BreadcrumbList((*items, ListItem(len(items) + 1, own)))

    def section(self, link: str) -> tuple[tuple[str, str], ...]:
        """Return the step to a list that the menu names; none to another."""
        return ((self.menu[link], link),) if link in self.menu else ()

    def entity(self, link: EntityLinkView | LinkView) -> msgspec.Raw:
        """Return an entity in short: its type, its name, and where else it is known, or its id."""
        found = self.known.get(link.url)
        if found is None:
            term = self._term(link.url)
            same = same_as(term.entity.homepage, term.entity.wikidata) if term.entity else ()
            name = "" if same else self._entity_id(link.url)
            found = raw(Agent(TYPES[term.kind], term.name, id=name, same_as=same))
            self.known[link.url] = found
        return found

    def whole_entity(self, name: str, link: str, facts: FactsView) -> Agent:
        """Return all that is known of an entity, with relations that its type may have."""
        kind = TYPES[EntityKind(facts.kind)]
        return Agent(
            kind,
            name,
            id=self._entity_id(link),
            url=self.full(link),
            description=facts.description,
            alternate_name=facts.aliases[:MOST],
            same_as=same_as(facts.homepage, facts.wikidata),
            member_of=self._bodies(facts.member_of) if kind in {*BODIES, "Person"} else (),
            parent_organization=self._bodies(facts.parent) if kind in BODIES else (),
        )

    def _bodies(self, links: tuple[LinkView, ...]) -> tuple[msgspec.Raw, ...]:
        found = [link for link in links if TYPES[self._term(link.url).kind] in BODIES]
        return tuple(map(self.entity, found[:MOST]))

    def _term(self, link: str) -> Term:
        return self.index.entities[unquote(link.removeprefix(self.places.entities)).rstrip("/")]

    def _entity_id(self, link: str) -> str:
        return f"{self.full(link)}#entity"


def make_teller(site: SiteView, index: Index, places: Places) -> Teller:
    """Return what tells machines of the pages of a site with an address."""
    home = site.origin + site.home
    publisher = Agent("Organization", site.title, id=_publisher_id(home))
    return Teller(
        site=site,
        index=index,
        places=places,
        publisher=raw(publisher),
        author=raw(Reference(publisher.id)),
        whole=raw(WebSite(_site_id(home))),
        menu={link.url: link.text for link in site.nav},
        known={},
    )


def same_as(homepage: str, wikidata: str) -> tuple[str, ...]:
    """Return where an entity stands elsewhere, full addresses."""
    return tuple(filter(None, (wikidata and _WIKIDATA + wikidata, homepage)))


def _publisher_id(home: str) -> str:
    return f"{home}#publisher"


def _site_id(home: str) -> str:
    return f"{home}#site"
