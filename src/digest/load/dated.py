"""Dated text to an article: the word `date`, an ISO date, then plain paragraphs."""

import datetime as dt
import re

from digest.diagnostics import Diagnostic, Span, error
from digest.load.articles import content_id
from digest.load.dates import date_hint, parse_when
from digest.model.records import Article
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

    Codes: `no-date`, `date-format`, `empty`, `slug`.
    """
    head = _HEAD.match(text)
    if head is None or not head["date"]:
        hint = "begin the file with the word date and a date: date 2023-07-27"
        return _refuse("no-date", "no date at the head of the text", Span(path, 1), hint)
    place = _place(text, head.start("date"))
    span = Span(path, *place)
    when = parse_when(head["date"], zone)
    if when is None:
        message = f"'date' must be YYYY-MM-DD, got '{head['date']}'"
        return _refuse("date-format", message, span, date_hint(head["date"]))
    body = text[head.end() :].rstrip()
    if not body:
        return _refuse(
            "empty", "no text below the date", span, "write something, or delete the file"
        )
    title = first_sentence(body)
    slug = title_slug(title)
    if not slug:
        hint = "begin the text with a sentence, or use front matter with slug: a-short-name"
        return _refuse("slug", "no letter or digit to make a URL from", span, hint)
    below = _place(text, head.end())
    places = {"date": place, "title": below}
    article = Article(
        id=content_id(path),
        path=path,
        title=title,
        slug=slug,
        date=when,
        event_date=when,
        places=places,
    )
    return article, body, below[0], ()


def _refuse(
    code: str, message: str, span: Span, hint: str
) -> tuple[None, str, int, tuple[Diagnostic, ...]]:
    return None, "", 1, (error(code, message, span, hint),)


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
