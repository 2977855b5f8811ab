"""Catalogues: what the theme ships, and what a site may write over it."""

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from digest.load.theme import load_theme, theme_folder
from digest.model.records import EntityKind, SourceKind, StorylineStatus
from digest.words.catalogue import make_words
from digest.words.records import Section, Words
from digest.words.values import places
from support import article, build_site, make_site, page, shipped_words

ROOT = Path(__file__).parents[2]
SITE = '[site]\ntitle = "T"\nurl = "https://example.org/"\nlanguage = "{}"\n'
POLISH = """
[lists]
pieces = { one = "{count} tekst", few = "{count} teksty", many = "{count} tekstów", other = "x" }
since = "od {date}"

[titles]
timeline = "Oś czasu"
"""
SHIPPED = sorted(path.stem for path in (theme_folder() / "templates" / "words").iterdir())


def test_every_key_is_listed_for_designers() -> None:
    catalogue = theme_folder() / "templates" / "words" / "en.toml"
    wanted = {
        section: [" ".join([key, *(f"{{{name}}}" for name in places(value))]) for key, value in own]
        for section, words in tomllib.loads(catalogue.read_text(encoding="utf-8")).items()
        if (own := words.items())
    }
    table = (ROOT / "docs" / "theme.md").read_text(encoding="utf-8").partition("## Words")[2]
    rows = re.findall(r"^\| `\[(\w+)\]` \| .+ \| (.+) \|$", table, re.MULTILINE)
    assert {section: re.findall(r"`([^`]+)`", keys) for section, keys in rows} == wanted


@pytest.mark.parametrize("tag", SHIPPED)
def test_a_shipped_catalogue_has_every_word(tag: str, tmp_path: Path) -> None:
    theme, _ = load_theme(tmp_path)
    words, findings = make_words(theme.words, tag, ())
    assert findings == ()
    assert words is not None
    assert words.language == tag
    assert set(words.kinds) == set(words.kind_titles) == set(EntityKind)
    assert set(words.statuses) == set(StorylineStatus)
    assert set(words.source_kinds) == set(SourceKind)


def test_every_language_says_something_else() -> None:
    english, spanish = (msgspec.to_builtins(shipped_words(tag)) for tag in ("en", "es"))
    sections = [it.name for it in msgspec.structs.fields(Words) if is_section(it.type)]
    assert len(sections) > 10
    for name in sections:
        assert english[name] != spanish[name]


def is_section(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)


@pytest.mark.parametrize(
    ("tag", "date", "day", "month", "alone"),
    [
        ("en", "2023-07-27", "27 July 2023", "July 2023", "July"),
        ("en-GB", "2023-07-05", "5 July 2023", "July 2023", "July"),
        ("es", "2023-07-27", "27 de julio de 2023", "julio de 2023", "julio"),
        ("es-MX", "2023-01-01", "1 de enero de 2023", "enero de 2023", "enero"),
        ("es-XX", "0999-12-31", "31 de diciembre de 0999", "diciembre de 0999", "diciembre"),
        ("pl", "2023-07-27", "27 lipca 2023", "lipiec 2023", "lipiec"),
        ("de", "2023-03-01", "1. März 2023", "März 2023", "März"),
        ("qaa", "2023-07-27", "27 July 2023", "July 2023", "July"),
    ],
)
def test_dates_have_the_words_of_their_language(
    tag: str, date: str, day: str, month: str, alone: str
) -> None:
    dates = shipped_words(tag).dates
    year, numbered, own = date.split("-")
    assert dates.label(year, numbered, own) == day
    assert dates.label(year, numbered) == month
    assert dates.label(year) == year
    assert dates.month_name(numbered) == alone


PLURALS = {
    "en": {0: "0 pieces", 1: "1 piece", 2: "2 pieces", 12_345: "12,345 pieces"},
    "es": {0: "0 notas", 1: "1 nota", 12_345: "12.345 notas", 2_000_000: "2.000.000 de notas"},
    "pl": {1: "1 tekst", 3: "3 teksty", 5: "5 tekstów", 12: "12 tekstów", 22: "22 teksty"},
}


