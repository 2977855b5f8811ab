"""Pages from templates: always what plain Jinja makes of them."""

from enum import StrEnum
from pathlib import Path

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.diagnostics import DigestError
from digest.load.theme import TemplateSource
from digest.plan.views import LinkView, SiteView, View
from digest.render.compiler import _escape_text, escape_text
from digest.render.templates import Templates
from support import build_site, shipped_words

GOLDEN = Path(__file__).parents[1] / "golden"
SITE = SiteView(
    "A & B", "", "en", shipped_words(), "", "/", "", {}, (LinkView("<Home>", "/?a&b"),), ""
)


class Word(StrEnum):
    ONE = "<one>"


class Anything(View, frozen=True, gc=False):
    value: object
    links: tuple[LinkView, ...] = (LinkView("A < B", "/a"), LinkView('"C"', "/c?x&y"))
    none: None = None


def theme(**templates: str) -> dict[str, TemplateSource]:
    names = {name.replace("_", ".", 1): text for name, text in templates.items()}
    return {name: TemplateSource(f"templates/{name}", text) for name, text in names.items()}


def plain(sources: dict[str, TemplateSource], page: View) -> str:
    """Return what Jinja as it comes makes of `x.html`."""
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({name: source.text for name, source in sources.items()}),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["site"] = SITE
    return environment.get_template("x.html").render(page=page)


LISTS = "{% import 'parts.html' as p %}"
QUICK = {
    "values": "{{ page.value }}{{ page.none }}{{ 1.5 }}{{ true }}{{ '<' }}{{ page.value|length }}",
    "safe": "{{ page.value|safe }}{{ page.value|e }}{{ page.value|replace('<', '&')|upper }}",
    "concat": "{{ 'a' ~ page.value ~ ('<'|safe) }}{{ ('<'|safe) + page.value }}",
    "conditions": "{{ 'a' if page.none else page.value }}{% if page.links[0].text %}x{% endif %}",
    "methods": "{{ page.value.upper() }}{{ 'A<'.lower() }}{{ {'a': 1}.items()|list }}",
    "loop": "{% for a in page.links %}{{ loop.index }}{{ a.text }}{{ loop.cycle('<', '>') }}"
    "{% else %}none{% endfor %}{% for a in () %}{% else %}none{% endfor %}",
    "filtered loop": "{% for a in page.links if a.url != '/a' recursive %}{{ a.text }}"
    "{% if loop.depth < 3 %}{{ loop(page.links) }}{% endif %}{% endfor %}",
    "set": "{% set a = page.value %}{{ a }}{% set b %}<i>{{ a }}</i>{% endset %}{{ b }}"
    "{{ b|upper }}{% set ns = namespace(n='<') %}{% set ns.n = b %}{{ ns.n }}",
    "filter block": "{% filter upper %}<b>{{ page.value }}{% endfilter %}",
    "no escaping": "{% autoescape false %}{{ page.value }}{% endautoescape %}{{ page.value }}",
    "some escaping": "{% autoescape page.none %}{{ page.value }}{% endautoescape %}"
    "{{ page.value }}",
    "inheritance": "{% extends 'base.html' %}lost{% block a %}{{ super() }}!{{ page.value }}"
    "{% endblock %}{% block b %}{{ self.a() }}{{ self.a()|upper }}{% endblock %}",
    "own blocks": "{% for x in page.links %}{% block b scoped %}{{ x.text }}{% endblock %}"
    "{% endfor %}",
    "block in set": "{% set a %}x{% block b %}<{{ page.value }}{% endblock %}{% endset %}"
    "{{ a|upper }}",
    "include": "a{% for x in page.links %}{% include 'base.html' %}{{ x.text }}{% endfor %}",
    "include twice": "a{% include ['none.html', 'base.html'] %}{% include 'no' ignore missing %}b",
    "bare include": "a{% set v %}b{% include 'y.html' without context %}{% endset %}{{ v }}c",
    "macros": LISTS + "{{ p.link(page.links[0]) }}{{ p.all(page.links) }}{{ p.word }}",
    "macro results": LISTS + "{{ p.all(page.links)|upper }}{{ p.link(page.links[0], '>') ~ '<' }}"
    "{% autoescape false %}{{ p.link(page.links[0])|replace('&', '<') }}{% endautoescape %}",
    "macro arguments": LISTS
    + "{{ p.link(sep=page.value, item=page.links[0]) }}{{ p.rest(1, '<') }}"
    "{{ p.rest(1, *['<', '&'], **{'x': 1}) }}",
    "macro names": "{% from 'parts.html' import link as l, all %}{{ l(page.links[1]) }}"
    "{{ all(page.links) }}{% import 'parts.html' as q with context %}{{ q.link(page.links[1]) }}",
    "own macros": "{% macro m(x, y=page.value) %}{{ x }}{{ y }}{% endmacro %}"
    "{{ m('<') }}{{ m(1, 2) }}"
    "{% macro f(n) %}{{ n }}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}",
    "site in macros": "{% macro m(n) %}{{ site.title }}{{ n }}{% endmacro %}{{ m('<') }}"
    "{% import 'site.html' as s %}{{ s.nav() }}{{ s.pieces(2) }}{{ site.nav[0].text }}",
    "methods with names": "{{ site.words.entity.pair.of(role=page.value, other='<'|safe) }}"
    "{{ 'a-b'.replace('-', page.value, **{}) }}{{ site.words.home.all_pieces.of(count=3) }}",
    "calls": LISTS + "{% call(n) p.box('<') %}{{ n }}{{ page.value }}{% endcall %}",
}
LEFT = {
    "is defined": "{% if page.nope is defined %}a{% else %}b{% endif %}{{ page.value }}",
    "default": "{{ page.nope|default('<') }}{{ nope|default(page.value) }}",
    "item by dot": "{% set a = {'b': '<'} %}{{ a.b }}",
    "shadowed macro": "{% macro m() %}{% endmacro %}{% set m = 'x'.upper %}{{ m() }}",
    "function of a module": "{% import 'y.html' as y %}{{ y.up('a') }}",
}
OTHERS = {
    "base_html": "<{% block a %}A{{ page.value }}{% endblock %}|"
    "{% block b scoped %}B{% endblock %}>",
    "parts_html": "{% macro link(item, sep='<', end='') %}{{ item.text }}{{ sep }}{{ end }}"
    "{% endmacro %}"
    "{% macro all(items) %}{% for item in items %}{{ link(item, '&', 1) }}{% endfor %}"
    "{% endmacro %}"
    "{% macro rest(a) %}{{ a }}{{ varargs|join('<') }}{{ kwargs|length }}{% endmacro %}"
    "{% macro box(n) %}[{{ caller(n) }}]{% endmacro %}"
    "{% set word = '<w>' %}",
    "site_html": "{% macro nav() %}{% for a in site.nav %}{{ a.text }}{% endfor %}{% endmacro %}"
    "{% macro pieces(n) %}{{ site.words.lists.pieces.of(n) }}{% endmacro %}",
    "y_html": "{% set up = 'y'.join %}<y>{{ '<' }}",
}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        *(pytest.param(text, False, id=name) for name, text in QUICK.items()),
        *(pytest.param(text, True, id=name) for name, text in LEFT.items()),
    ],
)
def test_a_page_is_what_plain_jinja_makes_of_it(text: str, *, left: bool) -> None:
    sources = theme(x_html=text, **OTHERS)
    templates = Templates(sources, SITE)
    for value in ("a <b> & \"c\" 'd'", "plain", "", Word.ONE, "é🎬·"):
        page = Anything(value)
        made = templates.render("x.html", page, "a test").decode()
        assert made == plain(sources, page)
    assert templates.left_to_jinja == ({"x.html"} if left else set())


