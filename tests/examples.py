"""Sites to check whole: the reference digest, and one of awkward names and every feature."""

import datetime as dt
import shutil
from pathlib import Path

from images import picture
from support import NO_SEARCH, SITE, article, build_site, make_site

ROOT = Path(__file__).parents[1]
EXAMPLES = ["reference digest", "awkward site"]

MARKDOWN = """
# First level

Paragraph with *emphasis*, **strong**, `code <b>`, "quotes" -- dashes --- and dots...
A line break\x20\x20
here, an entity &copy; &lt;b&gt;, a backslash \\* and an <https://example.org/?a=1&b=2> autolink,
mail to <someone@example.org>, H<sub>2</sub>O, <abbr title="American Federation">AF</abbr>.

## Second level

### Third level

##### Fifth level, skipping one

## Second level

[inline](other.md "A title"), [anchor](#first-level), [page](/about/), [reference][ref],
![pic](dot.png "Dot"). <img src="wide.jpg" alt="" width="200">

![A wide one](wide.jpg)

[ref]: https://example.org/reference "Reference"

* a list
* with
    * nested

        and a paragraph

1. one
2. two

> A quote
>
> > nested

Term
:   Definition one
:   Definition two

| Left | Center | Right |
|:-----|:------:|------:|
| a    | **b**  | 1,200 |
| `c`  | d      |       |

```python
print("<script>alert(1)</script>")
```

    indented code

Footnote[^1] and again[^1], and another[^long].

[^1]: The note, with a [link](https://example.org/).
[^long]: Two paragraphs.

    The second.

* * *

<details><summary>More</summary><p>Hidden</p></details>
<p>A raw <mark>paragraph</mark> &amp; <time datetime="2023-07">July</time></p>

## 2023 in numbers

## !!!

{{ 7*7 }} {% include '/etc/passwd' %} {# x #}
"""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
HOSTILE = "\\\"><img src=x onerror=1>&'"
SCRIPT = "</script><!--<script>"
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 6


def make_awkward_site(folder: Path) -> Path:
    """Write the site and return its folder."""
    names = f'tags: ["{HOSTILE}", "C++", "C#", "C", no, 0123, 12:30, "~", "ライセンス"]\n'
    names += f'entities: ["{SCRIPT}", {{name: "{HOSTILE}", role: union}}, "Ünïon & Söhne"]\n'
    full = (
        names
        + f'authors: ["{HOSTILE}"]\nsummary: "{HOSTILE}"\ndescription: "{HOSTILE}"\n'
        + "event_date: 2023-07\nupdated: 2023-08-01\naliases: [/old/, /older.html]\n"
        + 'image: {src: wide.jpg, alt: "A \\"wide\\" one"}\n'
        + f'storylines: ["{HOSTILE}"]\nsources:\n  - https://example.org/?a=1&b=2\n'
        + '  - {url: "https://example.org/x", title: "T & T", publisher: "<P>", date: 2023-07,'
        + " accessed: 2023-07-28, archive: https://archive.example/x, kind: press}\n"
        + "figures:\n  - {what: Pay, low: 300000, high: 900000, unit: USD a year, as_of: 2023}\n"
        + 'corrections:\n  - {date: 2023-08-01, text: "It was <b>1,200</b>"}\n'
    )
    files: dict[str, str | bytes] = {
        "content/2023/all.md": article("All of it", body=MARKDOWN, extra=full),
        "content/2023/other.md": article("Other", date="2023", body="Plain."),
        "content/2023/hostile.md": article(HOSTILE, date="2023-07", body="Text.", extra=names),
        "content/2023/script.md": article(SCRIPT, body="Text."),
        "content/2023/long.md": article(LONG_WORD, body=f"{LONG_WORD} `{LONG_WORD}`"),
        "content/2023/chinese.md": article("网飞 招聘", body="文字。", extra="lang: zh\n"),
        "content/2023/arabic.md": article("نقابة الممثلين", body="نص.", extra="lang: ar\n"),
        "content/2023/moment.md": article("Moment", date="2023-07-27T23:30:00-05:00"),
        "content/2023/unlisted.md": article("Unlisted", extra="status: unlisted\n"),
        "content/2023/plain.txt": " date 2023-07-27 A <b>plain</b> text.\n\n“Curly” & *stars*.\n",
        "content/2023/dot.png": PNG,
        "content/2023/wide.jpg": picture(1000, 600, "JPEG"),
        "content/pages/about.md": '---\ntitle: "About <us>"\n---\n\nText.\n',
        "content/entities/u.md": (
            '---\nname: "Ünïon & Söhne"\nkind: union\naliases: ["U<S>"]\nacronym: US\n'
            'homepage: https://example.org/?a&b\nwikidata: Q42\nmember_of: ["F & G"]\n---\n\nB.\n'
        ),
        "content/entities/f.md": '---\nname: "F & G"\nkind: union\n---\n\nBody.\n',
    }
    for number in range(25):
        extra = 'tags: [many]\nentities: ["Many & more"]\n'
        files[f"content/many/{number}.md"] = article(
            f"Many {number}", date=f"{2010 + number % 4}-0{number % 9 + 1}", extra=extra
        )
    return make_site(folder, files, SITE.removeprefix(NO_SEARCH))


def make_example(name: str, folder: Path) -> Path:
    """Write one of the examples into a folder, which is returned."""
    if name != "reference digest":
        return make_awkward_site(folder)
    for part in ("content", "templates", "static"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "site.toml", folder)
    return folder


def build_example(name: str, folder: Path) -> Path:
    """Build one of the examples and return its output folder."""
    site = ROOT if name == "reference digest" else make_awkward_site(folder)
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    outcome = build_site(site, output=folder / "public", now=now)
    assert outcome.ok, outcome.text
    return folder / "public"
