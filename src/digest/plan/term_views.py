"""What the templates of tags and entities may see."""

from digest.plan.chart_views import ChartView
from digest.plan.views import (
    CountView,
    EntryView,
    FigureView,
    Head,
    LinkView,
    NearView,
    QuoteView,
    RoleYearsView,
    View,
)


class TermsView(View, frozen=True, gc=False):
    """All tags, or all entities; `groups` by kind, one group for tags."""

    head: Head
    title: str
    total: int
    groups: tuple["TermGroup", ...]


class TermGroup(View, frozen=True, gc=False):
    """Tags or entities of one kind, A to Z."""

    title: str
    terms: tuple[CountView, ...]


class FactsView(View, frozen=True, gc=False):
    """What the file of an entity says; `body` is safe HTML."""

    kind: str
    aliases: tuple[str, ...]
    homepage: str
    wikidata: str
    member_of: tuple[LinkView, ...]
    parent: tuple[LinkView, ...]
    members: tuple[LinkView, ...]
    description: str
    body: str


class TermView(View, frozen=True, gc=False):
    """The page of a tag or entity, or of one of its years.

    Attributes:
        year: The year, or empty on the main page.
        main: Link to the main page.
        years: Its years, newest first, where they have pages of their own.
        entries: The articles of the year, or the latest ones; newest first.
        facts: What the entity's file says; None for a tag and for a year.
        description: What `site.toml` says of a tag; empty for an entity and for a year.
        roles: The roles that the entity plays; empty for a tag and for a year, as all below.
        near: The entities that appear with it, the closest first.
        quotes: What it is quoted with, newest first.
        figures: Figures of its articles, newest first.
        chart: Its articles over time, where there is something to see.
    """

    head: Head
    title: str
    year: str
    main: str
    total: int
    years: tuple[CountView, ...]
    entries: tuple[EntryView, ...]
    facts: FactsView | None
    description: str = ""
    roles: tuple[RoleYearsView, ...] = ()
    near: tuple[NearView, ...] = ()
    quotes: tuple[QuoteView, ...] = ()
    figures: tuple[FigureView, ...] = ()
    chart: ChartView | None = None
