"""What the template of the front page may see."""

from digest.plan.story_views import StoryView
from digest.plan.views import CountView, DayView, FigureView, Head, View


class HomeView(View, frozen=True, gc=False):
    """The front page: the latest days, and what goes on.

    Attributes:
        days: The latest pieces by day, newest first; they have entities and the number of sources.
        stories: Storylines that go on, by title.
        dates: Those of them of which the next date is known, by that date.
        month: The newest month with figures, in words, or empty; `figures`: figures of it.
        entities: Who is named most in the latest pieces; `tags`: the topics of most.
        total: Number of all pieces; `timeline`: link to them.
    """

    head: Head
    days: tuple[DayView, ...]
    stories: tuple[StoryView, ...]
    dates: tuple[StoryView, ...]
    month: str
    figures: tuple[FigureView, ...]
    entities: tuple[CountView, ...]
    tags: tuple[CountView, ...]
    total: int
    timeline: str
