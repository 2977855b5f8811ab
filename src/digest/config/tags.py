"""The section `[tags]` of `site.toml`: a closed vocabulary."""

from collections.abc import Callable, Iterator
from typing import Any

from digest.config.records import TagRule
from digest.diagnostics import Diagnostic, Span, error, nearest
from digest.model.text import FORBIDDEN
from digest.urls import term_fault, term_slug

TAG_KEYS: dict[str, type] = {
    "label": str,
    "description": str,
    "synonyms": list,
    "deprecated": str,
}
"""What a tag of the vocabulary may say; `docs/operator.md` explains each."""

_EXAMPLE = 'write [tags.strikes] and below it label = "Strikes"'

Place = Callable[..., Span]
"""Returns the place of a section and, if given, of a key inside it."""


def read_tags(data: object, place: Place) -> tuple[tuple[TagRule, ...], tuple[Diagnostic, ...]]:
    """Return the vocabulary in the order written, and what is wrong with it.

    Codes: `config-type`, `config-unknown`, `config-value`, `tag-twice`, `tag-unknown`.
    """
    if not isinstance(data, dict):
        span = place("tags")
        return (), (error("config-type", "'tags' must be a section", span, _EXAMPLE),)
    rules: list[TagRule] = []
    findings: list[Diagnostic] = []
    for name, values in data.items():
        span = place(f"tags.{name}") if place(f"tags.{name}").line else place("tags", name)
        faults = list(_faults(name, values, span))
        findings += faults
        if not faults:
            fields = {key: value.strip() for key, value in values.items() if key != "synonyms"}
            rules.append(
                TagRule(
                    name,
                    **{"label": name, **fields},
                    synonyms=tuple(values.get("synonyms", ())),
                    line=span.line,
                )
            )
    findings += _claims(rules, place) if not findings else ()
    return tuple(rules), tuple(findings)


def _faults(name: str, values: object, span: Span) -> Iterator[Diagnostic]:
    """Yield what is wrong with one tag."""
    if fault := term_fault(term_slug(name)):
        yield error("config-value", f"the tag '{name}' makes no URL: {fault}", span)
    if not isinstance(values, dict):
        yield error("config-type", f"the tag '{name}' must be a section", span, _EXAMPLE)
        return
    for key, value in values.items():
        yield from _value_faults(name, key, value, span)


def _value_faults(name: str, key: str, value: Any, span: Span) -> Iterator[Diagnostic]:
    kind = TAG_KEYS.get(key)
    texts = value if isinstance(value, list) else [value]
    if kind is None:
        close = nearest(key, TAG_KEYS)
        hint = f"did you mean '{close}'?" if close else f"known are {', '.join(TAG_KEYS)}"
        yield error("config-unknown", f"unknown key '{key}' of the tag '{name}'", span, hint)
    elif not isinstance(value, kind) or not all(isinstance(text, str) for text in texts):
        example = '["…", "…"]' if kind is list else '"…"'
        wanted = "a list of texts" if kind is list else "text in quotes"
        message = f"'{key}' of the tag '{name}' must be {wanted}"
        yield error("config-type", message, span, f"write {key} = {example}")
    else:
        for text in texts:
            if not text.strip() or FORBIDDEN.search(text) or len(text) > 2000:  # noqa: PLR2004 a paragraph
                message = (
                    f"'{key}' of the tag '{name}' is empty, too long or holds a control character"
                )
                yield error("config-value", message, span)
            elif key == "synonyms" and (fault := term_fault(term_slug(text))):
                yield error("config-value", f"the tag '{text[:80]}' makes no URL: {fault}", span)


def _claims(rules: list[TagRule], place: Place) -> Iterator[Diagnostic]:
    """Yield words that stand for two tags, and tags that give way to one that is none."""
    owners: dict[str, TagRule] = {}
    file = place("tags").path
    for rule in rules:
        for word in (rule.name, *rule.synonyms):
            owner = owners.setdefault(term_slug(word), rule)
            if owner is not rule:
                message = f"'{word}' stands for the tags '{owner.name}' and '{rule.name}'"
                yield error("tag-twice", message, Span(file, rule.line), "keep it in one of them")
    lasting = {rule.name: rule for rule in rules if not rule.deprecated}
    slugs = {term_slug(name) for name in lasting}
    for rule in rules:
        if rule.deprecated and term_slug(rule.deprecated) not in slugs:
            close = nearest(rule.deprecated, lasting)
            hint = f"did you mean '{close}'?" if close else "name a tag that is not deprecated"
            message = f"the tag '{rule.name}' gives way to '{rule.deprecated}', which is no tag"
            yield error("tag-unknown", message, Span(file, rule.line), hint)
