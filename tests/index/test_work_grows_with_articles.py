"""Thousands of entities, and one that every article names, cost in proportion to the articles."""

from functools import partial

from counting import count_calls
from digest.enrich.mentions import NameFinder
from digest.enrich.names import Name
from digest.enrich.prose import make_prose
from digest.index.company import find_near
from digest.index.index import build_index
from digest.index.records import Evidence, Index
from digest.load.words import load_words
from digest.model.dates import When
from digest.model.findings import Mention
from digest.model.records import Article, Entity, EntityKind, Named

ENTITIES = 5_000


def entities() -> list[Entity]:
    return [
        Entity(
            path=f"content/entities/body-{number}.md",
            name=f"Body {number}",
            slug=f"body-{number}",
            kind=EntityKind.UNION,
        )
        for number in range(ENTITIES)
    ]


def make_index(count: int) -> Index:
    """Return an index of articles that all name one entity, and each four of the others."""
    found, mentions = [], {}
    for number in range(count):
        when = When("2023-07-27", "2023-07-27")
        path = f"content/{number:06}.md"
        found.append(
            Article(
                id=f"{number:06}",
                path=path,
                title=f"Title {number}",
                slug=f"title-{number}",
                date=when,
                event_date=when,
                entities=(Named("Body 0", "union"), Named(f"Body {number % 4999 + 1}", "employer")),
            )
        )
        others = [(number * step) % 4999 + 1 for step in (7, 31, 101)]
        mentions[path] = tuple(Mention(f"body-{other}", 1) for other in others)
    index, findings = build_index(found, entities(), evidence=Evidence({}, mentions))
    assert index is not None
    assert findings == ()
    return index


def know(count: int) -> None:
    index = make_index(count)
    for term in index.entities.values():
        find_near(term, index)
    assert len(index.entities) == ENTITIES
    assert len(index.entities["body-0"].articles) == count


def test_a_hundred_thousand_articles_are_four_times_the_work_of_a_quarter() -> None:
    small, large = (count_calls(partial(know, count)) for count in (25_000, 100_000))
    assert small > 500_000
    assert large / small < 4.4


def test_a_text_costs_what_it_names_however_many_names_there_are() -> None:
    prose = make_prose("<p>" + "Body 17 of the city met Body 23 about pay. " * 200 + "</p>")
    work = []
    for count in (500, ENTITIES):
        names = [Name(f"Body {number}", f"body-{number}") for number in range(count)]
        work.append(count_calls(partial(NameFinder(names, load_words()).find, prose)))
    assert work[0] > 1000
    assert work[1] / work[0] < 1.1
