"""Find and read `site.toml`; every key is checked and every finding reported at once."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from digest.config.records import (
    DEFAULT_ROLES,
    ENGINES,
    Config,
    Limits,
    NameSettings,
    SiteInfo,
)
from digest.config.tags import read_tags
from digest.config.toml import TomlFault, find_place, read_toml
from digest.config.zones import load_zone
from digest.diagnostics import (
    Diagnostic,
    DigestError,
    Span,
    error,
    failure,
    nearest,
    warning,
    with_source,
)
from digest.model.text import FORBIDDEN
from digest.urls import Base, parse_base

FILE = "site.toml"
_ROLE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Key(NamedTuple):
    """One setting: its type, its default, and a test that returns what is wrong with a value."""

    kind: type
    default: Any
    fault: Callable[[Any], str] = lambda _: ""


def _no_fault_if(good: Callable[[Any], object], fault: str) -> Callable[[Any], str]:
    return lambda value: "" if good(value) else fault


def _role_fault(roles: list[object]) -> str:
    """Return what is wrong with a list of roles."""
    for role in roles:
        if not isinstance(role, str) or not _ROLE.fullmatch(role):
            return 'must hold words such as "affected-workers": small letters, digits, hyphens'
    return "" if len(set(roles)) == len(roles) else "must not name a role twice"


_MOST = 1_000_000_000
_positive = _no_fault_if(lambda number: 0 < number <= _MOST, f"must be from 1 to {_MOST:,}")
KEYS: dict[str, dict[str, Key]] = {
    "site": {
        "title": Key(str, "", _no_fault_if(str.strip, "must not be empty")),
        "url": Key(
            str, "", _no_fault_if(parse_base, "must be an address such as https://example.org/")
        ),
        "description": Key(str, ""),
        "language": Key(
            str, "en", _no_fault_if(_LANGUAGE.fullmatch, "must be a language tag such as en or es")
        ),
        "timezone": Key(
            str, "UTC", _no_fault_if(load_zone, "must be a time zone such as Europe/Berlin")
        ),
    },
    "build": {
        "output": Key(str, "public", _no_fault_if(str.strip, "must not be empty")),
        "precompress": Key(bool, False),  # noqa: FBT003 the value of a setting
    },
    "feed": {
        "entries": Key(int, 20, _positive),
        "authority": Key(str, "", _no_fault_if(str.strip, "must not be empty")),
    },
    "entities": {
        "roles": Key(list, list(DEFAULT_ROLES), _role_fault),
        "mentions": Key(bool, True),  # noqa: FBT003 the value of a setting
        "autolink": Key(bool, True),  # noqa: FBT003 the value of a setting
    },
    "sources": {"required": Key(bool, True)},  # noqa: FBT003 the value of a setting
    "limits": {
        "article_bytes": Key(int, Limits().article_bytes, _positive),
        "markdown_seconds": Key(int, Limits().markdown_seconds, _positive),
        "image_pixels": Key(int, Limits().image_pixels, _positive),
        "image_bytes": Key(int, Limits().image_bytes, _positive),
    },
    "social": {"cards": Key(bool, False)},  # noqa: FBT003 the value of a setting
    "search": {
        "engine": Key(
            str, "pagefind", _no_fault_if(ENGINES.__contains__, f"must be {' or '.join(ENGINES)}")
        )
    },
}
"""Every section and key of `site.toml`; `docs/operator.md` explains each."""

_TYPE_NAMES = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    list: "a list of texts",
}
_EXAMPLES = {str: '"…"', int: "20", bool: "false", list: '["…", "…"]'}


def find_site(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds `site.toml`.

    Raises:
        DigestError: `no-site`, where there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise failure(
        "no-site",
        f"there is no {FILE} in {start} or above it",
        hint=f"run the command in the folder of your site, or name it: --site DIR; a {FILE} needs "
        '[site] with title = "…" and url = "https://…"',
    )


def load_config(folder: Path) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Return the settings of the site in `folder`, with warnings.

    Raises:
        DigestError: `config-*`, with every error of the file.
    """
    try:
        text = (folder / FILE).read_bytes().decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        message, hint = f"not UTF-8 at byte {fault.start}", "save the file as UTF-8"
        raise failure("not-utf8", message, Span(FILE), hint) from None
    except OSError as fault:
        message, hint = f"cannot be read: {fault.strerror}", "look at its permissions"
        raise failure("unreadable", message, Span(FILE), hint) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return parse_config(_parse_toml(text), text)
    except DigestError as fault:
        lines = text.split("\n")
        raise DigestError(with_source(item, lines) for item in fault.diagnostics) from None


