"""Jinja templates to cheaper Python than Jinja writes, with the same meaning.

A page puts some hundred values into its text, so what each of them costs is what a page costs. The
Python that is written here differs from Jinja's in this alone:

- A text is escaped without being wrapped in a `Markup` that only says so.
- `page.title` is Python's `page.title`. Where there is no such attribute, Jinja would try
  `page["title"]` and then make an undefined value; here it is an `AttributeError`.
- A macro that is called with positional arguments is called directly, and so is a method.
- The pieces of a block are joined when it ends instead of being handed on one by one.

So a template either comes out exactly as Jinja has it, or raises; then plain Jinja must decide.
"""

import keyword
from collections.abc import Callable, Iterable
from functools import lru_cache
from types import MethodType
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing

OPTIONS: dict[str, Any] = {
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,
    "cache_size": -1,
}
"""How templates are read; besides, everything is escaped."""

_IMPORT = f"from {__name__} import DirectMacro, call, escape_other, escape_text"
# One variable serves a whole function: no value is put out inside another.
_PUT = "(escape_text(value) if type(value := "
_PUT_END = ") is str else value if type(value) is Markup else escape_other(value))"


def _escape_text(text: str) -> str:
    """Return a text with its signs escaped, unmarked."""
    return str(markupsafe.escape(text))


# What `escape` itself calls for a plain text; the name is not promised.
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _escape_text)


def escape_other(value: object) -> str:
    """Return a value that is no plain text as escaped text."""
    return str(value) if type(value) is int else markupsafe.escape(value)


class DirectMacro(Macro):
    """A macro; `direct` takes positional arguments and returns safe text, unmarked."""

    def __init__(
        self,
        environment: jinja2.Environment,
        func: Any,
        name: str,
        arguments: list[str],
        *options: Any,
    ) -> None:
        super().__init__(environment, func, name, arguments, *options)
        self.direct: Callable[..., str] = self
        if not (self.catch_kwargs or self.catch_varargs or self.caller or self.explicit_caller):
            func.__defaults__ = (missing,) * len(arguments)
            self.direct = func


def call(context: Context, callee: Any, /, *arguments: Any, **named: Any) -> Any:
    """Return what a macro, method or function returns for some arguments."""
    if type(callee) is MethodType and not hasattr(callee, "jinja_pass_arg"):
        return callee(*arguments, **named)
    if type(callee) is DirectMacro and not named:
        return str.__new__(markupsafe.Markup, callee.direct(*arguments))  # noqa: TID251 as a macro does
    return context.call(callee, *arguments, **named)


class Generator(CodeGenerator):
    """Writes the Python of a template; overrides what the head of this module names."""

    _macros: frozenset[str] = frozenset()
    _modules: frozenset[str] = frozenset()
    _joins = True
    _put: nodes.Node | None = None

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 Jinja's name
        """Write the module of a template."""
        found = list(node.find_all((nodes.Macro, nodes.Import, nodes.Include)))
        self._macros = frozenset(it.name for it in found if isinstance(it, nodes.Macro))
        self._modules = frozenset(it.target for it in found if isinstance(it, nodes.Import))
        # Jinja hands on what it includes without context, past anything that is collected.
        self._joins = all(it.with_context for it in found if isinstance(it, nodes.Include))
        self.writeline(_IMPORT)
        super().visit_Template(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write a body; that of a block or of a whole template collects its pieces."""
        if frame.buffer is not None or not self._joins:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def macro_def(self, macro_ref: Any, frame: Frame) -> None:
        """Write the definition of a macro, which begins with the name of its class."""
        self.write("Direct")
        super().macro_def(macro_ref, frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.get_template(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}).module")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 Jinja's name
        """Write access to an attribute."""
        name, of = node.attr, node.node
        owner = of.name if isinstance(of, nodes.Name) else ""
        if not _is_direct(name) or owner == "self":  # blocks are items of `self`, no attributes
            super().visit_Getattr(node, frame)
        elif owner:  # where it is missing: what stands for it has no attributes
            self.write(f"{frame.symbols.ref(owner)}.{name}")
        else:
            self.write("(")
            self.visit(of, frame)
            self.write(f").{name}")

    def visit_Call(  # noqa: N802 Jinja's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 Jinja's signature
    ) -> None:
        """Write a call."""
        unpacks = node.dyn_args or node.dyn_kwargs
        if forward_caller or unpacks or not _escapes(frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        if node is self._put:
            self.visit(nodes.Getattr(node.node, "direct", "load"), frame)
            self.write("(")
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
        else:
            self.write("call(context, ")
            self.visit(node.node, frame)
            self.signature(node, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame):
            super()._output_child_pre(node, frame, finalize)
        elif self._calls_macro(node):
            self._put = node
        else:
            self.write(_PUT)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame):
            super()._output_child_post(node, frame, finalize)
        elif node is not self._put:
            self.write(_PUT_END)

    def _calls_macro(self, node: nodes.Expr) -> bool:
        """Return whether a value looks like a call of a macro; one that is none will raise."""
        if not isinstance(node, nodes.Call) or not _is_positional(node):
            return False
        called = node.node
        if isinstance(called, nodes.Getattr):
            return isinstance(called.node, nodes.Name) and called.node.name in self._modules
        return isinstance(called, nodes.Name) and called.name in self._macros


def _is_direct(name: str) -> bool:
    """Return whether an attribute may be written in Python as it is in Jinja."""
    return name.isascii() and not name.startswith("_") and not keyword.iskeyword(name)


def _is_positional(node: nodes.Call) -> bool:
    return not (node.kwargs or node.dyn_args or node.dyn_kwargs)


def _escapes(frame: Frame) -> bool:
    """Return whether values are surely escaped here."""
    return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile)


@lru_cache(maxsize=256)
def parse_template(text: str, name: str, path: str) -> nodes.Template:
    """Return the tree of a template; it is made once, for checks and for all ways to compile.

    Raises:
        TemplateSyntaxError: with its place.
    """
    return jinja2.Environment(autoescape=True, **OPTIONS).parse(text, name, path)


class QuickEnvironment(jinja2.Environment):
    """Templates as compiled here, each loaded once."""

    code_generator_class = Generator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._loaded: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: Any = None,  # noqa: A002 Jinja's name
    ) -> jinja2.Template:
        """Return a template; `parent` and `globals` change nothing here."""
        if isinstance(name, jinja2.Template):
            return name
        template = self._loaded.get(name)
        if template is None:
            template = self._loaded[name] = super().get_template(name, parent, globals)
        return template

    def render(self, name: str, values: dict[str, Any]) -> str:
        """Return the text of a page; raises whatever a template raises, and `AttributeError`."""
        template = self.get_template(name)
        context = self.context_class(self, {**self.globals, **values}, name, template.blocks)
        return self.concat(template.root_render_func(context))
