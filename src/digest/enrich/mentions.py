"""Names in texts: whole words, the longest name first, never inside addresses."""

import re
from collections.abc import Iterable
from itertools import product

import msgspec

from digest.enrich.automaton import find_all
from digest.enrich.names import Case, Name, Pattern, fold, lower, make_patterns
from digest.enrich.prose import Prose
from digest.enrich.words import (
    is_common,
    is_headline,
    is_name_here,
    is_of_another,
    is_part_of_other,
    is_small_text,
)
from digest.model.findings import Mention

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,200}"
)
_DOMAIN = re.compile(r"\.[a-z]{2,}")
# Scripts that put no space between words (Unicode Standard, Annex 29).
_NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_NEIGHBOUR = re.compile(r"[^\W\d_]{3,}")
# What most names stand between; with these there is nothing more to ask.
_PLAIN = frozenset(product(("", " ", "\n", "(", '"'), ("", *" \n,;:)'\"")))
_LONG_ACRONYM = 5


class Hit(msgspec.Struct, frozen=True, gc=False):
    """One place where a name stands."""

    start: int
    end: int
    pattern: Pattern
    sure: bool


class _Patterns:
    """Patterns with the automaton that finds them."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        by_text: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            by_text.setdefault(pattern.folded, []).append(pattern)
        self._patterns = list(by_text.values())
        self._search = find_all(list(by_text))

    def find(self, text: str) -> list[tuple[int, int, Pattern]]:
        """Return where patterns stand in a folded text in small letters, overlapping ones too."""
        return [
            (start, end, pattern)
            for number, start, end in self._search(text)
            for pattern in self._patterns[number]
        ]


class NameFinder:
    """Finds the names of a site in texts."""

    def __init__(self, names: Iterable[Name], words: frozenset[str]) -> None:
        self._words = words
        self._patterns = _Patterns(make_patterns(names, words))

    def find(
        self, prose: Prose, title: str = "", local: Iterable[Name] = ()
    ) -> tuple[Mention, ...]:
        """Return the entities that a text names, in the order of their first place.

        Args:
            prose: The text.
            title: A title, which names entities too, but holds no links.
            local: Names that hold in this text alone.
        """
        own = _Patterns(make_patterns(local, self._words)) if local else None
        hits = self._hits(prose.text, own)
        if prose.foreign:
            first, last = prose.foreign[0][0], prose.foreign[-1][1]
            hits = [
                hit
                for hit in hits
                if hit.end <= first or hit.start >= last or not prose.is_foreign(hit.start, hit.end)
            ]
        heads = self._hits(title, own) if title else []
        if heads and is_headline(title):
            heads = [_doubted(hit) for hit in heads]
        known = {hit.pattern.slug for hit in (*hits, *heads) if hit.sure}
        hits = [hit for hit in hits if hit.pattern.slug in known]
        heads = [hit for hit in heads if hit.pattern.slug in known]
        return _mentions(prose, hits, heads)

    def _hits(self, text: str, own: _Patterns | None) -> list[Hit]:
        """Return where names stand, none inside another, in order; own names go first."""
        folded = fold(text)
        small = lower(folded)
        found = self._patterns.find(small)
        if own:
            found = [*own.find(small), *found]
        if not found:
            return []
        found.sort(key=_by_place)
        blocked = _addresses(folded)
        kept: list[Hit] = []
        sure: set[str] = set()
        taken = 0
        for start, end, pattern in found:
            while blocked and blocked[-1][1] <= start:
                blocked.pop()
            if start < taken or (blocked and blocked[-1][0] < end):
                continue
            if _has_case(folded[start:end], pattern) and (
                (folded[start - 1 : start], folded[end : end + 1]) in _PLAIN
                or _is_whole(folded, start, end)
            ):
                slug = pattern.slug  # one sure place is enough: the rest are asked no more
                if slug not in sure and self._is_sure(folded, start, end, pattern):
                    sure.add(slug)
                kept.append(Hit(start, end, pattern, slug in sure))
                taken = end
        return kept

    def _is_sure(self, text: str, start: int, end: int, pattern: Pattern) -> bool:
        """Return whether the place alone says that the name is meant."""
        words, case = self._words, pattern.case
        if case is Case.ANY and pattern.text.isalpha():
            if text[start:end].islower() and not is_small_text(text):
                return False
            return not is_part_of_other(text, start, end, words, strict=False)
        if case is Case.TITLE and end - start < _LONG_ACRONYM:
            return False
        if case is Case.WORD or case is Case.TITLE:
            return is_name_here(text, start, end, words)
        if case is Case.EXACT:
            common = is_common(pattern.folded, words)
            return not (common and _is_shouted(text, start, end))
        return not is_of_another(text, start, end)


def _by_place(found: tuple[int, int, Pattern]) -> tuple[int, int]:
    """Return what puts the first name first, and the longest where several begin."""
    return found[0], -found[1]


def _mentions(prose: Prose, hits: list[Hit], heads: list[Hit]) -> tuple[Mention, ...]:
    """Return one mention for each entity, with the first place that may be a link."""
    counts: dict[str, int] = {}
    places: dict[str, tuple[int, int]] = {}
    for hit in hits:
        slug = hit.pattern.slug
        counts[slug] = counts.get(slug, 0) + 1
        if slug not in places and not prose.is_quiet(hit.start, hit.end):
            span = prose.span(hit.start, hit.end)
            if span:
                places[slug] = span
    for hit in heads:
        counts[hit.pattern.slug] = counts.get(hit.pattern.slug, 0) + 1
    return tuple(
        Mention(slug, count, *places.get(slug, (-1, -1))) for slug, count in counts.items()
    )


def _doubted(hit: Hit) -> Hit:
    """Return a hit in a headline, whose capitals say nothing of common words."""
    doubtful = hit.pattern.case is Case.WORD or hit.pattern.case is Case.CAPITALS
    return msgspec.structs.replace(hit, sure=False) if doubtful else hit


def _addresses(text: str) -> list[tuple[int, int]]:
    """Return where web and mail addresses stand, the last one first."""
    if "://" not in text and "www." not in text and "@" not in text:
        return []
    return [match.span() for match in _ADDRESS.finditer(text)][::-1]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a stretch is made of whole words and is no part of a compound name."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before.isalnum() or before == "_") and not _joins(before, text[start]):
        return False
    if (after.isalnum() or after == "_") and not _joins(text[end - 1], after):
        return False
    if before and before in "@./\\" and text[start - 2 : start - 1].isalnum() and before != "/":
        return False
    if after == "/" and "." in text[start:end]:
        return False
    if after == "." and _DOMAIN.match(text, end):
        return (
            text[start].isupper()
            and text.startswith(".com", end)
            and text[end + 4 : end + 5] != "/"
        )
    return True


def _joins(left: str, right: str) -> bool:
    """Return whether two letters may stand side by side and yet in two words."""
    return bool(_NO_SPACES.match(left) or _NO_SPACES.match(right))


def _has_case(written: str, pattern: Pattern) -> bool:
    """Return whether a stretch has the capitals that its name asks for."""
    if written == pattern.text:
        return True
    if pattern.case is Case.ANY:
        # The New York Times, but New York times vary.
        small = written.rpartition(" ")[2].islower() and not written.islower()
        return not (small and pattern.text.rpartition(" ")[2][:1].isupper())
    if pattern.case is Case.EXACT or pattern.case is Case.TITLE:
        return False
    return written.isupper()


def _is_shouted(text: str, start: int, end: int) -> bool:
    """Return whether a neighbour is in capitals too, as in a line of nothing else."""
    before, after = text[max(0, start - 20) : start].split(), text[end : end + 20].split()
    near = (*before[-1:], *after[:1])
    return any(word.isupper() and _NEIGHBOUR.fullmatch(word) for word in near)
