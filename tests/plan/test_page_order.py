"""What a reader meets first on the pages of entities and storylines."""

import re
from collections.abc import Iterable
from pathlib import Path

from support import article, build_site, make_site, page


def places(text: str, parts: Iterable[str]) -> list[int]:
    return [text.index(part) for part in parts]


def entity(fields: str) -> str:
    return f"---\nname: Guild\nkind: union\n{fields}---\n\nA guild.\n"


def test_an_entity_is_told_before_its_pieces(tmp_path: Path) -> None:
    extra = "entities: [{name: Guild, role: union}, A One, B Two, C Three]\n"
    extra += "figures: [{what: jobs, value: 9, unit: jobs}]"
    text = "“We will not sign this contract today,” the Guild said."
    files = {
        f"content/{number}.md": article(f"Piece {number}", f"20{number:02}-01-02", text, extra)
        for number in range(25)
    }
    site = make_site(tmp_path, {**files, "content/entities/guild.md": entity("aliases: [GU]\n")})
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    text = page(site, "/entities/guild/")
    order = "chart list roles near quotes figures years".split()
    marks = ['class="facts"', *(f'<h2 id="page--{name}"' for name in order)]
    found = places(text, marks)
    assert found == sorted(found)
    assert text.count('aria-label="Years"') == 1
    year = page(site, "/entities/guild/2010/")
    assert places(year, ['aria-label="Years"', '<h2 id="page--list"'])
    assert "page--years" not in year


def test_a_long_list_of_names_is_folded(tmp_path: Path) -> None:
    aliases = ", ".join(f"Alias {number}" for number in range(400))
    files = {
        "content/entities/guild.md": entity(f"aliases: [{aliases}]\n"),
        "content/a.md": article(extra="entities: [Guild]"),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    names = (
        page(site, "/entities/guild/").partition("<dt>Also called</dt>")[2].partition("</div>")[0]
    )
    shown, _, folded = names.partition("<details")
    assert re.findall(r">(Alias \d+)<", shown) == [f"Alias {number}" for number in range(12)]
    assert len(re.findall(r">Alias \d+<", folded)) == 388
    assert "and 388 more" in folded


def test_a_few_names_are_not_folded(tmp_path: Path) -> None:
    aliases = ", ".join(f"Alias {number}" for number in range(12))
    files = {
        "content/entities/guild.md": entity(f"aliases: [{aliases}]\n"),
        "content/a.md": article(extra="entities: [Guild]"),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    assert 'class="rest"' not in page(site, "/entities/guild/")


def test_a_storyline_is_told_before_its_pieces(tmp_path: Path) -> None:
    extra = "storylines: [Strike]\nfigures: [{what: jobs, value: 9, unit: jobs}]"
    files = {f"content/{n}.md": article(f"P {n}", f"2023-0{n}-02", extra=extra) for n in (1, 2, 3)}
    fields = "title: Strike\nnext_date: 2027-05-06\nparties: [{name: Guild, role: union}]"
    files["content/storylines/s.md"] = f"---\n{fields}\n---\n\nIt goes on.\n"
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    text = page(site, "/storylines/strike/")
    marks = [
        "<dt>Next date</dt>",
        '<h2 id="page--parties"',
        '<h2 id="page--chart"',
        'class="coming"',
        'class="rail"',
        '<h2 id="page--figures"',
    ]
    found = places(text, marks)
    assert found == sorted(found)
