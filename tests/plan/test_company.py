"""The picture of an entity's company: the right ones at fixed places, no name on another."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.plan.company import cut_name
from support import article, build_site, make_site, page

NAMES = ["Alba", "Norden", "Kestrel", "Vela", *(f"Other {number}" for number in range(20))]


def site_of(folder: Path, count: int, pieces: int = 3) -> str:
    """Return the page of SAG, which so many others appear with; the first one in all pieces."""
    others = NAMES[:count]
    files = {
        f"content/{number}.md": article(
            f"Piece {number}",
            extra=f"entities: [SAG, {', '.join(others[: 1 if number else count])}]",
        )
        for number in range(pieces)
    }
    files["content/entities/alba.md"] = "---\nname: Alba\nkind: company\n---\n\nText.\n"
    assert build_site(make_site(folder, files)).ok
    return page(folder, "/entities/sag/")


def picture(text: str) -> str:
    return text.partition('<svg class="company"')[2].partition("</svg>")[0]


def labels(text: str) -> list[tuple[float, float, str]]:
    """Return where each label of the others stands, and what it says."""
    found = re.findall(
        r'<text x="(\d+)" y="(\d+)"(?: text-anchor="end")?>&#8296;(.*?)&#8297;</text></a>',
        picture(text),
    )
    return [(int(x), int(y), label) for x, y, label in found]


@pytest.mark.parametrize("count", range(3, 15))
def test_no_two_names_share_a_row_of_a_side(count: int, tmp_path: Path) -> None:
    text = site_of(tmp_path, count)
    found = labels(text)
    assert len(found) == min(count, 12)
    for one, other in itertools.combinations(found, 2):
        assert abs(one[1] - other[1]) >= 28 or (one[0] < 160) != (other[0] < 160)
    (height,) = re.findall(r'viewBox="0 0 320 (\d+)"', picture(text))
    assert all(14 <= y <= int(height) - 10 for _, y, _ in found)


def test_lines_are_as_wide_as_pieces_are_many(tmp_path: Path) -> None:
    text = site_of(tmp_path, 4, pieces=4)
    assert re.findall(r'stroke-width="([\d.]+)"', picture(text)) == ["5.0", "2.0", "2.0", "2.0"]


def test_it_is_the_list_once_more_for_pointers_alone(tmp_path: Path) -> None:
    text = site_of(tmp_path, 5)
    drawn = re.findall(r'<a href="([^"]+)" tabindex="(-?\d)">', picture(text))
    listed = re.findall(r'<li><a href="([^"]+)" class="kind', text)
    assert drawn == [(url, "-1") for url in listed]
    assert picture(text).startswith(' viewBox="0 0 320 128" aria-hidden="true">')


@pytest.mark.parametrize(("count", "pieces"), [(2, 9), (9, 2)])
def test_little_company_is_no_picture(count: int, pieces: int, tmp_path: Path) -> None:
    assert picture(site_of(tmp_path, count, pieces)) == ""


def test_a_kind_is_a_shape(tmp_path: Path) -> None:
    text = picture(site_of(tmp_path, 3))
    marks = re.findall(r'class="company-mark( hollow)?" transform="[^"]+" d="([^"]+)"', text)
    assert len(marks) == 4
    assert len(set(marks)) == 2  # a company, and three of which no file says what they are


@pytest.mark.parametrize(
    ("names", "room", "label"),
    [
        (("Short",), 8, "Short"),
        (("A name that is long", "ANL"), 8, "ANL"),
        (("A name that is long", "AVERYLONGACRONYM"), 8, "A name that…"),
        (("W" * 40,), 8, "W" * 7 + "…"),
        (("工会" * 20,), 8, "工会工会工会工…"),
        (("e\u0301" * 40,), 4, "e\u0301" * 4 + "…"),
    ],
)
def test_a_name_is_cut_to_its_room(names: tuple[str, ...], room: float, label: str) -> None:
    assert cut_name(names, room)[0] == label


@given(st.text(min_size=1, max_size=60), st.sampled_from([8.0, 9.0, 23.0]))
def test_any_name_fits(name: str, room: float) -> None:
    label, width = cut_name((name,), room)
    assert width <= room
    assert label == name or name.startswith(label[:-1].rstrip())
