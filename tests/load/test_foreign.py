import pytest

from digest.load.articles import ARTICLE_FIELDS
from digest.load.foreign import foreign_hint, our_name
from parsing import load_fields, the_finding


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("lastmod", "updated"),
        ("last_modified_at", "updated"),
        ("modified", "updated"),
        ("dateModified", "updated"),
        ("redirect_from", "aliases"),
        ("redirect-from", "aliases"),
        ("permalink", "slug"),
        ("categories", "tags"),
        ("keywords", "tags"),
        ("author", "authors"),
        ("excerpt", "summary"),
        ("publishDate", "publish"),
        ("expiryDate", "expires"),
        ("layout", "template"),
        ("cover", "image"),
        ("series", "storylines"),
        ("locale", "lang"),
        ("published_at", "date"),
    ],
)
def test_a_name_of_another_generator_is_answered_with_ours(theirs: str, ours: str) -> None:
    finding = the_finding(load_fields(f"{theirs}: x"))
    assert (finding.code, finding.hint) == ("unknown-field", f"the field is called '{ours}' here")


@pytest.mark.parametrize("value", ['"false"', "no", "0", "false", "true", ""])
@pytest.mark.parametrize("theirs", ["draft", "hidden", "private"])
def test_a_switch_of_another_generator_is_answered_with_the_status(theirs: str, value: str) -> None:
    finding = the_finding(load_fields(f"{theirs}: {value}"))
    assert finding.code == "unknown-field"
    assert finding.hint == "write status: published, status: draft or status: unlisted"


def test_no_field_of_ours_counts_as_foreign() -> None:
    assert [name for name in ARTICLE_FIELDS if our_name(name)] == []


def test_a_name_that_nobody_uses_is_not_answered() -> None:
    assert our_name("frobnicate") == ""
    assert foreign_hint("tags") == "the field is called 'tags' here"
