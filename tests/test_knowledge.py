"""Who, what, how much: whole sites with entities, storylines, figures, corrections and tags."""

from pathlib import Path

import pytest

from crawler import without_own
from support import SITE, article, build_site, make_site, page, read_tree

A = "content/a.md"
SEED = (
    "date 2023-07-27 Netflix has a new job at $300,000 to $900,000.\n\n"
    "The Screen Actors Guild (SAG-AFTRA) reports 87 percent of its actors earn less than $26,000.\n"
    "\nThe Alliance of Motion Picture and Television Producers (AMPTP) and Sag, and the Writers "
    "Guild of America (WGA) met. Netflix waits.\n"
)


def entity(name: str, extra: str = "") -> str:
    return f'---\nname: "{name}"\nkind: union\n{extra}---\n'


def test_a_dated_text_yields_its_unions(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/a.txt": SEED})
    assert build_site(site).ok
    for slug in (
        "screen-actors-guild",
        "alliance-of-motion-picture-and-television-producers",
        "writers-guild-of-america",
    ):
        assert "Netflix has a new job" in page(site, f"/entities/{slug}/")
    assert "SAG-AFTRA" in page(site, "/entities/screen-actors-guild/")


def test_names_of_entity_files_are_found_and_linked_once(tmp_path: Path) -> None:
    files = {
        "content/a.txt": SEED,
        "content/entities/s.md": entity("SAG-AFTRA", "aliases: [SAG]\n"),
        "content/entities/n.md": entity("Netflix"),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    text = page(site, "/2023/07/27/netflix-has-a-new-job-at-300-000-to-900-000/")
    assert text.count('href="/entities/netflix/" class="entity"') == 1
    assert text.count('href="/entities/sag-aftra/" class="entity"') == 1
    assert "in text</span>" in text
    assert "Netflix has a new job" in page(site, "/entities/sag-aftra/")


@pytest.mark.parametrize("setting", ["autolink", "mentions"])
def test_links_and_search_can_be_switched_off(setting: str, tmp_path: Path) -> None:
    config = f"{SITE}[entities]\n{setting} = false\n"
    files = {"content/a.txt": SEED, "content/entities/n.md": entity("Netflix")}
    site = make_site(tmp_path, files, config)
    assert build_site(site).ok
    text = page(site, "/2023/07/27/netflix-has-a-new-job-at-300-000-to-900-000/")
    assert 'class="entity"' not in text
    assert ('href="/entities/netflix/"' in text) == (setting == "autolink")


def test_nothing_is_taken_from_links_and_code(tmp_path: Path) -> None:
    body = (
        "## Lyft\n\nSee [Netflix](https://x.example/) and `Uber` or *[Disney **TV**](a.md)*, "
        "https://x.example/Sony.\n\n    Adobe = 1\n"
    )
    names = "Netflix Uber Disney Sony Adobe Lyft".split()
    files = {f"content/entities/{name}.md": entity(name) for name in names}
    site = make_site(tmp_path, {**files, A: article(body=body)})
    assert build_site(site).ok
    named = [name for name in names if "A title" in page(site, f"/entities/{name.lower()}/")]
    assert named == ["Lyft"]  # a heading names, but is no link
    assert 'class="entity"' not in page(site, "/2023/07/27/a-title/")


def test_figures_lead_to_their_sentences_and_can_be_hidden(tmp_path: Path) -> None:
    extra = 'figures_hide: ["$26,000"]\nfigures:\n  - {what: pay, low: 3, high: 9, unit: USD}\n'
    body = "A job at $3 to $9. Others earn $26,000. About 100 warehouse workers left."
    site = make_site(tmp_path, {A: article(body=body, extra=extra)})
    assert build_site(site).ok
    text = page(site, "/2023/07/27/a-title/")
    assert 'id="figure--3-to-9"' in text
    assert text.count("found in the text") == 1
    everything = page(site, "/figures/2023/")
    assert "About 100 warehouse workers" in everything
    assert "26,000</strong>" not in everything
    assert 'href="/2023/07/27/a-title/#figure--about-100-warehouse-workers"' in everything


def test_a_declared_figure_takes_the_place_of_the_found_one_however_written(tmp_path: Path) -> None:
    extra = (
        "figures:\n  - {what: rate, value: 12.50, unit: USD an hour}\n"
        "  - {what: bonus, value: 02000, unit: USD}\n  - {what: size, value: 1800, unit: words}\n"
    )
    body = (
        "They earn $12.50 an hour and got $2,000. It laid off 230. Of 90 nurses, 18 of them left."
    )
    site = make_site(tmp_path, {A: article(body=body, extra=extra)})
    assert build_site(site).ok
    text = page(site, "/2023/07/27/a-title/")
    assert "12.50</strong></a> USD an hour" in text
    assert "2,000</strong></a> USD" in text  # a sum is no year
    assert "1800</strong> words" in text.replace("</a>", "")
    assert "230</strong></a> workers" in text  # the number alone says nothing
    assert "18</strong></a> nurses" in text
    assert text.count("found in the text") == 3


@pytest.mark.parametrize(
    ("hidden", "left"),
    [("$26", 2), ("$26,000", 1), ("26,000", 1), ("less than $26,000 a year", 1), ("6,000", 2)],
)
def test_only_the_figure_that_is_written_is_hidden(hidden: str, left: int, tmp_path: Path) -> None:
    body = "They earn less than $26,000 a year, not $126,000."
    text = article(body=body, extra=f'figures_hide: ["{hidden}"]')
    site = make_site(tmp_path, {A: text})
    assert build_site(site).codes == (["figure-hide"] if left == 2 else [])
    assert page(site, "/2023/07/27/a-title/").count("found in the text") == left


def test_a_storyline_has_its_articles_and_parties(tmp_path: Path) -> None:
    story = (
        "---\ntitle: Bargains\nstart: 2023\nend: 2023-08\nstatus: settled\nnext_date: 2030-01-01\n"
        "parties: {union: [Guild], employer: [Nobody Ltd]}\n---\nWhat is at stake.\n"
    )
    files = {
        "content/storylines/b.md": story,
        "content/entities/g.md": entity("Guild"),
        A: article("In it", extra="storylines: [bargains]"),
        "content/b.md": article("Not in it", "2023-07-28", extra="storylines: [Bargain]"),
    }
    site = make_site(tmp_path, files)
    outcome = build_site(site)
    assert sorted(outcome.codes) == ["entity-file", "storyline-unknown"]
    assert "did you mean 'Bargains'?" in outcome.text
    text = page(site, "/storylines/bargains/")
    assert "In it</a>" in text
    assert "Not in it</a>" not in text
    assert "What is at stake." in text
    assert "Settled" in page(site, "/storylines/")


def test_a_storyline_that_is_over_does_not_last_until_today(tmp_path: Path) -> None:
    files = {
        "content/storylines/a.md": "---\ntitle: A\nstart: 2023\nstatus: withdrawn\n---\n",
        "content/storylines/b.md": "---\ntitle: B\nstart: 2024\n---\n",
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    text = page(site, "/storylines/")
    assert text.count("to today") == 1
    assert 'from <time datetime="2023">' in text


def test_entities_show_company_roles_and_statements(tmp_path: Path) -> None:
    extra = "entities: {employer: [Netflix], union: [Guild], spokesperson: [Ann Lee]}"
    body = "“We will not yield to them,” said Ann Lee. “It is a bad deal.”, Lee said."
    person = "---\nname: Ann Lee\nkind: person\n---\n"
    files = {
        "content/entities/n.md": entity("Netflix"),
        "content/entities/g.md": entity("Guild"),
        "content/entities/p.md": person,
        A: article(extra=extra, body=body),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).codes == []
    text = page(site, "/entities/netflix/")
    assert "employer with union" in text
    assert "Roles by year" in text
    assert "We will not yield" in page(site, "/entities/ann-lee/")


def test_an_entity_with_a_role_is_not_also_without_one(tmp_path: Path) -> None:
    extra = "entities: [Nétflix, {name: netflix, role: employer}, {name: Netflix, role: vendor}]"
    files = {"content/entities/n.md": entity("Netflix"), A: article(extra=extra)}
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    text = page(site, "/2023/07/27/a-title/")
    assert "<dt>Employer</dt>" in text
    assert "<dt>Vendor</dt>" in text
    assert "Also named" not in text


def test_corrections_are_listed_and_change_the_article(tmp_path: Path) -> None:
    extra = 'corrections: [{date: 2023-08-01, text: "It was July."}]'
    site = make_site(tmp_path, {A: article(extra=extra)})
    assert build_site(site).ok
    assert "It was July." in page(site, "/corrections/")
    assert "updated <time" in page(site, "/2023/07/27/a-title/")
    assert b"It was July." in read_tree(tmp_path / "public")["corrections/feed.xml"]


VOCABULARY = """\
[tags.layoffs]
label = "Layoffs"
description = "Jobs cut."
synonyms = ["redundancies"]
[tags.job-cuts]
deprecated = "layoffs"
"""


def test_a_closed_vocabulary_renames_and_refuses(tmp_path: Path) -> None:
    files = {
        A: article("A", extra="tags: [redundancies]"),
        "content/b.md": article("B", extra="tags: [job-cuts]"),
    }
    site = make_site(tmp_path, files, SITE + VOCABULARY)
    assert build_site(site).codes == ["tag-deprecated"]
    assert '<h1 dir="auto">Layoffs</h1>' in page(site, "/tags/layoffs/")
    assert "/tags/layoffs/" in page(site, "/tags/job-cuts/")
    assert "Jobs cut.</p>" in page(site, "/tags/layoffs/")
    (site / A).write_text(article("A", extra="tags: [layofs]"))
    outcome = build_site(site)
    assert not outcome.ok
    assert "did you mean 'layoffs'?" in outcome.text


@pytest.mark.parametrize("written", ["Lay-offs at work", "redundancis", "job-cutz"])
def test_an_unknown_tag_is_answered_with_the_tag_to_write(written: str, tmp_path: Path) -> None:
    vocabulary = VOCABULARY.replace('"Layoffs"', '"Layoffs at work"')
    files = {A: article(extra=f"tags: [{written}]")}
    outcome = build_site(make_site(tmp_path, files, SITE + vocabulary))
    assert outcome.codes == ["tag-unknown"]
    assert "did you mean 'layoffs'?" in outcome.text


BAD_TAGS = [
    ("[tags]\nx = 1\n", "config-type"),
    ("tags = 1\n", "config-type"),
    ('[tags.x]\nlable = "X"\n', "config-unknown"),
    ("[tags.x]\nlabel = 1\n", "config-type"),
    ('[tags.x]\nsynonyms = [""]\n', "config-value"),
    ('[tags.x]\n[tags.y]\nsynonyms = ["X"]\n', "tag-twice"),
    ('[tags.x]\ndeprecated = "y"\n', "tag-unknown"),
]


@pytest.mark.parametrize(("written", "code"), BAD_TAGS)
def test_a_wrong_vocabulary_is_told(written: str, code: str, tmp_path: Path) -> None:
    config = written + SITE if written.startswith("tags") else SITE + written
    outcome = build_site(make_site(tmp_path, {A: article()}, config))
    assert not outcome.ok
    assert set(outcome.codes) == {code}


WRONG = [
    ("content/entities/a.md", entity("A B", "parent: A B\n"), "entity-loop"),
    ("content/entities/a.md", entity("A B", "aliases: [the]\n"), "alias-common"),
    ("content/entities/a.md", entity("A B", "aliases: [x]\n"), "alias-common"),
    ("content/entities/a.md", entity("The"), "alias-common"),
    ("content/entities/a.md", entity("A B", "mentions: maybe\n"), "field-value"),
    ("content/storylines/a.md", "---\ntitle: T\nstart: 2024\nend: 2023\n---\n", "storyline-dates"),
    (A, article(extra="sources: ['javascript:x']"), "url"),
    (A, article(extra="sources: [{title: T}]"), "missing-field"),
    (A, article(extra="figures: [{what: x, value: 1, unit: XYZ}]"), "figure-unit"),
    (A, article(extra="figures: [{what: x, value: 1, unit: $}]"), "figure-unit"),
    (A, article(extra="figures: [{what: x, value: 1, unit: USD a yaer}]"), "figure-unit"),
    (A, article(extra="figures: [{what: x, value: 1, unit: '5'}]"), "figure-unit"),
    (A, article(extra="figures: [{what: x, value: 1, unit: USDD}]"), "figure-unit"),
    (A, article(extra="figures: [{what: x, value: 1, unit: usd an hour}]"), "figure-unit"),
    (A, article(extra="figures_hide: [$5]"), "figure-hide"),
    (A, article(extra="entities: [{name: X, role: boss}]"), "role"),
]


@pytest.mark.parametrize(("path", "text", "code"), WRONG)
def test_what_is_wrong_is_told_with_its_place(
    path: str, text: str, code: str, tmp_path: Path
) -> None:
    outcome = build_site(make_site(tmp_path, {path: text}))
    assert outcome.codes == [code]
    assert path in outcome.text


def test_a_name_of_one_word_that_says_nothing_can_be_declared_alone(tmp_path: Path) -> None:
    files = {"content/entities/a.md": entity("The", "mentions: false\n"), A: article()}
    assert build_site(make_site(tmp_path, files)).codes == []


def test_circles_and_repeats_name_their_files(tmp_path: Path) -> None:
    files = {
        "content/entities/a.md": entity("A Union", "member_of: [B Union]\n"),
        "content/entities/b.md": entity("B Union", "member_of: [A Union]\n"),
        "content/storylines/a.md": "---\ntitle: Same story\n---\n",
        "content/storylines/b.md": "---\ntitle: same  story\n---\n",
    }
    assert build_site(make_site(tmp_path, files)).codes == ["entity-loop"]
    for name in ("a", "b"):
        (tmp_path / f"content/entities/{name}.md").unlink()
    assert build_site(tmp_path).codes == ["storyline-twice"]


def test_missing_and_repeated_sources_are_warnings(tmp_path: Path) -> None:
    files = {
        A: article("A", extra="sources: ['https://www.x.example/y/?utm_source=z&b=1']"),
        "content/b.md": article("B", extra="sources: ['http://x.example/y?b=1#top']"),
        "content/c.md": article("C"),
        "content/d.md": article("D", body="[source](https://y.example/)"),
    }
    outcome = build_site(make_site(tmp_path, files, SITE.replace("false", "true")))
    assert sorted(outcome.codes) == ["no-source", "source-twice"]


def test_a_name_of_one_text_goes_before_that_of_the_site(tmp_path: Path) -> None:
    body = "The Canadian Book Association (CBA) met. CBA members voted."
    files = {
        A: article(body=body),
        "content/entities/b.md": entity("Commonwealth Bank of Australia", "acronym: CBA\n"),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    assert "A title" in page(site, "/entities/canadian-book-association/")
    assert "No piece names it" in page(site, "/entities/commonwealth-bank-of-australia/")


def test_an_entity_file_without_fields_is_told_which_to_write(tmp_path: Path) -> None:
    for folder, fields in [("entities", "name: and kind:"), ("storylines", "title: and start:")]:
        outcome = build_site(make_site(tmp_path, {f"content/{folder}/a.md": "Just text.\n"}))
        assert fields in outcome.text
        (tmp_path / f"content/{folder}/a.md").unlink()


def test_ten_thousand_aliases_are_refused_and_a_thousand_found(tmp_path: Path) -> None:
    aliases = [f"Alias{number}q Union" for number in range(10_000)]
    file = "content/entities/b.md"
    files = {
        file: entity("Many Names", f"aliases: [{', '.join(aliases)}]\n"),
        A: article(body="Alias77q Union met."),
    }
    site = make_site(tmp_path, files)
    outcome = build_site(site)
    assert outcome.codes == ["yaml-forbidden"]
    assert file in outcome.text
    (site / file).write_text(entity("Many Names", f"aliases: [{', '.join(aliases[:1000])}]\n"))
    assert build_site(site).ok
    assert "A title" in page(site, "/entities/many-names/")


def test_a_hostile_name_is_text_wherever_it_stands(tmp_path: Path) -> None:
    name = "</script><!--<script>"
    file = f"---\nname: '{name}'\nkind: union\n---\n"
    text = article(body="The &lt;/script&gt; met.", extra=f"entities: ['{name}']")
    site = make_site(tmp_path, {"content/entities/a.md": file, A: text})
    assert build_site(site).ok
    tree = read_tree(tmp_path / "public")
    pages = [
        without_own(data.decode())
        for path, data in tree.items()
        if path.endswith((".html", ".xml"))
    ]
    assert not any("<script" in text or "<!--" in text for text in pages)
    assert b"A title" in tree["entities/script-script/index.html"]


def test_a_follow_up_may_share_its_source(tmp_path: Path) -> None:
    source = "sources: ['https://x.example/y']"
    files = {
        A: article("A", extra=source),
        "content/b.md": article("B", body="After [the first piece](a.md).", extra=source),
    }
    assert build_site(make_site(tmp_path, files)).codes == []


def test_an_address_in_dated_text_is_a_source(tmp_path: Path) -> None:
    files = {"content/a.txt": "date 2023-07-27 It rained.\n\nSource: https://x.example/y\n"}
    site = make_site(tmp_path, files, SITE.replace("false", "true"))
    assert build_site(site).codes == []
    page = (site / "public/2023/07/27/it-rained/index.html").read_text()
    assert '<a href="https://x.example/y">https://x.example/y</a>' in page
