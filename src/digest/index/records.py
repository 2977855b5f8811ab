"""What the index is made of."""

import msgspec

from digest.index.names import EntityNames
from digest.index.naming import Defined, Naming
from digest.index.related import Membership
from digest.index.stories import Stories
from digest.index.vocabulary import Vocabulary
from digest.model.findings import Extract, Mention
from digest.model.records import Article, Entity, EntityKind


class Term(msgspec.Struct, frozen=True):
    """A tag or entity with its articles.

    Attributes:
        slug: Its slug.
        name: The spelling to show.
        articles: Listed articles, by date and then id.
        entity: Its file, if it is an entity and has one.
        defined: What texts say of its name, if it is an entity that they define.
    """

    slug: str
    name: str
    articles: tuple[Article, ...]
    entity: Entity | None = None
    defined: Defined | None = None

    @property
    def kind(self) -> EntityKind:
        """Return the kind of the entity, `other` where no file says."""
        return self.entity.kind if self.entity else EntityKind.OTHER


class Part(msgspec.Struct, frozen=True, gc=False):
    """An entity's part in an article.

    Attributes:
        role: The role that the article gives it, or empty.
        found: Whether only the text names it, and the front matter does not.
    """

    slug: str
    role: str = ""
    found: bool = False


class Evidence(msgspec.Struct, frozen=True):
    """What was found in the texts, by path of the article."""

    extracts: dict[str, Extract] = {}
    mentions: dict[str, tuple[Mention, ...]] = {}


NO_EVIDENCE = Evidence()
ANY_TAG = Vocabulary()


class Index(msgspec.Struct, frozen=True):
    """Everything that only the whole site knows.

    Attributes:
        articles: Listed articles by date and then id; an older one stands before a newer one.
        unlisted: Articles that have a page and stand on no list, by date and then id.
        positions: Place in `articles` by article id.
        tags: Tags that listed articles use, by slug, A to Z.
        entities: Entities by slug, A to Z: those with a file and those that listed articles name.
        names: How names lead to entities.
        membership: The lists that make articles related.
        timeline: Listed articles by year, then by month (empty for year precision), each by event
            date and then id.
        members: Slugs of the entities that belong to one, as member or part, by its slug.
        parts: The entities of each article that have pages, by its path, declared ones first.
        stories: The storylines.
        vocabulary: What written tags stand for.
        evidence: What was found in the texts.
    """

    articles: tuple[Article, ...]
    unlisted: tuple[Article, ...]
    positions: dict[str, int]
    tags: dict[str, Term]
    entities: dict[str, Term]
    names: EntityNames
    membership: Membership
    timeline: dict[str, dict[str, tuple[Article, ...]]]
    members: dict[str, tuple[str, ...]]
    parts: dict[str, tuple[Part, ...]]
    stories: Stories
    vocabulary: Vocabulary
    evidence: Evidence
    naming: Naming

    def parts_of(self, article: Article) -> tuple[Part, ...]:
        """Return the entities of an article that have pages: declared ones, then found ones."""
        return self.parts[article.path]

    def tags_of(self, article: Article) -> tuple[Term, ...]:
        """Return the tags of an article, in the order written."""
        slugs = dict.fromkeys(map(self.vocabulary.slug, article.tags))
        return tuple(self.tags[slug] for slug in slugs if slug in self.tags)
