"""What a catalogue says for a key to the record that serves templates."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from digest.diagnostics import Diagnostic, error, nearest
from digest.model.text import FORBIDDEN
from digest.words.locales import Language, read_pattern
from digest.words.plurals import CATEGORIES
from digest.words.records import Pair, Phrase, Plural

_PLACE = re.compile(r"\{([^{}]*)\}")
_LONGEST = 500
_COUNT = "count"


class DateFormat(msgspec.Struct, frozen=True):
    """The kind of a key that holds a date pattern."""


class Rule(msgspec.Struct, frozen=True):
    """What a key holds: a kind of record or text, with the names of its places or date fields."""

    kind: type
    names: tuple[str, ...] = ()


def places(value: object) -> tuple[str, ...]:
    """Return the names of the places in a text, or in the forms of a plural, each once."""
    texts = value.values() if isinstance(value, dict) else (value,)
    found = [name for text in texts if isinstance(text, str) for name in _PLACE.findall(text)]
    return tuple(dict.fromkeys(found))


def read_value(key: str, value: object, rule: Rule, language: Language) -> Any:
    """Return the record or text that a key has, or an error without a place."""
    if rule.kind is Plural:
        return _plural(key, value, rule, language)
    if not isinstance(value, str):
        hint = f'write {key} = "…"'
        return error("words-type", f"'{key}' must be text in quotes, got {value!r}", None, hint)
    if rule.kind is DateFormat:
        return _date_format(key, value, rule)
    if fault := _fault(key, value, rule.names) or _misses(key, value, rule):
        return fault
    return value if rule.kind is str else _phrase(value, rule.kind)


def _phrase(text: str, kind: type[Phrase] = Phrase) -> Phrase:
    parts = _PLACE.split(text)
    texts, names = parts[::2], tuple(parts[1::2])
    after = texts.pop() if names else ""
    return kind(texts[0], after, names, tuple(texts[1:]))


def _plural(key: str, value: object, rule: Rule, language: Language) -> Plural | Diagnostic:
    """Return a plural; a text alone serves for every count."""
    forms = {"other": value} if isinstance(value, str) else value
    if not isinstance(forms, dict) or not all(isinstance(it, str) for it in forms.values()):
        hint = f'write {key} = {{ one = "…", other = "…" }}'
        return error("words-type", f"'{key}' must have a text for each form", None, hint)
    for name, text in forms.items():
        if name not in CATEGORIES:
            hint = meant(name, CATEGORIES, "known are")
            return error("words-unknown", f"unknown form '{name}' of '{key}'", None, hint)
        if fault := _fault(key, text, (_COUNT, *rule.names)):
            return fault
    if "other" not in forms:
        hint = "it serves for counts that no other form has"
        return error("words-value", f"'{key}' has no form 'other'", None, hint)
    phrases = {name: _phrase(text) for name, text in forms.items()}
    return Plural(phrases, language.rule, language.numbers)


def _fault(key: str, text: str, names: Iterable[str]) -> Diagnostic | None:
    """Return what is wrong with a text that may have places of some names."""
    if not text.strip() or len(text) > _LONGEST or FORBIDDEN.search(text):
        message = f"'{key}' is empty, too long or holds a control character"
        return error("words-value", message)
    found = _PLACE.findall(text)
    for name in found:
        if name not in names:
            hint = meant(name, names, "it may have") if names else "leave the braces out"
            return error("words-value", f"'{key}' has no place '{{{name}}}'", None, hint)
    if len(set(found)) < len(found) or set(_PLACE.sub("", text)) & set("{}"):
        return error("words-value", f"'{key}' has a place twice, or a single brace")
    return None


def _misses(key: str, text: str, rule: Rule) -> Diagnostic | None:
    """Return the error of a text that leaves out a place, or has two in another order."""
    found = tuple(_PLACE.findall(text))
    for name in rule.names:
        if name not in found:
            hint = "the value would be lost"
            return error("words-value", f"'{key}' lacks the place '{{{name}}}'", None, hint)
    if rule.kind is Pair and found != rule.names:
        order = " before ".join(f"'{{{name}}}'" for name in rule.names)
        return error("words-value", f"'{key}' must have {order}")
    return None


def _date_format(key: str, text: str, rule: Rule) -> str | Diagnostic:
    """Return the `%` format of a date pattern."""
    if fault := _fault(key, text, ()):
        return fault
    try:
        form, fields = read_pattern(text)
    except ValueError as wrong:
        return error("words-value", f"'{key}' is no date pattern: {wrong}")
    for field in fields:
        if field not in rule.names:
            hint = f"it may have {', '.join(rule.names)}; words stand in single quotes: 'de'"
            return error("words-value", f"'{key}' may not have the field '{field}'", None, hint)
    return form


def meant(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the hint for an unknown name: the nearest of the known ones, or all of them."""
    names = sorted(known)
    close = nearest(name, names)
    return f"did you mean '{close}'?" if close else f"{otherwise} {', '.join(names)}"
