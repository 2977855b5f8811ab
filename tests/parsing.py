"""Documents parsed without a site around them."""

import datetime as dt

from digest.diagnostics import Diagnostic
from digest.load.documents import Loaded, parse_document
from digest.model.dates import When
from digest.model.records import Article


def load(
    front: str, body: str = "Text.", path: str = "content/a.md", zone: dt.tzinfo = dt.UTC
) -> Loaded:
    """Return what a file of this front matter and body loads as."""
    return parse_document(path, f"---\n{front}\n---\n\n{body}\n", zone)


def load_fields(extra: str = "", path: str = "content/a.md") -> Loaded:
    """Return an article as loaded; `extra` is front matter from line 4 on."""
    return load(f"title: A title\ndate: 2023-07-27\n{extra}", path=path)


def read_fields(extra: str = "", path: str = "content/a.md") -> Article:
    """Return the article; it must be without any finding."""
    loaded = load_fields(extra, path)
    assert loaded.diagnostics == ()
    assert isinstance(loaded.record, Article)
    return loaded.record


def the_finding(loaded: Loaded) -> Diagnostic:
    """Return the only finding of a document."""
    assert len(loaded.diagnostics) == 1, loaded.diagnostics
    return loaded.diagnostics[0]


def day(text: str) -> When:
    """Return a calendar date."""
    return When(text, text)
