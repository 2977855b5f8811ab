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


class CompanionView(View, frozen=True, gc=False):
    """An entity in the picture of a company.

    Attributes:
        text: Its whole name; `label`: the same, cut so that it fits.
        count: Number of articles that name both.
        x: Where its mark stands, in the units of the picture, as are all below; `y`: the same.
        text_x: Where its label begins or, if it is `before` the mark, ends.
        line: Width of the line to it.
    """

    text: str
    label: str
    url: str
    kind: str
    count: int
    x: int
    y: int
    text_x: int
    line: float
    before: bool


class CompanyView(View, frozen=True, gc=False):
    """An entity among the nearest of those that appear with it, as a picture.

    Attributes:
        width: Width of the picture; `height`: its height.
        label: The name of the entity, cut so that it fits.
        x: Where the entity stands, in the units of the picture; `y`: the same.
        box: Width of the box around its name, which stands in the middle.
        around: The others, the closest first.
    """

    width: int
    height: int
    label: str
    kind: str
    x: int
    y: int
    box: int
    around: tuple[CompanionView, ...]


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
    """The page of a tag or entity, or of a stretch of its articles: a year, a month, a day.

    Attributes:
        period: The year, month or day in words, or empty on the main page.
        main: Link to the main page.
        above: Links to the year of a month, to the year and the month of a day.
        years: Its years, newest first, where they have pages of their own; none on that of a month.
        parts: The months of a long year, the days of a long month.
        entries: The articles that are in none of `parts`, on the main page the latest; newest
            first.
        facts: What the entity's file says; None for a tag and for a stretch.
        description: What `site.toml` says of a tag; empty for an entity and for a stretch.
        roles: The roles that the entity plays; empty for a tag and for a stretch, as all below.
        near: The entities that appear with it, the closest first.
        quotes: What it is quoted with, newest first.
        figures: Figures of its articles, newest first.
        chart: Its articles over time, where there is something to see.
        company: The nearest of `near` as a picture, where there are enough of them.
        dated: Whether `entries` have dates of their own; else all have that of the page, and are
            too many for more than their titles.
    """

    head: Head
    title: str
    period: str
    main: str
    above: tuple[LinkView, ...]
    total: int
    years: tuple[CountView, ...]
    parts: tuple[CountView, ...]
    entries: tuple[EntryView, ...]
    facts: FactsView | None
    description: str = ""
    roles: tuple[RoleYearsView, ...] = ()
    near: tuple[NearView, ...] = ()
    quotes: tuple[QuoteView, ...] = ()
    figures: tuple[FigureView, ...] = ()
    chart: ChartView | None = None
    company: CompanyView | None = None
    dated: bool = True
