import json
from pathlib import Path

import pytest

from support import SITE, article, make_site, run_digest

GUILD = "---\nname: SAG-AFTRA\nkind: union\naliases: [Screen Actors Guild]\n---\n"
IGER = "---\nname: Bob Iger\nkind: person\n---\n"
PLAIN = {
    "content/entities/sag-aftra.md": GUILD,
    "content/entities/bob-iger.md": IGER,
    "content/a.md": article(
        "One", "2023-07-01", "The performers of SAG-AFTRA met.", "tags: [strikes, deepfake]"
    ),
    "content/b.md": article(
        "Two",
        "2023-07-02",
        "SAG-AFTRA struck. SAG-AFTRA went on.",
        "tags: [strikes, deepfakes]\nentities: {employer: [Netflix]}",
    ),
}


def listed(site: Path, what: str) -> list[dict[str, object]]:
    done = run_digest("list", what, "--json", cwd=site)
    assert (done.code, done.err) == (0, "")
    result = json.loads(done.out)
    assert result["ok"] is True
    rows = result[what]
    assert isinstance(rows, list)
    return rows


def test_entities_say_where_they_come_from(tmp_path: Path) -> None:
    rows = listed(make_site(tmp_path, PLAIN), "entities")
    assert rows == [
        {
            "slug": "bob-iger",
            "name": "Bob Iger",
            "kind": "person",
            "file": "content/entities/bob-iger.md",
            "declared": 0,
            "found": 0,
        },
        {
            "slug": "netflix",
            "name": "Netflix",
            "kind": "other",
            "file": "",
            "declared": 1,
            "found": 0,
        },
        {
            "slug": "sag-aftra",
            "name": "SAG-AFTRA",
            "kind": "union",
            "file": "content/entities/sag-aftra.md",
            "declared": 0,
            "found": 2,
        },
    ]


def test_tags_are_counted(tmp_path: Path) -> None:
    rows = listed(make_site(tmp_path, PLAIN), "tags")
    assert rows == [
        {"slug": "deepfake", "name": "deepfake", "articles": 1, "newest": "2023-07-01"},
        {"slug": "deepfakes", "name": "deepfakes", "articles": 1, "newest": "2023-07-02"},
        {"slug": "strikes", "name": "strikes", "articles": 2, "newest": "2023-07-02"},
    ]


def test_mentions_go_by_article(tmp_path: Path) -> None:
    rows = listed(make_site(tmp_path, PLAIN), "mentions")
    assert rows == [
        {
            "article": "content/a.md",
            "entity": "sag-aftra",
            "role": "",
            "declared": False,
            "times": 1,
        },
        {
            "article": "content/b.md",
            "entity": "netflix",
            "role": "employer",
            "declared": True,
            "times": 0,
        },
        {
            "article": "content/b.md",
            "entity": "sag-aftra",
            "role": "",
            "declared": False,
            "times": 2,
        },
    ]


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("entities", "netflix    other   1 declared, 0 found  Netflix"),
        ("tags", "strikes    2  2023-07-02  strikes"),
        ("mentions", "content/b.md  netflix    employer  declared, 0 times"),
        ("suggestions", 'duplicate: the tags "deepfake" and "deepfakes"'),
    ],
)
def test_text_has_one_line_for_each(tmp_path: Path, what: str, line: str) -> None:
    done = run_digest("list", what, cwd=make_site(tmp_path, PLAIN))
    assert done.code == 0
    lines = [" ".join(item.split()) for item in done.out.splitlines()]
    assert any(item.startswith(" ".join(line.split())) for item in lines), done.out


def test_nothing_is_written_but_the_cache(tmp_path: Path) -> None:
    site = make_site(tmp_path, PLAIN)
    before = sorted(path for path in site.rglob("*"))
    run_digest("list", "entities", cwd=site)
    after = sorted(path for path in site.rglob("*") if ".digest" not in path.parts)
    assert after == before


