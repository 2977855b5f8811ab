"""The items of an article's lists: sources, entities with roles, figures, corrections."""

from digest.diagnostics import nearest
from digest.load.fields import Fields, text_item
from digest.load.frontmatter import Mapping, Node, Scalar
from digest.model.records import Correction, Figure, Named, Source, SourceKind
from digest.model.units import unit_fault

_SOURCE_FIELDS = ("title", "url", "publisher", "date", "accessed", "archive", "kind", "paywall")
_FIGURE_FIELDS = ("what", "value", "low", "high", "unit", "as_of", "source")
_NUMBERS = frozenset({"value", "low", "high"})


def source_item(fields: Fields, name: str, node: Node) -> Source | None:
    """Return a source from its address alone or from a mapping."""
    if isinstance(node, Scalar):
        url = fields.web_url(name, node)
        if not node.text:
            fields.fault("field-value", f"an item of '{name}' is empty", node, "delete it")
        return Source(url, line=node.line) if url else None
    if not isinstance(node, Mapping):
        hint = 'write "https://…" or {title: "…", url: "https://…"}'
        fields.fault("field-type", "a source must be an address or a mapping", node, hint)
        return None
    inner = fields.inner(node, _SOURCE_FIELDS)
    inner.required("url", "add url: https://…")
    url = inner.url("url")
    source = Source(
        url=url,
        title=inner.text("title"),
        publisher=inner.text("publisher"),
        date=inner.when("date"),
        accessed=inner.when("accessed"),
        archive=inner.url("archive"),
        kind=inner.choice("kind", SourceKind),
        paywall=inner.flag("paywall", default=False),
        line=node.line,
    )
    return source if url else None


def read_named(fields: Fields, field: str) -> tuple[Named, ...]:
    """Return names with roles from a list of names and mappings, or from a map of roles."""
    node = fields.nodes.get(field)
    if not isinstance(node, Mapping):
        return fields.names(field, _entity)
    pairs = tuple(pair for pair in node.pairs if _role(fields, pair[0]))
    inner = fields.inner(Mapping(pairs, node.line, node.column), fields.roles)
    named = (Named(name, role) for role in inner.nodes for name in inner.texts(role))
    return tuple(dict.fromkeys(named))


def _entity(fields: Fields, name: str, node: Node) -> Named | None:
    if not isinstance(node, Mapping):
        text = text_item(fields, name, node)
        return Named(text) if text else None
    inner = fields.inner(node, ("name", "role"))
    text = inner.required("name", "add name: the entity's name")
    role_node = inner.nodes.get("role")
    role = _role(fields, role_node) if isinstance(role_node, Scalar) else inner.text("role")
    return Named(text, role) if text else None


def _role(fields: Fields, node: Scalar) -> str:
    if node.text in fields.roles:
        return node.text
    close = nearest(node.text, fields.roles)
    hint = f"did you mean '{close}'?" if close else f"accepted are {', '.join(fields.roles)}"
    fields.fault("role", f"unknown role '{node.text}'", node, hint)
    return ""


def figure_item(fields: Fields, name: str, node: Node) -> Figure | None:
    """Return a figure that an editor declares."""
    if not isinstance(node, Mapping):
        hint = 'write {what: "what the number counts", value: 12}'
        message = f"an item of '{name}' must be a mapping with 'what'"
        fields.fault("field-type", message, node, hint)
        return None
    inner = fields.inner(node, _FIGURE_FIELDS)
    what = inner.required("what", 'add what: "what the number counts"')
    value, low, high = inner.number("value"), inner.number("low"), inner.number("high")
    if inner.nodes.keys() & _NUMBERS not in ({"value"}, {"low", "high"}):
        hint = "write value: 12, or low: 10 and high: 14"
        inner.fault("figure", "a figure has either 'value', or 'low' and 'high'", node, hint)
        return None
    if low and high and float(low) > float(high):
        inner.fault("figure", f"'low' {low} is above 'high' {high}", node, "swap the two")
        return None
    return Figure(
        what=what,
        low=value or low,
        high=high,
        unit=_unit(inner),
        as_of=inner.when("as_of"),
        source=inner.url("source"),
    )


def _unit(fields: Fields) -> str:
    """Return a unit as written: a noun, `%`, or a currency, with `a year` or the like behind."""
    text = fields.text("unit")
    fault, hint = unit_fault(text)
    if fault:
        fields.fault("figure-unit", f"'unit' {fault}", fields.nodes["unit"], hint)
        return ""
    return text


def correction_item(fields: Fields, name: str, node: Node) -> Correction | None:
    """Return what was put right, and when."""
    if not isinstance(node, Mapping):
        hint = 'write {date: YYYY-MM-DD, text: "what was put right"}'
        message = f"an item of '{name}' must be a mapping: date, text"
        fields.fault("field-type", message, node, hint)
        return None
    inner = fields.inner(node, ("date", "text"))
    inner.required("date", "add date: YYYY-MM-DD")
    date, text = inner.when("date"), inner.required("text", "add text: what was put right")
    return Correction(date, text) if date and text else None
