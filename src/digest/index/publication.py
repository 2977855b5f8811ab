"""Which articles the site shows at the moment of the build, and what is held back and why."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from digest.config.records import Clock
from digest.model.dates import Precision, When
from digest.model.held import NO_REASON, Held, Reason
from digest.model.records import Article, ContentPage, Status
from digest.urls import article_url


def start_of(when: When, zone: dt.tzinfo) -> dt.datetime:
    """Return the first moment of a date: midnight in `zone`, or the moment itself."""
    if when.precision is Precision.MOMENT:
        return dt.datetime.fromisoformat(when.text)
    month, day = int(when.month or 1), int(when.day or 1)
    return dt.datetime(int(when.year), month, day, tzinfo=zone)


def _begun_before(clock: Clock) -> str:
    """Return a date such that every date written before it has begun, in any time zone.

    Written dates sort by what they say; the offsets of both clocks come to less than two days.
    """
    day = clock.now.toordinal() - 2
    return dt.date.fromordinal(day).isoformat() if day > 0 else ""


def held_reason(
    document: Article | ContentPage, clock: Clock, shown: Collection[Reason] = NO_REASON
) -> Held | None:
    """Return why a document is held back, or None if it is on the site.

    A document appears at `publish`, else at `date`, and is gone from `expires` on; a calendar date
    begins at midnight in the site's time zone. The reasons in `shown` hold nothing back.
    """
    return next((held for held in _held(document, clock) if held.reason not in shown), None)


def _held(document: Article | ContentPage, clock: Clock) -> Iterator[Held]:
    """Yield everything that holds a document back."""
    if document.status is Status.DRAFT:
        yield Held(document.path, document.title, Reason.DRAFT)
    if isinstance(document, ContentPage):
        return
    if document.expires and start_of(document.expires, clock.zone) <= clock.now:
        yield Held(document.path, document.title, Reason.EXPIRED)
    appears = start_of(document.publish or document.date, clock.zone)
    if appears > clock.now:
        until = appears.astimezone(clock.zone)
        yield Held(document.path, document.title, Reason.SCHEDULED, until)


def split_published(
    documents: Iterable[Article], clock: Clock, shown: Collection[Reason] = NO_REASON
) -> tuple[tuple[Article, ...], tuple[Held, ...]]:
    """Return the articles on the site, by date and then id, and the rest by path."""
    live: list[Article] = []
    held: list[Held] = []
    begun = _begun_before(clock)
    for document in documents:
        plain = not document.expires and document.status is not Status.DRAFT
        if plain and (document.publish or document.date).text < begun:
            live.append(document)  # as nearly all are; the same answer, without moments
            continue
        reason = held_reason(document, clock, shown)
        if reason is None:
            live.append(document)
        else:
            held.append(reason)
    live.sort(key=lambda article: (article.date.key, article.id))
    return tuple(live), tuple(sorted(held, key=lambda item: item.path))


def leave_out_replaced(
    live: Iterable[Article], clock: Clock
) -> tuple[tuple[Article, ...], tuple[Held, ...]]:
    """Return articles without those that the clock holds back where another has their URL.

    A preview shows everything, and of an expired piece and the one in its place the latter. The
    second value are those that are left out, by path.
    """
    articles = tuple(live)
    plain, held = split_published(articles, clock)
    if not held:
        return articles, ()
    urls = {article_url(article.date, article.slug) for article in plain}
    waiting = {item.path: item for item in held}
    out = {
        article.path
        for article in articles
        if article.path in waiting and article_url(article.date, article.slug) in urls
    }
    kept = tuple(article for article in articles if article.path not in out)
    return kept, tuple(item for item in held if item.path in out)


def unchanged_span(
    documents: Iterable[Article], clock: Clock
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return from when on, and until when, the same articles are on the site as now.

    None stands for no such moment; the second one is itself outside.
    """
    written: dict[str, When] = {}
    for document in documents:
        begins = document.publish or document.date
        written[begins.text] = begins
        if document.expires:
            written[document.expires.text] = document.expires
    moments = {start_of(when, clock.zone) for when in written.values()}
    before = max((moment for moment in moments if moment <= clock.now), default=None)
    return before, min((moment for moment in moments if moment > clock.now), default=None)