@pytest.mark.parametrize("tag", PLURALS)
def test_a_count_has_the_form_of_its_language(tag: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"templates/words/pl.toml": POLISH})
    words, _ = make_words(load_theme(site)[0].words, tag, ())
    assert words is not None
    assert {count: words.lists.pieces.of(count) for count in PLURALS[tag]} == PLURALS[tag]


def test_a_site_wins_key_by_key(tmp_path: Path) -> None:
    own = '[titles]\ntags = "Topics & more"\n[roles]\npicket = "on the picket line"\n'
    files = {
        "content/a.md": article(extra="tags: [x]\nentities: {picket: [Ann], scab: [Bo]}\n"),
        "templates/words/en.toml": own,
    }
    settings = SITE.format("en") + '[entities]\nroles = ["picket", "scab"]\n'
    site = make_site(tmp_path, files, settings)
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    assert "<h1>Topics &amp; more</h1>" in page(site, "/tags/")
    text = page(site, "/2023/07/27/a-title/")
    assert "<dt>On the picket line</dt>" in text
    assert "<dt>Scab</dt>" in text
    assert ">Timeline</a>" in text


def test_a_site_adds_a_language(tmp_path: Path) -> None:
    files = {
        "content/a.md": article(),
        "content/b.md": article("B"),
        "templates/words/pl.toml": POLISH,
    }
    site = make_site(tmp_path, files, SITE.format("pl-PL") + "[sources]\nrequired = false\n")
    outcome = build_site(site)
    assert outcome.codes == ["words-missing"]
    assert str(outcome.diagnostics[0].span) == "templates/words/pl.toml"
    assert "lacks the keys titles.storylines, titles.entities, " in outcome.text
    assert "and 1" in outcome.text
    text = page(site, "/timeline/")
    assert '<html lang="pl-PL">' in text
    assert "<h1>Oś czasu</h1>" in text
    assert "2 pieces, by the day of the event." in text
    assert ">27 lipca 2023</time>" in text
    assert '<p class="lead">2 teksty</p>' in page(site, "/timeline/2023/")


def test_a_region_may_change_some_words(tmp_path: Path) -> None:
    files = {
        "content/a.md": article(),
        "templates/words/es-mx.toml": '[titles]\ntags = "Temas"\n',
    }
    site = make_site(tmp_path, files, SITE.format("es-MX") + "[sources]\nrequired = false\n")
    outcome = build_site(site)
    assert outcome.codes == []
    assert "<h1>Temas</h1>" in page(site, "/tags/")
    assert "<h1>Cronología</h1>" in page(site, "/timeline/")


def test_a_language_without_words_is_a_warning(tmp_path: Path) -> None:
    settings = SITE.format("fr") + "[sources]\nrequired = false\n"
    site = make_site(tmp_path, {"content/a.md": article()}, settings)
    outcome = build_site(site)
    assert outcome.codes == ["words-language"]
    assert "add templates/words/fr.toml" in outcome.text
    text = page(site, "/timeline/")
    assert "<h1>Timeline</h1>" in text
    assert ">27 juillet 2023</time>" in text
    assert build_site(site).diagnostics == outcome.diagnostics


