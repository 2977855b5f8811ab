"""Statements in quotation marks with the speaker whom the same sentence names beside them."""

import re
from collections.abc import Iterator

from digest.enrich.sentences import Sentences
from digest.enrich.words import OFFICES
from digest.model.findings import Quote

_QUOTED = re.compile('“([^“”\n]{3,1500})”|«\\s?([^«»\n]{3,1500})\\s?»|"([^"\n]{3,1500})"')
_FEWEST_WORDS = 3
_PART = r"[A-Z][\w’'.&-]{0,30}"
_PARTICLE = r"(?:van|der|von|de|del|la|da|di|bin|al)"
_NAME = rf"{_PART}(?: (?:{_PARTICLE} ){{0,2}}{_PART}){{0,4}}"
_VERB = (
    r"(?:said|says|told|wrote|writes|argued|argues|warned|warns|added|adds|asked|testified|posted|"
    r"tweeted|declared|stated|explained|called|replied|noted|insisted|announced|vowed|promised|"
    r"claimed|conceded|continued|concluded|acknowledged|recalled|responded|countered|cautioned)"
)
_NO_NAMES = frozenset(
    "he she they it we i you who one the a an this that another some many several".split()
)
_AFTER = re.compile(
    rf"\s{{0,2}},?\s{{0,2}}(?:{_VERB}\s(?P<title>(?:[a-z’'-]{{2,20}}\s){{0,4}}?)(?P<first>{_NAME})"
    rf"|(?P<second>(?:[Tt]he )?{_NAME})"
    rf"(?P<office>\s(?:[a-z’'-]{{2,20}}\s){{1,4}}(?P<third>{_NAME}))?\s{_VERB}\b)"
)
_OFFICE_AND_NAME = re.compile(rf"\s((?:[a-z’'-]{{2,20}}\s){{1,4}})({_NAME})")
# Behind these a body is not the one who speaks: "a spokesperson for Netflix said".
_FOR_ANOTHER = re.compile(r"\b(?:for|at|of|from|with|by|to|in|against|near)\s(?:the\s)?\Z")
_BEFORE = re.compile(
    rf"(?:According to (?P<source>{_NAME}),|(?P<name>(?:[Tt]he )?{_NAME})"
    rf"(?:, [^,“”\"\n]{{2,80}},)?\s{_VERB}(?:\s[^“”\"\n.]{{0,60}})?(?:,|:)?(?:\sthat)?)\s{{0,2}}\Z"
)
_REACH = 220


def find_quotes(text: str, sentences: Sentences) -> tuple[Quote, ...]:
    """Return the statements of a text whose speakers it names, in order."""
    if not any(mark in text for mark in '“«"'):
        return ()
    return tuple(_quotes(text, sentences))


def _quotes(text: str, sentences: Sentences) -> Iterator[Quote]:
    last: Quote | None = None
    for match in _QUOTED.finditer(text):
        said = " ".join((match[1] or match[2] or match[3]).split())
        if len(said.split()) < _FEWEST_WORDS:
            continue
        speaker = _speaker_after(text, match.end()) or _speaker_before(text, match, sentences)
        if not speaker and last and _follows(text, last, match.start()):
            speaker = last.speaker
        if speaker:
            last = Quote(said.rstrip(","), speaker, match.start(), match.end())
            yield last


def _speaker_after(text: str, end: int) -> str:
    match = _AFTER.match(text, end, end + _REACH)
    if match is None:
        return ""
    if match["second"]:
        if not match["office"]:
            return _plain_name(match["second"])
        office = match["office"][: -len(match["third"])]
        return _plain_name(match["third"]) if _is_office(office) else ""
    article = match["title"].split()[:1]
    if article and article[0] in {"a", "an", "one"}:
        return ""
    # "said Teamsters president Sean O'Brien"
    more = _OFFICE_AND_NAME.match(text, match.end("first"))
    return _plain_name(more[2] if more and _is_office(more[1]) else match["first"])


def _is_office(words: str) -> bool:
    """Return whether words in small letters are an office: `national executive director`."""
    return all(word in OFFICES or word in {"and", "of", "for"} for word in words.split())


def _speaker_before(text: str, match: re.Match[str], sentences: Sentences) -> str:
    start = max(sentences.bounds(match.start())[0], match.start() - _REACH)
    found = _BEFORE.search(text, start, match.start())
    if found is None or (
        found["name"] and _FOR_ANOTHER.search(text, max(0, found.start() - 12), found.start())
    ):
        return ""
    return _plain_name(found["source"] or found["name"])


def _follows(text: str, quote: Quote, start: int) -> bool:
    """Return whether a quotation goes on with what the speaker of the one before said."""
    if start - quote.end > _REACH:
        return False
    between = text[quote.end : start]
    return (
        "\n" not in between
        and re.fullmatch(rf"[^“”\"]{{0,120}}{_VERB}[^“”\"]{{0,40}}\. ", between) is not None
        and quote.speaker in between
    )


def _plain_name(written: str) -> str:
    """Return a name without the title or office before it, or an empty string if none is left."""
    words = written.replace("\n", " ").split()
    for number, word in enumerate(words):
        if word.endswith(("’s", "'s")) and number + 1 < len(words):
            words = words[number + 1 :]
            break
    while words and words[0].lower() in OFFICES:
        words = words[1:]
    if not words or words[0].lower() in _NO_NAMES:
        return ""
    return " ".join(words).rstrip(".,")
