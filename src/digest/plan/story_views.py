"""What the templates of storylines, figures and corrections may see."""

from digest.plan.chart_views import ChartView
from digest.plan.views import (
    CorrectionView,
    CountView,
    DateView,
    DayView,
    FigureView,
    Head,
    LinkView,
    RoleView,
    View,
)


class StoryView(View, frozen=True, gc=False):
    """A storyline as a list shows it."""

    title: str
    url: str
    description: str
    start: DateView | None
    end: DateView | None
    next_date: DateView | None
    count: int


class StoryGroup(View, frozen=True, gc=False):
    """Storylines of one status."""

    status: str
    stories: tuple[StoryView, ...]


class StorylinesView(View, frozen=True, gc=False):
    """All storylines, by status."""

    head: Head
    title: str
    total: int
    groups: tuple[StoryGroup, ...]


class StorylineView(View, frozen=True, gc=False):
    """The page of a storyline, or of a stretch of it; `body` is safe HTML, empty for a stretch.

    Attributes:
        status: `ongoing`, `settled`, `ruled` or `withdrawn`.
        period: The year, month or day in words, or empty on the main page.
        above: Links to the year of a month, to the year and the month of a day.
        years: Its years, newest first, where they have pages of their own; none on that of a month.
        parts: The months of a long year, the days of a long month.
        days: Its articles that are in none of `parts`, by the day of their events, newest first.
        chart: Its articles over time, where there is something to see; None for a stretch.
    """

    head: Head
    title: str
    status: str
    period: str
    main: str
    above: tuple[LinkView, ...]
    description: str
    start: DateView | None
    end: DateView | None
    next_date: DateView | None
    parties: tuple[RoleView, ...]
    body: str
    total: int
    years: tuple[CountView, ...]
    parts: tuple[CountView, ...]
    days: tuple[DayView, ...]
    figures: tuple[FigureView, ...]
    chart: ChartView | None = None


class FigureGroup(View, frozen=True, gc=False):
    """Figures of one kind, newest first."""

    kind: str
    figures: tuple[FigureView, ...]


class FiguresView(View, frozen=True, gc=False):
    """The figures of all articles, of a year, or of a month.

    Attributes:
        above: Link to all figures, or to the month's year; None for all.
        years: All years with figures, newest first.
        months: The months of a long year.
        groups: Figures by kind.
        entities: The entities whose articles have most figures.
        more: How many figures are not in `groups`.
    """

    head: Head
    title: str
    total: int
    above: LinkView | None
    years: tuple[CountView, ...]
    months: tuple[CountView, ...]
    groups: tuple[FigureGroup, ...]
    entities: tuple[CountView, ...]
    more: int


class CorrectionsView(View, frozen=True, gc=False):
    """All corrections, newest first; `feed` is a link or empty."""

    head: Head
    title: str
    feed: str
    corrections: tuple[CorrectionView, ...]
