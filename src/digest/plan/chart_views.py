"""What the timeline and all charts may show: numbers that are ready to be drawn."""

from digest.plan.views import CountView, DayView, Head, View, YearView


class BarView(View, frozen=True, gc=False):
    """A bar: where it stands from the left, and its height, in the units of its chart."""

    x: int
    height: int


class BandView(View, frozen=True, gc=False):
    """A stretch of time: where it begins and how long it is, in the units of its chart."""

    text: str
    url: str
    when: str
    x: int
    width: int


class ChartView(View, frozen=True, gc=False):
    """Pieces over time; months without any have no bar.

    Attributes:
        width: Width of the chart; its height is 100, and a bar is 8 wide.
        first: The first month or year, in words; `last`: the last one.
        most: The most pieces of a month or year.
        bars: The bars, oldest first.
        rows: The same as a table: months or years with pieces, oldest first.
        bands: Storylines beside it, by their beginning.
        undated: How many pieces are in no bar of a chart of months, as they have a year alone.
    """

    width: int
    first: str
    last: str
    most: int
    bars: tuple[BarView, ...]
    rows: tuple[CountView, ...]
    bands: tuple[BandView, ...] = ()
    undated: int = 0


class TimelineView(View, frozen=True, gc=False):
    """The whole timeline: years, newest first, the latest days, and a chart if there is one.

    Attributes:
        data: Links to the data of the years, newest first.
    """

    head: Head
    title: str
    total: int
    years: tuple[YearView, ...]
    days: tuple[DayView, ...]
    chart: ChartView | None = None
    data: tuple[str, ...] = ()
