"""Dated text to an article: the word `date`, an ISO date, then plain paragraphs."""

import datetime as dt
import re

from digest.diagnostics import Diagnostic, Span, error
from digest.load.articles import content_id
from digest.load.dates import date_hint, parse_when
from digest.model.records import Article
from digest.model.text import FORBIDDEN
from digest.urls import title_slug

_HEAD = re.compile(r"\s*date\b:?\s*(?P<date>\S*)(?P<gap>\s*)", re.IGNORECASE)
# The end of a sentence: a stop after no single capital (as in "U.S. ports"), then a space.
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?…][\"”’')\]]*(?=\s+[^a-z])|[.!?…][\"”’')\]]*\s*\Z")
_TITLE_CHARACTERS = 90


def is_dated_text(text: str) -> bool:
    """Return whether a text begins with the word `date` and something that may be a date."""
    return re.match(r"\s*date\b:?\s+\S", text, re.IGNORECASE) is not None


def read_dated(
    path: str, text: str, zone: dt.tzinfo
) -> tuple[Article | None, str, int, tuple[Diagnostic, ...]]:
    """Return the article, its paragraphs, the line where they begin, and findings.

    Codes: `no-date`, `date-format`, and those of `_title_fault`.
    """
    head = _HEAD.match(text)
    if head is None or not head["date"]:
        hint = "begin the file with the word date and a date: date 2023-07-27"
        fault = error("no-date", "no date at the head of the text", Span(path, 1, 1), hint)
        return None, "", 1, (fault,)
    place = _place(text, head.start("date"))
    when = parse_when(head["date"], zone)
    if when is None:
        message = f"'date' must be YYYY-MM-DD, got '{head['date']}'"
        fault = error("date-format", message, Span(path, *place), date_hint(head["date"]))
        return None, "", 1, (fault,)
    body, below = text[head.end() :].rstrip(), _place(text, head.end())
    title = first_sentence(body)
    slug = title_slug(title)
    wrong = _title_fault(title, slug, Span(path, *(below if body else place)))
    if wrong:
        return None, "", 1, (wrong,)
    article = Article(
        id=content_id(path),
        path=path,
        title=title,
        slug=slug,
        date=when,
        event_date=when,
        places={"date": place, "title": below},
    )
    return article, body, below[0], ()


def _title_fault(title: str, slug: str, span: Span) -> Diagnostic | None:
    """Return why a first sentence makes no title: `empty`, `control-character` or `slug`."""
    if not title:
        hint = "write the text below the date, its first sentence is the title"
        return error("empty", "no text below the date", span, hint)
    bad = FORBIDDEN.search(title)
    if bad:
        message = f"the first sentence holds the character U+{ord(bad[0]):04X}"
        return error("control-character", message, span, "delete the character")
    if not slug:
        message = "the first sentence has no letter or digit to make a URL from"
        return error("slug", message, span, "begin the text with a sentence of words")
    return None


def first_sentence(text: str, limit: int = _TITLE_CHARACTERS) -> str:
    """Return the first sentence without its full stop, cut at a word near `limit` characters."""
    paragraph = " ".join(re.split(r"\n[ \t]*\n", text.strip(), maxsplit=1)[0].split())
    end = _SENTENCE_END.search(paragraph)
    sentence = paragraph[: end.end()].strip() if end else paragraph
    if len(sentence) > limit:
        cut = sentence[:limit].rpartition(" ")[0] or sentence[: limit - 1]
        return cut.rstrip(" ,;:–—-") + "…"
    return sentence.removesuffix(".")


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
