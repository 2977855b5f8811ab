"""A body to its `Extract`: the part of enrichment that needs nothing but the text."""

from digest.enrich.definitions import find_definitions
from digest.enrich.figures import find_figures
from digest.enrich.prose import make_prose
from digest.enrich.quotes import find_quotes
from digest.enrich.sentences import Sentences
from digest.model.findings import Extract, make_extract
from digest.model.records import Body


def extract(body: Body) -> Extract:
    """Return the definitions, figures and quotations of a body, in the order of its text."""
    html = "".join(body.html)
    prose = make_prose(html)
    sentences = Sentences(prose.text)
    return make_extract(
        find_definitions(prose.text),
        find_figures(prose.text, sentences, prose.span),
        find_quotes(prose.text, sentences),
        links=' href="http' in html,
    )
