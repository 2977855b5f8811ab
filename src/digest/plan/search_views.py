"""What the template of the search page may see."""

from digest.plan.views import Head, LinkView, View


class SearchView(View, frozen=True, gc=False):
    """The search page.

    Attributes:
        engine: Link to the script that knows the index; there is none in a preview.
        indexes: The lists that lead to every piece without a script.
    """

    head: Head
    title: str
    engine: str
    indexes: tuple[LinkView, ...]