def test_errors_of_the_site_are_told(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/a.md": article(date="never")})
    done = run_digest("list", "tags", cwd=site)
    assert (done.code, done.out) == (1, "")
    assert "content/a.md:3:7: error[date-format]" in done.err
    assert json.loads(run_digest("list", "tags", "--json", cwd=site).out)["ok"] is False


def test_an_unknown_list_is_wrong_usage(tmp_path: Path) -> None:
    done = run_digest("list", "people", cwd=make_site(tmp_path, {}))
    assert done.code == 2
    assert "'entities', 'tags', 'mentions', 'suggestions'" in done.err


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    done = run_digest("list", "tags", cwd=make_site(tmp_path, {"content/a.md": article()}))
    assert (done.code, done.out) == (0, "no tags\n")


def suggested(tmp_path: Path, files: dict[str, str], config: str = SITE) -> list[dict[str, object]]:
    return listed(make_site(tmp_path, files, config), "suggestions")


def three(*bodies: str) -> dict[str, str]:
    return {
        f"content/{number}.md": article(f"Piece {number}", f"2023-07-0{number}", body)
        for number, body in enumerate(bodies, 1)
    }


def test_a_definition_suggests_an_alias(tmp_path: Path) -> None:
    body = "The Screen Actors Guild (SAG) met."
    found = suggested(tmp_path, {"content/entities/sag-aftra.md": GUILD} | three(body, body))
    assert found == [
        {
            "kind": "alias",
            "name": "SAG",
            "of": "SAG-AFTRA",
            "file": "content/entities/sag-aftra.md",
            "articles": ["content/1.md", "content/2.md"],
        }
    ]


def test_a_definition_of_something_new_suggests_an_entity(tmp_path: Path) -> None:
    found = suggested(tmp_path, three("The Writers Guild of America (WGA) met."))
    assert found == [
        {
            "kind": "entity",
            "name": "Writers Guild of America",
            "of": "",
            "file": "content/entities/writers-guild-of-america.md",
            "articles": ["content/1.md"],
        }
    ]


def test_a_declared_name_without_a_file_suggests_an_entity(tmp_path: Path) -> None:
    files = {"content/a.md": article(extra="entities: [Netflix]")}
    assert [(item["kind"], item["name"]) for item in suggested(tmp_path, files)] == [
        ("entity", "Netflix")
    ]


def test_a_capitalised_name_in_three_articles_suggests_an_entity(tmp_path: Path) -> None:
    found = suggested(
        tmp_path,
        three(
            "They work for Kaiser Permanente. Workers at Duolingo left.",
            "Kaiser Permanente said so.",
            "On Monday the CEO of Kaiser Permanente met AI workers at Duolingo.",
        ),
    )
    assert [(item["kind"], item["name"]) for item in found] == [("entity", "Kaiser Permanente")]
    assert found[0]["articles"] == ["content/1.md", "content/2.md", "content/3.md"]


def test_a_surname_alone_suggests_an_alias(tmp_path: Path) -> None:
    body = "They heard Iger speak."
    found = suggested(tmp_path, {"content/entities/bob-iger.md": IGER} | three(body, body, body))
    assert [(item["kind"], item["name"], item["of"]) for item in found] == [
        ("alias", "Iger", "Bob Iger")
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Writers Guild of America", "Writers Guilds of America"),
        ("Universal Music Group", "UMG"),
        ("Stability AI", "Stabilty AI"),
    ],
)
def test_names_that_are_nearly_alike_are_shown_together(tmp_path: Path, one: str, two: str) -> None:
    files = {"content/a.md": article(extra=f"entities: [{one}, {two}]")}
    found = [item for item in suggested(tmp_path, files) if item["kind"] == "duplicate"]
    assert [{item["name"], item["of"]} for item in found] == [{one, two}]


def test_names_that_both_have_files_are_apart(tmp_path: Path) -> None:
    files = {
        f"content/entities/{name}.md": f"---\nname: Writers Guild {name}\nkind: union\n---\n"
        for name in ("East", "Eastern")
    }
    assert suggested(tmp_path, files) == []


def test_a_closed_vocabulary_has_no_duplicates(tmp_path: Path) -> None:
    config = f'{SITE}\n[tags.deepfake]\nlabel = "Deepfake"\n[tags.deepfakes]\nlabel = "Deepfakes"\n'
    files = {"content/a.md": article(extra="tags: [deepfake, deepfakes]")}
    assert suggested(tmp_path, files, config) == []
