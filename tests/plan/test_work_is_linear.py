import datetime as dt

from counting import count_calls
from digest.config.records import Config, SiteInfo
from digest.index.index import build_index
from digest.model.dates import When
from digest.model.records import Article, Body, Named
from digest.plan.plan import Inputs, make_plan
from digest.urls import Base
from support import MAKERS, shipped_words


def articles(count: int) -> list[Article]:
    """Return articles of which all have one tag and one entity, and each some of its own."""
    found = []
    for number in range(count):
        day = dt.date(2016, 1, 1) + dt.timedelta(days=number * 3650 // count)
        when = When(day.isoformat(), day.isoformat())
        found.append(
            Article(
                id=f"{number:06}",
                path=f"content/{number:06}.md",
                title=f"Title {number}",
                slug=f"title-{number}",
                date=when,
                event_date=when,
                tags=("everywhere", f"tag {number % (count // 5)}"),
                entities=(Named("Everyone"), Named(f"Entity {number % (count // 2)}")),
            )
        )
    return found


def calls(count: int) -> int:
    """Return how many functions of ours run while a site of that size is indexed and planned."""
    found, words = articles(count), shipped_words()

    def make() -> None:
        index, findings = build_index(found, ())
        assert index is not None
        config = Config(SiteInfo("T"), base=Base("https://e.org"))
        bodies = {article.path: Body() for article in found}
        keys = {article.path: article.id.encode() for article in found}
        inputs = Inputs(config, words, dt.UTC, index, MAKERS, bodies=bodies, keys=keys)
        plan, more = make_plan(inputs)
        assert (findings, more) == ((), ())
        assert plan is not None

    return count_calls(make)


def test_four_times_the_articles_are_four_times_the_work() -> None:
    small, large = calls(500), calls(2000)
    assert small > 10_000
    assert large / small < 4.6
