import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from digest.model.pictures import Card
from digest.pictures.cards import ROOM, draw_card, drawable, fit
from images import picture
from support import SITE, article, build_site, make_site, page, read_tree, write_files

TITLES = {
    "short": "Vote",
    "usual": "The writers’ dispute with the studios over generative models",
    "long": "A long headline about workers and machines " * 7,
    "one word": "Donaudampfschifffahrt" * 10,
    "wide letters": "W" * 200,
    "accents": "Ünïon & Søhne: “ça ira” — 50 %",
    "cyrillic": "Ведомости труда",
    "nothing": "",
}


@pytest.mark.parametrize("name", TITLES)
def test_a_title_stays_inside_the_card(name: str) -> None:
    card = Card("Digest", "27 July 2023", TITLES[name])
    made = draw_card(card)
    assert made == draw_card(card)
    assert len(made) < 40_000
    with Image.open(BytesIO(made)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
        paper = image.getpixel((0, 0))
        edges = [image.crop(box) for box in ((0, 70, 70, 630), (1130, 70, 1200, 630))]
        edges.append(image.crop((0, 610, 1200, 630)))
        assert {pixel for edge in edges for pixel in set(edge.tobytes())} == {paper}
        assert bool(TITLES[name]) == (len(set(image.crop((80, 200, 1120, 600)).tobytes())) > 1)


def test_long_titles_are_smaller_and_at_last_cut() -> None:
    sizes = [fit(drawable(TITLES[name]))[1] for name in ("short", "usual", "long", "one word")]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 84
    lines, size = fit("word " * 500)
    assert (size, lines[-1][-1]) == (28, "…")
    assert fit("W" * 200)[0] != []
    assert ROOM == 1040


@pytest.mark.parametrize("text", ["编剧罢工", "نقابة الممثلين", "สหภาพแรงงาน", "Union 罢工"])
def test_what_the_font_lacks_is_left_out_as_a_whole(text: str) -> None:
    assert drawable(text) == ""
    with Image.open(BytesIO(draw_card(Card("Digest", "2023", text)))) as image:
        assert len(set(image.crop((80, 200, 1120, 600)).tobytes())) == 1


def test_signs_that_the_font_lacks_leave_no_box() -> None:
    assert drawable("Strike 🎉 over\u202e\u200b → now\x07") == "Strike over now"


def cards(site: Path) -> dict[str, bytes]:
    found = read_tree(site / "public")
    return {path: data for path, data in found.items() if path.startswith("assets/cards/")}


def image_of(html: str) -> str:
    found = re.findall(r'<meta property="og:image" content="https://example.org/([^"]*)">', html)
    assert len(found) == 1
    return str(found[0])


FILES: dict[str, str | bytes] = {
    "content/a.md": article("One", extra="storylines: [The dispute]"),
    "content/b.md": article("Two", extra="image: {src: p.png, alt: It}"),
    "content/p.png": picture(),
    "content/storylines/d.md": "---\ntitle: The dispute\n---\n\nText.\n",
}


def test_the_site_and_each_storyline_have_a_card(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES)
    assert build_site(site).ok
    story = image_of(page(site, "/storylines/the-dispute/"))
    home = image_of(page(site, "/"))
    assert set(cards(site)) == {home, story}
    assert image_of(page(site, "/2023/07/27/one/")) == home
    assert image_of(page(site, "/2023/07/27/two/")) == "p.png"
    alt = '<meta property="og:image:alt" content="Test digest: The dispute">'
    assert alt in page(site, "/storylines/the-dispute/")
    write_files(site, {"content/a.md": article("One", body="More.")})
    outcome = build_site(site)
    assert outcome.report is not None
    assert not [path for path in outcome.report.written if path.endswith(".png")]
    write_files(
        site, {"content/storylines/d.md": "---\ntitle: The dispute\nstatus: settled\n---\n"}
    )
    outcome = build_site(site)
    assert outcome.report is not None
    assert set(outcome.report.deleted) == {story}
    assert image_of(page(site, "/storylines/the-dispute/")) in outcome.report.written


def test_articles_have_cards_if_asked_for(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES, f"{SITE}[social]\ncards = true\n")
    assert build_site(site).ok
    assert image_of(page(site, "/2023/07/27/one/")).startswith("assets/cards/one.")
    assert image_of(page(site, "/2023/07/27/two/")) == "p.png"
    assert len(cards(site)) == 3


def test_without_an_address_there_are_none(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES, '[site]\ntitle = "T"\n[sources]\nrequired = false\n')
    assert build_site(site).ok
    assert cards(site) == {}
    assert "og:image" not in page(site, "/")
