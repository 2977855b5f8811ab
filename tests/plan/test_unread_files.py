import datetime as dt

from digest.config.records import Config, SiteInfo
from digest.index.index import build_index
from digest.model.dates import When
from digest.model.records import Article, Body, Link
from digest.plan.plan import Inputs, make_plan
from support import MAKERS, shipped_words


def test_a_file_that_nobody_could_read_is_an_error() -> None:
    path, when = "content/a.md", When("2023", "2023")
    item = Article(id="a", path=path, title="A", slug="a", date=when, event_date=when)
    index, _ = build_index((item,), ())
    assert index is not None
    body = Body(("<p><a", ">x</a></p>"), (Link("paper.pdf", 7),))
    inputs = Inputs(
        Config(SiteInfo("T")),
        shipped_words(),
        dt.UTC,
        index,
        MAKERS,
        bodies={path: body},
        files={"content/paper.pdf": "/nowhere/paper.pdf"},
        keys={path: b"a"},
    )
    plan, findings = make_plan(inputs)
    assert plan is None
    (finding,) = findings
    assert (finding.code, str(finding.span)) == ("unreadable", "content/paper.pdf")
