import re
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from digest.build import build as build_digest
from digest.cache.keys import digest_of
from digest.diagnostics import DigestError
from digest.model.pictures import Picture
from digest.pictures.measure import measure_picture
from digest.pictures.studio import make_version
from digest.start import Options
from images import moving, picture
from support import NOW, SITE, Outcome, article, build_site, make_site, page, read_tree, write_files

A = "content/a.md"
MOST = 50_000_000
PIECE = "/2023/07/27/a-title/"


def huge_png() -> bytes:
    """Return the head of a PNG of a hundred megapixels, and nothing behind it."""
    size = (10_000).to_bytes(4, "big") * 2
    chunk = b"IHDR" + size + b"\x08\x02\x00\x00\x00"
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    return head + b"\x00\x00\x10\x00IDAT" + bytes(4096)


def turned(value: int, width: int = 800, height: int = 600) -> bytes:
    """Return a JPEG that asks to be turned, with a place noted in it."""
    exif = Image.Exif()
    exif[0x0112] = value
    exif[0x010E] = "SECRET PLACE"
    return picture(width, height, "JPEG", exif=exif)


def test_what_is_too_large_is_never_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[object] = []
    load = PngImagePlugin.PngImageFile.load

    def spy(image: PngImagePlugin.PngImageFile) -> object:
        decoded.append(image)
        return load(image)

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", spy)
    assert measure_picture(picture(), 48).fault == ""
    assert len(decoded) >= 1
    decoded.clear()
    assert "the limit is 47" in measure_picture(picture(), 47).fault
    assert decoded == []


def build(tmp_path: Path, body: str, files: dict[str, str | bytes], config: str = SITE) -> Outcome:
    return build_site(make_site(tmp_path, {A: article(body=body), **files}, config))