def _parse_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text holds.

    Raises:
        DigestError: `config-syntax`; also for numbers and nesting that the reader gives up on.
    """
    data = read_toml(text, FILE)
    if isinstance(data, TomlFault):
        hint = 'write lines such as title = "My digest" below [site]'
        raise DigestError([error("config-syntax", data.message, data.span, hint)])
    return data


def parse_config(data: dict[str, Any], text: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Return the checked settings; `text` serves to find lines.

    Raises:
        DigestError: with every error found.
    """
    tags, faults = read_tags(data.get("tags", {}), lambda *keys: _place(text, *keys))
    errors = [*_faults({name: data[name] for name in data if name != "tags"}, text), *faults]
    site_section = data.get("site", {})
    if isinstance(site_section, dict) and "title" not in site_section:
        hint = 'write [site] and below it title = "The name of your digest"'
        errors.append(error("config-missing", "[site] has no 'title'", _place(text, "site"), hint))
    if errors:
        raise DigestError(errors)
    values = {
        name: {key: data.get(name, {}).get(key, rule.default) for key, rule in keys.items()}
        for name, keys in KEYS.items()
    }
    site = SiteInfo(**values["site"])
    base = parse_base(site.url) or Base()
    config = Config(
        site=site,
        base=base,
        output=values["build"]["output"],
        limits=Limits(**values["limits"]),
        feed_entries=values["feed"]["entries"],
        feed_authority=values["feed"]["authority"] or base.origin,
        entities=NameSettings(
            tuple(values["entities"]["roles"]),
            mentions=values["entities"]["mentions"],
            autolink=values["entities"]["autolink"],
        ),
        tags=tags,
        sources_required=values["sources"]["required"],
        search_engine=values["search"]["engine"],
        cards=values["social"]["cards"],
        precompress=values["build"]["precompress"],
    )
    return config, () if site.url else (_no_url(),)


def _no_url() -> Diagnostic:
    return warning(
        "no-site-url",
        "[site] has no 'url': feeds and the sitemap are left out",
        Span(FILE),
        'add url = "https://…", the address at which readers will find the site',
    )


def _faults(data: dict[str, Any], text: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with each section and key."""
    for section, values in data.items():
        keys = KEYS.get(section)
        if keys is None:
            yield _unknown("section", section, KEYS, _place(text, section))
        elif not isinstance(values, dict):
            message = f"'{section}' must be a section"
            hint = f"write [{section}] on a line of its own"
            yield error("config-type", message, _place(text, section), hint)
        else:
            for key, value in values.items():
                yield from _value_faults(section, key, value, _place(text, section, key))


def _value_faults(section: str, key: str, value: object, span: Span) -> Iterator[Diagnostic]:
    rule = KEYS[section].get(key)
    if rule is None:
        yield _unknown("key", key, KEYS[section], span)
    elif type(value) is not rule.kind:
        message = f"'{key}' must be {_TYPE_NAMES[rule.kind]}, got {value!r}"
        yield error("config-type", message, span, f"write {key} = {_EXAMPLES[rule.kind]}")
    elif isinstance(value, str) and (bad := FORBIDDEN.search(value)):
        message = f"'{key}' holds the character U+{ord(bad[0]):04X}"
        yield error("config-value", message, span, "delete the character")
    elif fault := rule.fault(value):
        yield error("config-value", f"'{key}' {fault}, got {value!r}", span)


def _unknown(what: str, name: str, known: dict[str, Any], span: Span) -> Diagnostic:
    close = nearest(name, [*known, "tags"] if what == "section" else known)
    homes = [f"[{section}]" for section, keys in KEYS.items() if name in keys]
    if homes:
        hint = f"it belongs below {' or '.join(homes)}"
        return error("config-unknown", f"unknown {what} '{name}'", span, hint)
    hint = f"did you mean '{close}'?" if close else f"known are {', '.join(sorted(known))}"
    return error("config-unknown", f"unknown {what} '{name}'", span, hint)


def _place(text: str, section: str, key: str = "") -> Span:
    """Return the line of a section, or of a key inside it, as far as a plain search finds it."""
    return find_place(text, FILE, section, key)
