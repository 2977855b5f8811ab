"""A body to its `Extract`: the part of enrichment that needs nothing but the text."""

import msgspec

from digest.enrich.definitions import find_definitions
from digest.enrich.figures import find_figures
from digest.enrich.prose import Prose, make_prose
from digest.enrich.quotes import find_quotes
from digest.enrich.sentences import Sentences
from digest.model.findings import Extract, FoundFigure
from digest.model.records import Body


def extract(body: Body) -> Extract:
    """Return the definitions, figures and quotations of a body, in the order of its text."""
    html = "".join(body.html)
    prose = make_prose(html)
    sentences = Sentences(prose.text)
    return Extract(
        definitions=find_definitions(prose.text),
        figures=tuple(_in_html(figure, prose) for figure in find_figures(prose.text, sentences)),
        quotes=find_quotes(prose.text, sentences),
        links=' href="http' in html,
    )


def _in_html(figure: FoundFigure, prose: Prose) -> FoundFigure:
    """Return a figure with its place in the HTML instead of that in the text."""
    start, end = prose.span(figure.start, figure.end) or (-1, -1)
    return msgspec.structs.replace(figure, start=start, end=end)