VALUES = st.one_of(
    st.text(), st.text("<>&'\"a·é", max_size=9), st.integers(), st.booleans(), st.none()
)


@given(VALUES)
def test_every_value_is_escaped(value: object) -> None:
    templates = Templates(theme(x_xml="{{ page.value }}{{ page.value|safe }}"), SITE)
    try:
        made = templates.render("x.xml", Anything(value), "a test").decode()
    except DigestError:
        assert not str(value).isprintable()  # a surrogate
    else:
        assert made == f"{markupsafe.escape(value)}{value}"


@given(st.text())
def test_a_text_is_escaped_as_markupsafe_does(text: str) -> None:
    expected = str(markupsafe.escape(text))
    assert (escape_text(text), _escape_text(text)) == (expected, expected)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("\n{{ page.nope }}", "x.html:2", "Anything has no 'nope'"),
        ("\n\n{{ nope }}", "x.html:3", "'nope' is undefined"),
        ("{% import 'bad.html' as b %}\n{{ b.m(page) }}", "bad.html:2", "has no 'nope'"),
        ("{% import 'bad.html' as b %}\n{{ b.m() }}", "bad.html:2", "'of' was not provided"),
        ("{% import 'bad.html' as b %}\n{{ b.m(1, 2) }}", "x.html:2", "not more than 1 argument"),
        ("{% import 'bad.html' as b %}\n{{ b.n(1) }}", "x.html:2", "a TemplateModule has no 'n'"),
        ("{{ page.value.a.b }}", "x.html:1", "has no 'a'"),
        ("\n{{ site.words.home.latest }}", "x.html:2", "a Home has no 'latest'"),
        ("\n{{ site.words.roles['nobody'] }}", "x.html:2", "a dict has no 'nobody'"),
        ("\n{{ site.words.home.numbers.of(moon='May') }}", "x.html:2", "'month'"),
        ("{{ page.none.a }}", "x.html:1", "'None' has no attribute 'a'"),
        ("{% for a in page.none %}{% endfor %}", "x.html:1", "not iterable"),
        ("\n{{ page.value|nope }}", "x.html:2", "No filter named 'nope'"),
    ],
)
def test_what_a_template_does_wrong_is_placed(text: str, place: str, message: str) -> None:
    bad = "{% macro m(of) %}\n{{ of.nope }}{% endmacro %}"
    templates = Templates(theme(x_html=text, bad_html=bad), SITE)
    for _ in range(2):
        with pytest.raises(DigestError) as caught:
            templates.render("x.html", Anything("a"), "a test")
        (finding,) = caught.value.diagnostics
        assert (finding.code, str(finding.span)) == ("template", f"templates/{place}")
        assert message in finding.message


def test_a_page_that_needs_jinja_changes_no_other() -> None:
    sources = theme(x_html="{{ page.value.a|default('-') }}{{ page.links[0].text }}")
    templates = Templates(sources, SITE)
    pages = [Anything(LinkView("a", "b")), Anything({"a": "<"}), Anything("c")]
    made = [templates.render("x.html", item, "a test").decode() for item in pages]
    assert made == [plain(sources, item) for item in pages]


@pytest.mark.parametrize("site", [GOLDEN / "small/site", GOLDEN.parents[1]])
def test_the_default_theme_needs_no_plain_jinja(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(jinja2.Template, "render")
    outcome = build_site(site, output=tmp_path / "public")
    assert outcome.ok, outcome.text
