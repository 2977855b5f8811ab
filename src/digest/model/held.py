"""Documents that are not on the site."""

import datetime as dt
from enum import StrEnum

import msgspec


class Reason(StrEnum):
    """Why a document is not on the site."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"


NO_REASON: frozenset[Reason] = frozenset()
EVERY_REASON = frozenset(Reason)


class Held(msgspec.Struct, frozen=True, array_like=True):
    """A document that is held back.

    Attributes:
        until: When it will be published, in the site's time zone; None for never by itself.
    """

    path: str
    title: str
    reason: Reason
    until: dt.datetime | None = None
