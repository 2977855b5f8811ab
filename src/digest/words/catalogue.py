"""Catalogues to words: TOML files of the theme, over which those of a site win key by key."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from digest.config.toml import TomlFault, find_place, read_toml
from digest.diagnostics import Diagnostic, Span, error, has_errors, warning
from digest.words.locales import Language, know_english, know_language, shorter_tags
from digest.words.plurals import PluralRule
from digest.words.records import Section, Words, heading
from digest.words.values import DateFormat, Rule, meant, places, read_value

ENGLISH = "en"
_SETTINGS = "site.toml"
_MOST_NAMED = 12
_DATES = {
    "day": ("d", "dd", "MM", "MMMM", "LLLL", "y"),
    "month": ("MM", "MMMM", "LLLL", "y"),
    "month_alone": ("MM", "MMMM", "LLLL"),
}

Key = tuple[str, str]
"""A section and a key in it."""


class Source(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The text of a catalogue; `path` is shown in messages."""

    path: str
    text: str


def make_words(
    sources: Mapping[str, Sequence[Source]], tag: str, roles: Iterable[str]
) -> tuple[Words | None, tuple[Diagnostic, ...]]:
    """Return the words of a language, or None where the catalogues have errors, and findings.

    Codes: `words-syntax`, `words-unknown`, `words-type`, `words-value`, `words-missing`,
    `words-language`.

    Args:
        sources: Texts by the language tag in the names of their files, the theme's own first; it
            has every key in English.
        tag: The language of the site; of a region without a catalogue the language counts.
        roles: Roles that a catalogue may name beside those of the theme.
    """
    files = {name.lower(): found for name, found in sources.items()}
    shipped = files[ENGLISH][0]
    sample = read_toml(shipped.text, shipped.path)
    if isinstance(sample, TomlFault):
        return None, (_syntax(sample),)
    wanted, roles = _rules(sample), tuple(roles)
    rules = {**{("roles", role): Rule(str) for role in roles}, **wanted}
    english, known = know_english(), know_language(tag)
    spoken = known or msgspec.structs.replace(english, rule=PluralRule())
    values, findings = _read(files[ENGLISH], rules, english)
    if not has_errors(findings):
        findings += _lacks(wanted, values, shipped.path, error)
    chain = [name for name in shorter_tags(tag) if name in files and name != ENGLISH]
    above = [source for name in reversed(chain) for source in files[name]]
    own, more = _read(above, rules, spoken)
    findings += more
    if ENGLISH not in shorter_tags(tag):
        wanted = {key: rule for key, rule in wanted.items() if key[0] != "dates"}
        findings += _lacks(wanted, own, above[-1].path, warning) if chain else [_no_words(tag)]
        if known:  # it writes dates in its own way
            values = {key: value for key, value in values.items() if key[0] != "dates"}
    if has_errors(findings):
        return None, tuple(findings)
    values = {**{("roles", role): role.replace("-", " ") for role in roles}, **values, **own}
    return _assemble(values, spoken, chain[0] if chain else ENGLISH), tuple(findings)


def _rules(sample: Mapping[str, Any]) -> dict[Key, Rule]:
    """Return what each key holds: its kind is that of the record, its places the English ones."""
    rules: dict[Key, Rule] = {("dates", key): Rule(DateFormat, it) for key, it in _DATES.items()}
    for section in msgspec.structs.fields(Words):
        said = sample.get(section.name)
        said = said if isinstance(said, dict) else {}
        if isinstance(section.type, type) and issubclass(section.type, Section):
            for field in msgspec.structs.fields(section.type):
                names = places(said.get(field.name, ""))
                rules[section.name, field.name] = Rule(field.type, names)
        elif section.type == dict[str, str]:
            rules |= {(section.name, key): Rule(str) for key in said}
    return rules


def _read(
    sources: Iterable[Source], rules: Mapping[Key, Rule], language: Language
) -> tuple[dict[Key, Any], list[Diagnostic]]:
    """Return what catalogues of a language say, of which later ones win, and findings."""
    values: dict[Key, Any] = {}
    findings: list[Diagnostic] = []
    for source in sources:
        data = read_toml(source.text, source.path)
        if isinstance(data, TomlFault):
            findings.append(_syntax(data))
            continue
        for key, value in _entries(data, rules):
            made = value
            if not isinstance(made, Diagnostic):
                made = read_value(key[1], value, rules[key], language)
            if isinstance(made, Diagnostic):
                span = find_place(source.text, source.path, *key)
                findings.append(msgspec.structs.replace(made, span=span))
            else:
                values[key] = made
    return values, findings


def _entries(data: Mapping[str, Any], rules: Mapping[Key, Rule]) -> Iterator[tuple[Key, Any]]:
    """Yield the entries of a catalogue; for those that no rule knows an error without a place."""
    sections = {section for section, _ in rules}
    for section, keys in data.items():
        if section not in sections:
            hint = meant(section, sections, "known are")
            yield (section, ""), error("words-unknown", f"unknown section '{section}'", None, hint)
        elif not isinstance(keys, dict):
            hint = f"write [{section}] and its keys below it"
            yield (section, ""), error("words-type", f"'{section}' must be a section", None, hint)
        else:
            for key, value in keys.items():
                yield (
                    (section, key),
                    value if (section, key) in rules else _unknown(section, key, rules),
                )


def _unknown(section: str, key: str, rules: Mapping[Key, Rule]) -> Diagnostic:
    hint = meant(key, [name for own, name in rules if own == section], "known are")
    return error("words-unknown", f"unknown key '{key}' of [{section}]", None, hint)


def _syntax(fault: TomlFault) -> Diagnostic:
    hint = 'write lines such as tags = "Topics" below [titles]'
    return error("words-syntax", fault.message, fault.span, hint)


def _lacks(
    wanted: Iterable[Key], values: Mapping[Key, Any], path: str, fault: Callable[..., Diagnostic]
) -> list[Diagnostic]:
    """Return one finding that names the keys without a value, if there are any."""
    lacking = [".".join(key) for key in wanted if key not in values]
    if not lacking:
        return []
    names = ", ".join(lacking[:_MOST_NAMED])
    more = f" and {len(lacking) - _MOST_NAMED} more" if len(lacking) > _MOST_NAMED else ""
    hint = "their words are English until then; docs/theme.md lists all keys"
    return [fault("words-missing", f"lacks the keys {names}{more}", Span(path), hint)]


def _no_words(tag: str) -> Diagnostic:
    name = tag.lower().partition("-")[0]
    hint = f"add templates/words/{name}.toml with your own words"
    message = f"the theme has no words in '{tag}': those of the pages are English"
    return warning("words-language", message, Span(_SETTINGS), hint)


def _assemble(values: Mapping[Key, Any], language: Language, tag: str) -> Words:
    """Return the record of all values."""
    sections: dict[str, dict[str, Any]] = {}
    for (section, key), value in values.items():
        sections.setdefault(section, {})[key] = value
    parts: dict[str, Any] = {
        "language": tag,
        "numbers": language.numbers,
        "dates": msgspec.structs.replace(language.dates, **sections.get("dates", {})),
        "roles": {**sections["roles"], "": sections["lists"]["no_role"]},
    }
    parts["role_titles"] = {role: heading(word) for role, word in parts["roles"].items()}
    for field in msgspec.structs.fields(Words):
        if field.name not in parts:
            own = sections.get(field.name, {})
            parts[field.name] = own if field.type == dict[str, str] else field.type(**own)
    return Words(**parts)
