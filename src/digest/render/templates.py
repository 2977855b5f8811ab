"""The only door to Jinja.

Templates are trusted code, articles are not: an article reaches a template only as a value, never
as source. Everything is escaped, in every format; an undefined name stops the build.
"""

import re
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from functools import lru_cache
from types import CodeType
from typing import Any

import jinja2
from jinja2 import meta, nodes

from digest.diagnostics import Diagnostic, DigestError, Span, error, nearest
from digest.load.theme import TemplateSource
from digest.plan.views import View
from digest.render.compiler import OPTIONS, QuickEnvironment, parse_template

_NO_ATTRIBUTE = re.compile(r"'[\w.]*?(\w+) object' has no attribute '(\w+)'")


class Templates:
    """The compiled templates of a site, whose `site` every macro sees too.

    A page is made by the quick Python of `digest.render.compiler`. Where that raises, plain Jinja
    makes the page, or tells what is wrong with it; its template then stays with plain Jinja.

    Attributes:
        left_to_jinja: Names of the templates that the quick way could not serve.
    """

    def __init__(self, sources: Mapping[str, TemplateSource], site: View) -> None:
        self._paths = {source.path for source in sources.values()}
        loader = _Loader(sources)
        self._quick = QuickEnvironment(loader=loader, autoescape=True, **OPTIONS)
        self._plain = jinja2.Environment(loader=loader, autoescape=True, **OPTIONS)
        for environment in (self._quick, self._plain):
            environment.globals["site"] = site
        self.left_to_jinja: set[str] = set()

    def render(self, name: str, page: View, owner: str) -> bytes:
        """Return a page as UTF-8.

        Raises:
            DigestError: `template`, with the line of the template and the owner of the page.
        """
        try:
            return self._text(name, {"page": page}).encode()
        except Exception as fault:
            raise DigestError([self._finding(fault, name, owner)]) from fault

    def _text(self, name: str, values: dict[str, View]) -> str:
        if name not in self.left_to_jinja:
            try:
                return self._quick.render(name, values)
            except Exception:  # noqa: BLE001 whatever it is, plain Jinja decides
                self.left_to_jinja.add(name)
        return self._plain.get_template(name).render(values)

    def _finding(self, fault: Exception, name: str, owner: str) -> Diagnostic:
        """Return where in the templates an exception arose."""
        if isinstance(fault, jinja2.TemplateSyntaxError):
            span = Span(fault.filename or f"templates/{name}", fault.lineno)
        else:
            frames = traceback.extract_tb(fault.__traceback__)
            ours = [frame for frame in frames if frame.filename in self._paths]
            span = (
                Span(ours[-1].filename, ours[-1].lineno or 0) if ours else Span(f"templates/{name}")
            )
        what = str(fault) or type(fault).__name__
        match = _NO_ATTRIBUTE.search(what)
        if match:
            what = f"a {match[1]} has no '{match[2]}'"
        elif isinstance(fault, jinja2.TemplateNotFound):
            what = f"there is no template '{fault.name}'"
        hint = "docs/theme.md lists what each template may use"
        return error("template", f"{what}, in the page of {owner}", span, hint)


class _Loader(jinja2.BaseLoader):
    """Gives Jinja the sources that were read before; touches no disk."""

    def __init__(self, sources: Mapping[str, TemplateSource]) -> None:
        self._sources = sources

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 Jinja's name
    ) -> jinja2.Template:
        source = self._sources.get(name)
        if source is None:
            raise jinja2.TemplateNotFound(name)
        code = _compile(
            source.text, name, source.path, quick=isinstance(environment, QuickEnvironment)
        )
        return environment.template_class.from_code(environment, code, globals or {})


@lru_cache(maxsize=256)
def _compile(text: str, name: str, path: str, *, quick: bool) -> CodeType:
    """Return the code of a template; it is made once, as all environments of a kind are alike."""
    kind = QuickEnvironment if quick else jinja2.Environment
    environment = kind(autoescape=True, **OPTIONS)
    return environment.compile(parse_template(text, name, path), name, path)


def check_templates(sources: Mapping[str, TemplateSource]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with templates before any of them runs.

    Codes: `template` for a syntax error, `template-missing` for an unknown name, and
    `template-circle` for templates that include or extend each other.
    """
    findings: list[Diagnostic] = []
    edges: dict[str, tuple[tuple[str, int], ...]] = {}
    for name, source in sorted(sources.items()):
        try:
            tree = parse_template(source.text, name, source.path)
        except jinja2.TemplateSyntaxError as fault:
            span = Span(source.path, fault.lineno)
            findings.append(error("template", fault.message or "syntax error", span))
            continue
        if None in meta.find_referenced_templates(tree):
            message = "the name of an included template must be written out"
            findings.append(error("template", message, Span(source.path)))
        edges[name] = _edges(source.text, name, source.path)
    for name, found in edges.items():
        for other, line in found:
            if other not in sources:
                close = nearest(other, sources)
                hint = f"did you mean '{close}'?" if close else f"add templates/{other}"
                span = Span(sources[name].path, line)
                findings.append(
                    error("template-missing", f"there is no template '{other}'", span, hint)
                )
            elif name in _reach(other, edges):
                span = Span(sources[name].path, line)
                message = f"'{name}' and '{other}' include each other in a circle"
                findings.append(error("template-circle", message, span))
    return tuple(findings)


def closures(sources: Mapping[str, TemplateSource]) -> dict[str, tuple[str, ...]]:
    """Return the names of the templates that each is made of: its own and all it reaches.

    The templates are those that `check_templates` has nothing against.
    """
    edges = {name: _edges(it.text, name, it.path) for name, it in sources.items()}
    return {name: tuple(sorted(_reach(name, edges))) for name in sources}


@lru_cache(maxsize=256)
def _edges(text: str, name: str, path: str) -> tuple[tuple[str, int], ...]:
    """Return the templates that a template names, with the line."""
    return tuple(_named(parse_template(text, name, path)))


def _named(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = getattr(node, "template", None)
        values = named.items if isinstance(named, nodes.Tuple | nodes.List) else [named]
        for value in values:
            if isinstance(value, nodes.Const) and isinstance(value.value, str):
                yield value.value, node.lineno


def _reach(start: str, edges: Mapping[str, tuple[tuple[str, int], ...]]) -> set[str]:
    """Return every template that can be reached from one, itself included."""
    seen: set[str] = set()
    pending = [start]
    while pending:
        name = pending.pop()
        if name not in seen:
            seen.add(name)
            pending += [other for other, _ in edges.get(name, ())]
    return seen