SOUND = {
    "png": (picture(), Picture(8, 6, "PNG")),
    "one pixel": (picture(1, 1), Picture(1, 1, "PNG")),
    "palette": (picture(mode="P"), Picture(8, 6, "PNG")),
    "grey, sixteen bits": (picture(mode="I;16"), Picture(8, 6, "PNG")),
    "jpeg": (picture(kind="JPEG"), Picture(8, 6, "JPEG")),
    "cmyk": (picture(kind="JPEG", mode="CMYK"), Picture(8, 6, "JPEG")),
    "several in a jpeg": (
        picture(kind="MPO", save_all=True, append_images=[Image.new("RGB", (8, 6))]),
        Picture(8, 6, "JPEG"),
    ),
    "on its side": (turned(6), Picture(600, 800, "JPEG")),
    "upside down": (turned(3), Picture(800, 600, "JPEG")),
    "webp": (picture(kind="WEBP"), Picture(8, 6, "WEBP")),
    "avif": (picture(kind="AVIF"), Picture(8, 6, "AVIF")),
    "gif": (picture(kind="GIF"), Picture(8, 6, "GIF")),
    "moving": (moving(), Picture(600, 400, "GIF", animated=True)),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_picture_is_measured_as_it_is_shown(name: str) -> None:
    data, expected = SOUND[name]
    assert measure_picture(data, MOST) == expected


PNG, JPEG = picture(300, 300), picture(300, 300, "JPEG")
BAD = {
    "empty": ("x.png", b"", "it is empty", "save it as PNG"),
    "a text": ("x.png", b"Not a picture.\n", "it is a text file", "save it as PNG"),
    "an svg": ("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a text file", "save it"),
    "another kind": ("x.png", picture(kind="BMP"), "no picture that browsers show", "save it"),
    "cut png": ("x.png", PNG[:-100], "cut short", "copy it anew"),
    "cut jpeg": ("x.jpg", JPEG[: len(JPEG) // 2], "cut short", "copy it anew"),
    "cut webp": ("x.webp", picture(300, 300, "WEBP")[:-60], "broken", "anew"),
    "spoilt png": ("x.png", PNG[:100] + bytes(50) + PNG[150:], "broken", "anew"),
    "head alone": ("x.png", PNG[:20], "broken", "anew"),
    "huge": (
        "x.png",
        huge_png(),
        "10,000 by 10,000 pixels, the limit is 50,000,000",
        "[limits]",
    ),
    "wrong name": ("x.png", JPEG, "ends in .png, but it is a JPEG file", "rename it to x.jpg"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_picture_is_an_error_where_it_is_used(tmp_path: Path, name: str) -> None:
    file, data, fault, hint = BAD[name]
    files: dict[str, str | bytes] = {f"content/{file}": data}
    outcome = build(tmp_path, f"Text.\n\n![It]({file})\n", files)
    (finding,) = outcome.diagnostics
    assert (finding.code, str(finding.span)) == ("picture", "content/a.md:8")
    assert fault in finding.message
    assert hint in finding.hint
    again = build_site(tmp_path)
    assert again.text == outcome.text
    front = article(extra=f"image: {{src: {file}, alt: It}}")
    write_files(tmp_path, {A: front})
    (finding,) = build_site(tmp_path).diagnostics
    assert (finding.code, str(finding.span)) == ("picture", "content/a.md:4:8")
    write_files(tmp_path, {A: article()})
    assert build_site(tmp_path).ok, "nobody uses it any more"


def test_limits_are_settings(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/p.png": picture(100, 50)}
    config = f"{SITE}[limits]\nimage_pixels = 4999\n"
    assert build(tmp_path, "![It](p.png)", files, config).codes == ["picture"]
    write_files(tmp_path, {"site.toml": f"{SITE}[limits]\nimage_pixels = 5000\n"})
    assert build_site(tmp_path).ok
    write_files(tmp_path, {"site.toml": f"{SITE}[limits]\nimage_bytes = 60\n"})
    outcome = build_site(tmp_path)
    assert outcome.codes == ["picture"]
    assert "bytes, the limit is 60" in outcome.text


UNSAID = {
    "markdown": "![](p.png)",
    "markdown, a space": "![ ](p.png)",
    "markdown reference": "![][p]\n\n[p]: p.png",
    "raw": '<img src="p.png">',
}


@pytest.mark.parametrize("name", UNSAID)
def test_a_picture_needs_a_text(tmp_path: Path, name: str) -> None:
    outcome = build(tmp_path, f"Text.\n\n{UNSAID[name]}\n", {"content/p.png": picture()})
    (finding,) = outcome.diagnostics
    assert finding.code == "alt-missing"
    assert str(finding.span) in {"content/a.md:8", "content/a.md:10"}
    assert "What it shows" in finding.hint
    assert 'alt=""' in finding.hint


def test_decoration_is_said_to_be_one(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/p.png": picture()}
    assert build(tmp_path, 'Text. <img alt="" src="p.png">', files).codes == []
    assert 'alt=""' in page(tmp_path, PIECE)


def pictures_of(html: str) -> list[dict[str, str]]:
    """Return the attributes of the pictures of a page; none may stand twice."""
    found = []
    for tag in re.findall(r"<img ([^>]*)>", html):
        pairs = re.findall(r'([a-z]+)="([^"]*)"', tag)
        assert len(pairs) == len(dict(pairs)), tag
        found.append(dict(pairs))
    return found


def test_pages_keep_room_and_offer_versions(tmp_path: Path) -> None:
    body = (
        '![Large](big.jpg)\n\n![Small](p.png?x=1)\n\n<img src="big.jpg" alt="w" width="300">\n\n'
        '<img src="big.jpg" alt="h" height="150">\n\n<img src="p.png" alt="" width="3" height="4">'
    )
    files: dict[str, str | bytes] = {
        A: article(body=body, extra='image: {src: big.jpg, alt: "The head"}'),
        "content/big.jpg": picture(1600, 1200, "JPEG"),
        "content/p.png": picture(),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).codes == []
    head, large, small, wide, high, both = pictures_of(page(site, PIECE))
    for it in (head, large):
        assert (it["width"], it["height"]) == ("1600", "1200")
        widths = [part.split()[1] for part in it["srcset"].split(", ")]
        assert widths == ["480w", "960w", "1440w", "1600w"]
        assert it["sizes"] == "(min-width: 736px) 736px, 100vw"
    assert (head.get("loading"), head["fetchpriority"]) == (None, "high")
    assert (large["loading"], large["decoding"]) == ("lazy", "async")
    assert (small["src"], small["width"], small["height"]) == ("/p.png?x=1", "8", "6")
    assert "srcset" not in small
    assert (wide["width"], wide["height"]) == ("300", "225")
    assert wide["sizes"] == "(min-width: 300px) 300px, 100vw"
    assert (high["width"], high["height"]) == ("200", "150")
    assert (both["width"], both["height"]) == ("3", "4")
    for part in large["srcset"].split(", "):
        url, width = part.split()
        with Image.open(tmp_path / f"public{url}") as image:
            assert image.width == int(width[:-1])
    feed = page(site, "/feed.xml")
    assert "srcset" not in feed
    assert "lazy" not in feed
    assert "src=&#34;https://example.org/big.jpg&#34; width=&#34;1600&#34;" in feed


def version(tmp_path: Path, data: bytes, width: int = 480) -> bytes:
    file = tmp_path / "source"
    file.write_bytes(data)
    return make_version(str(file), "content/x", digest_of(data), width)


VERSIONS = {
    "jpeg": (picture(1000, 700, "JPEG"), (480, 336), "RGB"),
    "on its side": (turned(6, 1000, 700), (480, 686), "RGB"),
    "cmyk": (picture(1000, 700, "JPEG", mode="CMYK"), (480, 336), "RGB"),
    "png": (picture(1000, 700), (480, 336), "RGB"),
    "grey": (picture(1000, 700, mode="L"), (480, 336), "RGB"),
    "grey, sixteen bits": (picture(1000, 700, mode="I;16"), (480, 336), "RGB"),
    "palette": (picture(1000, 700, mode="P"), (480, 336), "RGB"),
    "black and white": (picture(1000, 700, mode="1"), (480, 336), "RGB"),
    "webp": (picture(1000, 700, "WEBP"), (480, 336), "RGB"),
    "avif": (picture(1000, 700, "AVIF"), (480, 336), "RGB"),
    "very flat": (picture(5000, 2), (480, 1), "RGB"),
    "broken profile": (picture(1000, 700, "JPEG", icc_profile=b"x" * 200), (480, 336), "RGB"),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_a_version_is_small_and_tells_nothing_else(tmp_path: Path, name: str) -> None:
    data, size, mode = VERSIONS[name]
    made = version(tmp_path, data)
    assert made == version(tmp_path, data), "not the same again"
    with Image.open(BytesIO(made)) as image:
        assert (image.format, image.size, image.mode) == ("WEBP", size, mode)
        assert not set(image.info) & {"exif", "icc_profile", "xmp"}
        image.load()
    assert b"SECRET" not in made


def test_colours_of_a_profile_become_those_of_the_web(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    plain = version(tmp_path, picture(1000, 700, "JPEG"))
    assert version(tmp_path, picture(1000, 700, "JPEG", icc_profile=profile.tobytes())) == plain
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = version(tmp_path, picture(1000, 700, "JPEG", icc_profile=srgb))
    with Image.open(BytesIO(plain)) as one, Image.open(BytesIO(same)) as two:
        pairs = zip(one.convert("L").tobytes(), two.convert("L").tobytes(), strict=True)
        assert max(abs(left - right) for left, right in pairs) < 12


def test_sixteen_bits_of_grey_keep_their_shades(tmp_path: Path) -> None:
    grey = Image.new("I;16", (1000, 700), 0x8000)
    out = BytesIO()
    grey.save(out, "PNG")
    with Image.open(BytesIO(version(tmp_path, out.getvalue()))) as image:
        assert image.convert("L").getpixel((100, 100)) in {127, 128, 129}


def test_what_is_see_through_stays_so(tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("RGBA", (1000, 700), (200, 0, 0, 100)).save(out, "PNG")
    with Image.open(BytesIO(version(tmp_path, out.getvalue()))) as image:
        pixel = image.getpixel((10, 10))
        assert isinstance(pixel, tuple)
        assert pixel[1:] == (0, 0, 100)
        assert abs(pixel[0] - 200) < 4


def test_a_file_that_changes_meanwhile_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "p.png"
    file.write_bytes(picture(1000, 700))
    with pytest.raises(DigestError, match="changed while the site was built"):
        make_version(str(file), "content/p.png", b"another", 480)
    file.unlink()
    with pytest.raises(DigestError, match="changed while the site was built"):
        make_version(str(file), "content/p.png", b"another", 480)


def test_a_file_that_changes_before_it_is_measured_is_an_error(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: article(body="![It](p.png)"), "content/p.png": picture()})

    def change(work: str, _done: int, _total: int) -> None:
        if work == "reading":
            write_files(site, {"content/p.png": picture(10, 10)})

    with pytest.raises(DigestError, match="changed while the site was read"):
        build_digest(Options(site=site, now=NOW, jobs=1), change)
    assert build_site(site).ok, "nothing wrong is remembered"
    assert 'width="10" height="10"' in page(site, PIECE)


def test_what_moves_has_no_versions(tmp_path: Path) -> None:
    assert build(tmp_path, "![It](m.gif)", {"content/m.gif": moving()}).codes == []
    assert "srcset" not in page(tmp_path, PIECE)
    assert not [path for path in read_tree(tmp_path / "public") if path.endswith(".webp")]


def test_another_picture_changes_its_pages_and_nothing_else(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        A: article(body="![It](p.png)"),
        "content/b.md": article("Other", "2020"),
        "content/p.png": picture(700, 500),
    }
    site = make_site(tmp_path, files)
    assert build_site(site).ok
    old = {path for path in read_tree(site / "public") if path.endswith(".webp")}
    assert len(old) == 1
    write_files(site, {"content/p.png": picture(600, 500)})
    outcome = build_site(site)
    assert outcome.report is not None
    new = {path for path in read_tree(site / "public") if path.endswith(".webp")}
    assert len(new) == 1
    assert new != old
    assert set(outcome.report.deleted) == old
    pages = {"2023/07/27/a-title/index.html", "feed.xml", "p.png"}
    assert set(outcome.report.written) == pages | new


def test_a_build_over_several_processes_is_the_same(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"content/{number}.jpg": picture(500 + number, 300, "JPEG") for number in range(20)
    }
    body = "\n".join(f"![It]({number}.jpg)" for number in range(20))
    site = make_site(tmp_path, {A: article(body=body), **files})
    one = build_site(site, output=tmp_path / "one", cache=tmp_path / "cache-one")
    two = build_site(site, output=tmp_path / "two", cache=tmp_path / "cache-two", jobs=2)
    assert one.codes == two.codes == []
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "two")