BAD = {
    "syntax": ("[titles]\ntags = Tags\n", "words-syntax", ":2:8", "not TOML", "[titles]"),
    "section": ("[title]\ntags = 'x'\n", "words-unknown", ":1:1", "section 'title'", "'titles'?"),
    "key": ("[titles]\n\ntag = 'x'\n", "words-unknown", ":3:1", "unknown key 'tag'", "'tags'?"),
    "role": ("[roles]\nunoin = 'x'\n", "words-unknown", ":2:1", "'unoin' of [roles]", "'union'?"),
    "no section": ("titles = 'x'\n", "words-type", ":1:1", "must be a section", "write [titles]"),
    "a number": ("[titles]\ntags = 3\n", "words-type", ":2:1", "in quotes, got 3", 'tags = "…"'),
    "no text": ("[titles]\ntags = ['a']\n", "words-type", ":2:1", "in quotes, got", ""),
    "no plural": ("[lists]\npieces = 3\n", "words-type", ":2:1", "each form", 'one = "…"'),
    "no form": ("[lists]\npieces = {other = 1}\n", "words-type", ":2:1", "each form", ""),
    "other form": (
        "[lists]\npieces = {other = 'x', fwe = 'y'}\n",
        "words-unknown",
        ":2:1",
        "unknown form 'fwe' of 'pieces'",
        "'few'?",
    ),
    "no other": ("[lists]\npieces = {one = 'x'}\n", "words-value", ":2:1", "no form 'other'", ""),
    "no places": ("[titles]\ntags = '{count}'\n", "words-value", ":2:1", "'{count}'", "braces out"),
    "other place": (
        "[lists]\nsince = 'since {dat}'\n",
        "words-value",
        ":2:1",
        "'since' has no place '{dat}'",
        "did you mean 'date'?",
    ),
    "lost place": ("[lists]\nsince = 'x'\n", "words-value", ":2:1", "lacks the place '{date}'", ""),
    "twice": (
        "[lists]\npieces = '{count} of {count}'\n",
        "words-value",
        ":2:1",
        "a place twice",
        "",
    ),
    "brace": ("[titles]\ntags = 'a { b'\n", "words-value", ":2:1", "a single brace", ""),
    "empty": ("[titles]\ntags = ' '\n", "words-value", ":2:1", "'tags' is empty", ""),
    "control": ('[titles]\ntags = "a\\u0007"\n', "words-value", ":2:1", "control character", ""),
    "order": (
        "[storylines]\nspan = '{end} from {start}'\n",
        "words-value",
        ":2:1",
        "must have '{start}' before '{end}'",
        "",
    ),
    "field": ("[dates]\nday = 'EEEE d'\n", "words-value", ":2:1", "the field 'EEEE'", "MMMM"),
    "long field": ("[dates]\nday = 'ddddd'\n", "words-value", ":2:1", "no date pattern", ""),
    "month": ("[dates]\nmonth = 'd MMMM'\n", "words-value", ":2:1", "the field 'd'", "y"),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_what_is_wrong_with_a_catalogue_is_placed(case: str, language: str, tmp_path: Path) -> None:
    text, code, place, message, hint = BAD[case]
    name = f"templates/words/{language}.toml"
    site = make_site(tmp_path, {"content/a.md": article(), name: text}, SITE.format(language))
    outcome = build_site(site)
    assert not outcome.ok
    (finding,) = [item for item in outcome.diagnostics if item.severity == "error"]
    assert (finding.code, str(finding.span)) == (code, f"{name}{place}")
    assert message in finding.message
    assert hint in finding.hint
    assert finding.source == text.split("\n")[int(place.split(":")[1]) - 1]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = "[titles]\ntag = 'x'\ntags = 1\n[x]\n"
    site = make_site(tmp_path, {"templates/words/en.toml": text})
    outcome = build_site(site)
    assert outcome.codes == ["words-unknown", "words-type", "words-unknown"]


def test_a_theme_that_lacks_a_word_is_an_error() -> None:
    theme, _ = load_theme(theme_folder())
    (shipped,) = theme.words["en"]
    for text, code in (
        (shipped.text.replace('tags = "Tags"\n', ""), "words-missing"),
        (shipped.text.replace("[titles]", "titles = 3\n[title]"), "words-unknown"),
        ("[", "words-syntax"),
    ):
        source = msgspec.structs.replace(shipped, text=text)
        words, findings = make_words({"en": (source,)}, "en", ())
        assert words is None
        assert code in {item.code for item in findings}
