"""The theme's words in one language, as templates and views use them.

`templates/words/en.toml` has every key with its English; `docs/theme.md` lists them.
"""

import msgspec

from digest.words.plurals import PluralRule

_COUNT = ("count",)


class Phrase(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A text with places for values.

    Attributes:
        before: The text before the first place, for templates that put an element there.
        after: The text after the last place.
        names: Names of the places, in order.
        inner: The texts between two places.
    """

    before: str
    after: str = ""
    names: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()

    def of(self, **values: object) -> str:
        """Return the text with a value for each name.

        Raises:
            KeyError: where there is none for a name.
        """
        names, made = self.names, self.before
        for name, text in zip(names, self.inner, strict=False):  # there is one name more
            made = f"{made}{values[name]}{text}"
        return f"{made}{values[names[-1]]}{self.after}" if names else made


class Pair(Phrase, frozen=True, gc=False, array_like=True):
    """A text with two places, always in the same order."""

    @property
    def between(self) -> str:
        """Return the text between the two places."""
        return self.inner[0]


class Numbers(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The signs in numbers: between thousands, and before decimals."""

    group: str = ","
    decimal: str = "."


class Plural(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A text about a count, in the forms that a language has.

    Attributes:
        forms: The text by category of the rule; `other` serves for those that are missing.
        rule: The rule of the language in which the text is written.
    """

    forms: dict[str, Phrase]
    rule: PluralRule
    numbers: Numbers

    def of(self, count: int, **values: object) -> str:
        """Return the form for a count, with it and other values in their places."""
        form = self.forms.get(self.rule.category(count)) or self.forms["other"]
        written = f"{count:,}".replace(",", self.numbers.group) if count > 999 else str(count)  # noqa: PLR2004 three digits
        if form.names == _COUNT:
            return f"{form.before}{written}{form.after}"
        return form.of(count=written, **values)


class Dates(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """How dates are written, at each precision.

    Attributes:
        day, month, month_alone: Formats of `%` with the fields of CLDR's date patterns: `d`, `dd`,
            `MM`, `MMMM` and `LLLL` (the name of a month in a date, and alone), `y`.
        names: The months from January on, as dates have them; `alone`: as they stand alone.
    """

    day: str
    month: str
    month_alone: str
    names: tuple[str, ...]
    alone: tuple[str, ...]

    def label(self, year: str, month: str = "", day: str = "") -> str:
        """Return a date in words; the month or the day may be empty."""
        if not month:
            return year
        form = self.day if day else self.month
        return form % {**self._fields(month), "y": year, "d": day.lstrip("0"), "dd": day}

    def month_name(self, month: str) -> str:
        """Return the name of a month that stands alone, from its two digits."""
        return self.month_alone % self._fields(month)

    def _fields(self, month: str) -> dict[str, str]:
        place = int(month) - 1
        return {"MM": month, "MMMM": self.names[place], "LLLL": self.alone[place]}


class Section(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The base of all sections: a catalogue has a section for each, with its fields as keys."""


class Titles(Section, frozen=True, gc=False, array_like=True):
    """Titles of pages and of parts of them, and the main menu."""

    timeline: str
    storylines: str
    entities: str
    tags: str
    figures: str
    corrections: str
    search: str
    not_found: str


class Descriptions(Section, frozen=True, gc=False, array_like=True):
    """What search engines are told of a page."""

    home: str
    timeline: str
    timeline_of: Phrase
    storylines: str
    entities: str
    tags: str
    pieces_on: Phrase
    figures: str
    figures_of: Phrase
    corrections: str
    search: str


class Frame(Section, frozen=True, gc=False, array_like=True):
    """What every page has around its text."""

    skip: str
    menu: str
    feed: str
    light: str
    dark: str


class Lists(Section, frozen=True, gc=False, array_like=True):
    """What stands in lists on many pages."""

    pieces: Plural
    sources: Plural
    by_event: Plural
    latest_by_event: Plural
    older: str
    newer: str
    pager: str
    years: str
    months: str
    days: str
    no_role: str
    since: Phrase
    found: str
    as_of: Phrase
    source: str
    more: Plural


class Home(Section, frozen=True, gc=False, array_like=True):
    """The front page."""

    heading: str
    all_pieces: Plural
    nothing: str
    running: str
    next_dates: str
    numbers: Phrase
    active: str
    topics: str


class Piece(Section, frozen=True, gc=False, array_like=True):
    """The page of an article."""

    event: Phrase
    updated: Phrase
    minutes: Plural
    authors: Phrase
    who: str
    in_text: str
    sources: str
    paywall: str
    accessed: Phrase
    archive: str
    before: str
    after: str
    filed: str
    related: str
    cite: str
    quoted: Phrase
    copy: str
    copy_bibtex: str
    copied: str
    not_copied: str
    links: str
    link_here: str


class Terms(Section, frozen=True, gc=False, array_like=True):
    """The pages of tags and entities, and their lists."""

    tag: str
    entity: str
    total: Plural
    latest: Plural
    nothing: str


class Actor(Section, frozen=True, gc=False, array_like=True):
    """The page of an entity."""

    aliases: str
    parent: str
    member_of: str
    members: str
    homepage: str
    roles: str
    near: str
    pair: Phrase
    times: Plural
    together: Phrase
    quotes: str
    by_year: str


class Stories(Section, frozen=True, gc=False, array_like=True):
    """The pages of storylines, and their list."""

    storyline: str
    total: Plural
    status: str
    start: str
    end: str
    next_date: str
    parties: str
    nothing: str
    span: Pair
    until_today: Phrase
    begun: Phrase
    next: Phrase


class Figures(Section, frozen=True, gc=False, array_like=True):
    """The pages that list figures."""

    total: Plural
    more_in_years: Plural
    more_in_pieces: Plural
    entities: str


class Corrections(Section, frozen=True, gc=False, array_like=True):
    """The page of corrections."""

    lead: str
    lead_with_feed: Phrase
    feed: str
    nothing: str


class Timeline(Section, frozen=True, gc=False, array_like=True):
    """The timeline with its chart."""

    calendar: str
    chart: Phrase
    most: Phrase
    undated: Plural
    over_time: str
    bands: str
    table: str
    when: str
    pieces: str


class Filters(Section, frozen=True, gc=False, array_like=True):
    """The filters of the timeline."""

    heading: str
    label: str
    tag: str
    storyline: str
    entity: str
    kind: str
    role: str
    all: str
    clear: str
    more: str
    failed: str


class Search(Section, frozen=True, gc=False, array_like=True):
    """The search page."""

    indexes: str
    no_script: str
    text: str
    year: str
    nothing: str
    missing: str


class Llms(Section, frozen=True, gc=False, array_like=True):
    """`llms.txt`, for language models."""

    indexes: str
    corrections: str
    stories: str
    entities: str
    entity: Plural
    feeds: str
    pieces_feed: str
    corrections_feed: str
    sitemap: str


class Lost(Section, frozen=True, gc=False, array_like=True):
    """What is said of an address that has no page, or no longer."""

    lead: str
    home: str
    moved: Phrase


class Words(msgspec.Struct, frozen=True, gc=False):
    """Every word that the theme shows or lets be heard.

    Attributes:
        language: BCP 47 tag of the words, which are English where the site's have no catalogue.
        kinds: What an entity is, by its kind; `kind_titles`: the heading of a list of them.
        roles: Every role that an article may give; the empty name is for those without one.
        role_titles: The same as headings.
        statuses: States of storylines.
        source_kinds: Sorts of sources.
        figure_kinds: Headings of figures by kind.
    """

    language: str
    numbers: Numbers
    dates: Dates
    titles: Titles
    descriptions: Descriptions
    frame: Frame
    lists: Lists
    home: Home
    article: Piece
    terms: Terms
    entity: Actor
    storylines: Stories
    figures: Figures
    corrections: Corrections
    timeline: Timeline
    filters: Filters
    search: Search
    lost: Lost
    llms: Llms
    kinds: dict[str, str]
    kind_titles: dict[str, str]
    roles: dict[str, str]
    role_titles: dict[str, str]
    statuses: dict[str, str]
    source_kinds: dict[str, str]
    figure_kinds: dict[str, str]

    def heading(self, text: str) -> str:
        """Return a text that begins with a capital letter, and is otherwise as it was."""
        return heading(text)


def heading(text: str) -> str:
    """Return a text that begins with a capital letter, and is otherwise as it was."""
    return text[:1].upper() + text[1:]
