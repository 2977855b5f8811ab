"""Articles, entities, storylines and content pages as an editor wrote them, checked and frozen.

No field is filled in later: what the whole site knows about an article is in the index, what its
page shows is in a view.
"""

from enum import StrEnum

import msgspec

from digest.diagnostics import Span
from digest.model.dates import When

Places = dict[str, tuple[int, int]]
"""Line and column of the fields that a later stage may have to point at."""


class Status(StrEnum):
    """Whether a document is published, and whether lists name it."""

    PUBLISHED = "published"
    DRAFT = "draft"
    UNLISTED = "unlisted"


class EntityKind(StrEnum):
    """What sort of actor an entity is."""

    UNION = "union"
    COMPANY = "company"
    TRADE_ASSOCIATION = "trade-association"
    GOVERNMENT = "government"
    COURT = "court"
    NONPROFIT = "nonprofit"
    PERSON = "person"
    WORKER_GROUP = "worker-group"
    PRODUCT = "product"
    OTHER = "other"


class SourceKind(StrEnum):
    """What sort of document a source is."""

    PRESS = "press"
    STATEMENT = "statement"
    COURT_FILING = "court-filing"
    DATA = "data"
    LAW = "law"


class Source(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Where a claim comes from; only `url` is always there.

    Attributes:
        archive: URL of a copy that stays, or empty.
        paywall: Whether readers have to pay.
        line: 1-based line in the file, 0 where unknown.
    """

    url: str
    title: str = ""
    publisher: str = ""
    date: When | None = None
    accessed: When | None = None
    archive: str = ""
    kind: SourceKind | None = None
    paywall: bool = False
    line: int = 0


class Named(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A name that an article declares, with the role it plays there or an empty string."""

    name: str
    role: str = ""


class Figure(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A number that an article reports.

    Attributes:
        what: What is counted.
        low: The number as written, or the lower end of a range.
        high: The upper end of a range, or an empty string.
        unit: Unit as written, such as `USD an hour`.
        as_of: The date at which the number held.
        source: URL of the source, or an empty string.
    """

    what: str
    low: str
    high: str = ""
    unit: str = ""
    as_of: When | None = None
    source: str = ""


class Correction(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What was put right, and when."""

    date: When
    text: str


class Image(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A picture as written: a path relative to the article or to the site, and its description."""

    src: str
    alt: str = ""


class Article(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag=True, array_like=True):
    """One dated piece.

    Attributes:
        id: Stable identity: the `id` field, else the path below `content/` without its ending.
        path: Path of the file relative to the site, with forward slashes.
        slug: Last part of the URL.
        date: When the piece appeared; `event_date`: when the event was, by default the same.
        publish: From when on the piece may be published, if not from `date`.
        expires: From when on it is published no longer.
        figures_hide: Texts of figures that were found wrongly: pages show them nowhere.
        places: Places of the fields that later stages point at.
    """

    id: str
    path: str
    title: str
    slug: str
    date: When
    event_date: When
    updated: When | None = None
    publish: When | None = None
    expires: When | None = None
    status: Status = Status.PUBLISHED
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    description: str = ""
    image: Image | None = None
    sources: tuple[Source, ...] = ()
    entities: tuple[Named, ...] = ()
    storylines: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    figures_hide: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    lang: str = ""
    template: str = ""
    places: Places = {}

    @property
    def changed(self) -> When | None:
        """Return when it was changed last: `updated` or a later correction, else None."""
        dates = [item.date for item in self.corrections]
        dates += [self.updated] if self.updated else []
        return max(dates, key=lambda when: when.key, default=None)

    def span(self, field: str = "") -> Span:
        """Return the place of a field, or of the file where the field has none."""
        return Span(self.path, *self.places.get(field, (0, 0)))


class Entity(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag=True, array_like=True):
    """An actor that has a file of its own; relations are names of other entities.

    Attributes:
        mentions: Whether its names are looked for in texts.
    """

    path: str
    name: str
    slug: str
    kind: EntityKind = EntityKind.OTHER
    aliases: tuple[str, ...] = ()
    acronym: str = ""
    homepage: str = ""
    wikidata: str = ""
    member_of: tuple[str, ...] = ()
    parent: str = ""
    description: str = ""
    mentions: bool = True
    places: Places = {}

    def span(self, field: str = "") -> Span:
        """Return the place of a field, or of the file where the field has none."""
        return Span(self.path, *self.places.get(field, (0, 0)))


class StorylineStatus(StrEnum):
    """How far a dispute or a story has come."""

    ONGOING = "ongoing"
    SETTLED = "settled"
    RULED = "ruled"
    WITHDRAWN = "withdrawn"


class Storyline(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag=True, array_like=True):
    """A dispute or story that goes on over many articles.

    Attributes:
        parties: Names of entities with the roles that they play in it.
        next_date: When something is known to happen next.
    """

    path: str
    title: str
    slug: str
    start: When | None = None
    end: When | None = None
    status: StorylineStatus = StorylineStatus.ONGOING
    parties: tuple[Named, ...] = ()
    next_date: When | None = None
    description: str = ""
    places: Places = {}

    def span(self, field: str = "") -> Span:
        """Return the place of a field, or of the file where the field has none."""
        return Span(self.path, *self.places.get(field, (0, 0)))


class ContentPage(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag=True, array_like=True):
    """A page that is no dated piece, such as an About page.

    Attributes:
        parts: The slugs that make its URL, outermost first.
    """

    path: str
    title: str
    parts: tuple[str, ...]
    status: Status = Status.PUBLISHED
    description: str = ""
    aliases: tuple[str, ...] = ()
    lang: str = ""
    template: str = ""
    places: Places = {}

    def span(self, field: str = "") -> Span:
        """Return the place of a field, or of the file where the field has none."""
        return Span(self.path, *self.places.get(field, (0, 0)))


Record = Article | Entity | Storyline | ContentPage


class Link(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A link or picture inside a body that leads somewhere on this site.

    Attributes:
        target: What was written, percent-escapes included.
        line: 1-based line in the file, 0 where it could not be found again.
        image: Whether it is a picture.
        strict: Whether it was written as Markdown; a raw HTML link may be dropped.
        described: Whether a picture has a text for those who do not see it.
        width: Width that the text gives to a picture in CSS pixels, 0 where it says nothing.
        height: The same.
    """

    target: str
    line: int = 0
    image: bool = False
    strict: bool = True
    described: bool = True
    width: int = 0
    height: int = 0


class Body(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The safe HTML of a document, open at the places where links must be filled in.

    Attributes:
        html: Pieces of HTML; between piece n and n + 1 stands the attribute of `links[n]`.
        links: Links to this site, in the order of the text.
        anchors: Ids that a link may point at.
        lead: Plain text of the first paragraph.
        paragraphs: Ids of the paragraphs, which links may point at too; one space between them.
    """

    html: tuple[str, ...] = ("",)
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    lead: str = ""
    paragraphs: str = ""
