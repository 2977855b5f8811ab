"""What is a common word, and what stands beside a name that is one."""

import re

FUNCTION_WORDS = frozenset(
    "a about above after again against all also am an and any are as at be because been before "
    "being below between both but by can could did do does down during each few for from further "
    "had has have he her here hers him his how i if in into is it its me more most my no nor not "
    "of off on once only or other our out over own same she should so some such than that the "
    "their them then there these they this those through to too under until up upon us very was "
    "we were what when where which while who whom why will with would you your "
    "el la los las un una de del y le les des du et der die das und ein eine".split()
)
"""Words that carry no name by themselves."""

_ENDINGS = (
    ("ies", "y"),
    ("iest", "y"),
    ("ier", "y"),
    ("ily", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
    ("er", "e"),
    ("est", ""),
    ("est", "e"),
    ("ness", ""),
)
_SHORTEST_STEM = 3

_SAYING = frozenset(
    "said says will would has had have is was are were can could may might must did does told "
    "tells plans pays cuts faces wants owns makes sells runs agrees denies declines argues claims "
    "employs hires fires lays sues wins loses settles offers signs reports expects refuses warns "
    "announces plans opens closes buys began begins made paid cut won lost sued fell rose spent "
    "sold bought built hit kept laid let put sent set took told went grew lets seeks sought also "
    "beat reject approve ratify recently now still already never declined slashes sheds trims "
    "scraps axes eliminates dismisses replaces launches unveils reveals lowers rejects backs "
    "suspends pauses adds keeps gets gives takes admits apologizes apologises "
    "defends rehires retrains automates outsources recruits brings sees shows thinks believes "
    "knows warned became becomes uses relies ditches rolled "
    "broke chose drew held drove spoke stood struck withdrew wrote does doesn didn don isn wasn "
    "aren weren hasn haven hadn won wouldn couldn shouldn really just often once soon "
    "listens insists hopes tries fails remains seems appears continues accepts allows joins "
    "owes prefers provides pursues responds sends speaks spends teaches threatens urges "
    "writes goes follows maintains intends operates leans invests abandons postpones".split()
)
"""Verbs and adverbs that a name is followed by where it is the subject of a sentence."""

_STAFF = frozenset(
    "workers worker employees employee staff staffers drivers driver executives executive "
    "shareholders investors chief ceo management managers union unions spokesperson spokeswoman "
    "spokesman spokespeople stores store warehouses warehouse bosses engineers contractors "
    "local baristas officials lawyers attorneys members founder co-founder chairman "
    "president couriers riders cashiers testers moderators tellers developers programmers coders "
    "translators annotators labelers labellers raters freelancers contractor technicians analysts "
    "interns recruiters headquarters spokespersons subsidiary reviewers shares stock earnings "
    "profits revenue layoffs software database databases algorithm algorithms chatbot chatbots "
    "sellers depot depots".split()
)
"""What a company has, as the word after its name."""

_OF_PERSONS = frozenset(
    "judge justice mr mr. mrs mrs. ms ms. dr dr. senator sen. rep. gov. professor prof. sir dame "
    "king queen prince princess lord lady saint st st. captain sergeant".split()
)
"""Titles that only persons have, in small letters."""

_PLACES = frozenset(
    "city foundation center centre institute air river rainforest forest basin jungle valley "
    "county street avenue road lake bay island islands mountain mountains park field stadium "
    "beach square bridge harbor harbour station university college school museum library "
    "church hospital variant wave force".split()
)
"""Words after a name that make it the name of something else."""

DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday".split()
)
"""What is capitalised and carries a name nowhere."""

OFFICES = frozenset(
    "chief executive officer president chair chairman chairwoman director secretary treasurer "
    "secretary-treasurer general counsel governor gov gov. senator sen sen. representative rep "
    "rep. judge justice minister prime mr mr. mrs mrs. ms ms. dr dr. professor prof prof. ceo cfo "
    "cto coo founder co-founder spokesperson spokesman spokeswoman negotiator national acting "
    "vice deputy commissioner mayor attorney leader actor writer union the".split()
)
"""Titles and offices before the name of a person, in small letters."""

GENERIC_ACRONYMS = frozenset(
    "AI ML LLM LLMS CEO CFO COO CTO CIO HR PR IT GDP US UK EU UN USA U.S. U.K. E.U. FAQ PDF API "
    "VFX CGI R&D NDA VP SVP EVP NLP AGI AR VR TV ID GPT Q&A IPO LA NYC NY DC".split()
)
"""Short forms that every reader knows and no single body owns."""
_WORD_AFTER = re.compile(r"([’']s?(?!\w))?(\s*[,(:;–—-]*\s*)([^\W\d_][\w-]*)?")
_WORD_BEFORE = re.compile(r"([^\W_][\w.&’'-]*)([ ,;:–—(“\"]*)\Z")
_SENTENCE_START = re.compile(r"(?:\A|[.!?…]|\n)[\"”’')\]]*\s*[“‘\"'(\[—–•-]*\s*\Z")
# What stands between commas behind a name: "Equity, the performers' union, said".
_APPOSITION = re.compile(
    r"(?:\s?,\s|\s?[—–]\s?)(?:which\b|whose\b|(?:the|an?|maker|owner)\s[^,.—\n]{3,60}(?:,\s|—))"
)
_LIST = re.compile(r"\s?,\s[A-Z][\w.&-]*(?:,|\sand\s|\sor\s)")
_ABSTRACT = re.compile(r".*(?:ity|ness|tion|ment|ism)")
_COPULAS = frozenset({"is", "was", "are", "were", "will", "would", "can", "may", "must"})
_OWNED_NAME = re.compile(r"[’']s\s[A-Z][a-z]")
_OF = re.compile(r"\sof\s[A-Z]")
_PARTICIPLE = re.compile(
    r"-(?:owned|based|backed|branded|built|led|made|run|funded|style|wide|controlled|affiliated|"
    r"developed|designed|employed|operated|trained|generated|licensed|linked|produced|issued|free)\b"
)
_LEGAL_FORM = re.compile(
    r",?\s(?:Inc|Corp|Corporation|Ltd|Limited|LLC|LLP|PLC|plc|Co|AG|SE|NV|N\.V|GmbH|S\.A)\b"
)
# Companies that are called like a region, which has an article and a preposition before it.
_BODIES = frozenset(
    "guild union association federation alliance board department council court commission "
    "committee office society institute congress ministry bank authority agency".split()
)
_REGIONS = frozenset({"amazon", "delta"})
_IN_THE = re.compile(
    r"\b(?:in|across|of|from|through|along|up|down|throughout)\sthe\s\Z", re.IGNORECASE
)
_REGION = re.compile(r",\s[A-Z]")
_ADVERBS = frozenset({"indeed"})
_STOPS = (".", "!", "?", "”", '"')
_HEADLINE = 0.75
_LONG_WORD = 4


def is_common(word: str, words: frozenset[str]) -> bool:
    """Return whether a word in small letters, or what it is an inflection of, is in a list."""
    if word in words or word in FUNCTION_WORDS:
        return True
    for ending, instead in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _SHORTEST_STEM:
            if stem + instead in words:
                return True
            if stem[-1] == stem[-2] and stem[:-1] in words:
                return True
    return False


def at_sentence_start(text: str, start: int) -> bool:
    """Return whether a sentence begins at a place, opening quotation marks aside."""
    return _SENTENCE_START.search(text, max(0, start - 12), start) is not None or start == 0


def is_headline(text: str) -> bool:
    """Return whether nearly all long words of a text, four or more of them, have capitals."""
    found = [word for word in text.split() if len(word) >= _LONG_WORD and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in found)
    return len(found) >= _LONG_WORD and capitals > _HEADLINE * len(found)


def is_small_text(text: str) -> bool:
    """Return whether a text does without capitals: its first letter is small."""
    return text.lstrip("“\"'(")[:1].islower()


def is_name_here(text: str, start: int, end: int, words: frozenset[str]) -> bool:
    """Return whether a capitalised common word stands for a name, judged by what is beside it.

    Inside a sentence the capital says so, unless the word is part of a longer name or all words of
    a headline have capitals. At the start of a sentence only what follows can say so.
    """
    if _LEGAL_FORM.match(text, end):
        return True
    if is_part_of_other(text, start, end, words, strict=True) or _is_place(text, start, end):
        return False
    opens = at_sentence_start(text, start)
    if text[start:end].isupper():
        after = _WORD_AFTER.match(text, end)
        word = (after[3] or "").lower() if after else ""
        return opens and (word in _STAFF or word in _SAYING or word == "to")
    if opens:
        return _is_subject(text, start, end)
    line = _line(text, start, end)
    return line.endswith(_STOPS) or not is_headline(line)


def _is_place(text: str, start: int, end: int) -> bool:
    """Return whether a word is a place or in French: `in Oracle, Arizona`, `les gens de Gap`."""
    if _OF.match(text, end):
        return True
    before = text[max(0, start - 6) : start].lower()
    if before.endswith((" in ", " near ")) and _REGION.match(text, end):
        return True
    return before.endswith(" de ")


def _is_subject(text: str, start: int, end: int) -> bool:
    """Return whether a word that opens a sentence is its subject, by what follows it.

    That is a possessive, a list of names, an apposition, a verb that takes names, or staff.
    """
    after = _WORD_AFTER.match(text, end)
    if after is None or after[1] or _PARTICIPLE.match(text, end):
        return after is not None
    own, word = text[start:end].lower(), (after[3] or "").lower()
    if after[2].strip(" \n"):
        joined = _APPOSITION.match(text, end) or _LIST.match(text, end)
        return own not in _ADVERBS and joined is not None
    if word in {"and", "or"}:
        return text[after.end() :].lstrip()[:1].isupper()
    if word in _COPULAS and _ABSTRACT.fullmatch(own):
        return False
    return word in _SAYING or word in _STAFF or (word.endswith("ed") and len(word) > _LONG_WORD)


def is_part_of_other(
    text: str, start: int, end: int, words: frozenset[str], *, strict: bool
) -> bool:
    """Return whether a single word belongs to the name of something else.

    It does before the word for a place, and behind a first name; where `strict`, also before a
    surname, that is, a capitalised word that is no common one.
    """
    after = _WORD_AFTER.match(text, end)
    if after and not after[1] and after[2] == " " and after[3]:
        word = after[3].removesuffix("’s").removesuffix("'s")
        if word.lower() in _PLACES:
            return True
        if word.islower() and word not in _STAFF and _is_region(text, start, end):
            return True
        surname = word[0].isupper() and not word.isupper()
        if strict and surname and not is_common(word.lower(), words):
            return True
    if strict and text[start - 1 : start] == "-" and text[start - 2 : start - 1].islower():
        return text[max(0, start - 40) : start - 1].rpartition(" ")[2][:1].isupper()
    if strict and (_has_title(text, start) or _is_the_kings(text, start, end)):
        return True
    return _continues_a_name(text, start, words, strict=strict)


def _is_the_kings(text: str, start: int, end: int) -> bool:
    """Return whether a possessive belongs to a longer name: `the King's Fund`."""
    the = text[max(0, start - 4) : start].lower() == "the "
    return the and _OWNED_NAME.match(text, end) is not None


def _has_title(text: str, start: int) -> bool:
    """Return whether a word is the surname of a person, whose title stands before it."""
    before = text[max(0, start - 12) : start].split()
    return bool(before) and before[-1][0].isupper() and before[-1].lower() in _OF_PERSONS


def is_of_another(text: str, start: int, end: int) -> bool:
    """Return whether the name of a body goes on: the Writers Guild of Great Britain."""
    last = text[start:end].rpartition(" ")[2].lower()
    return last in _BODIES and _OF.match(text, end) is not None


def _is_region(text: str, start: int, end: int) -> bool:
    """Return whether a name is rather a region: `logging in the Amazon slowed`."""
    return text[start:end].lower() in _REGIONS and bool(
        _IN_THE.search(text, max(0, start - 16), start)
    )


def _line(text: str, start: int, end: int) -> str:
    """Return what stands around a word in its paragraph, a hundred characters on each side."""
    before, after = text[max(0, start - 100) : start], text[end : end + 100]
    return before.rpartition("\n")[2] + text[start:end] + after.partition("\n")[0]


def _continues_a_name(text: str, start: int, words: frozenset[str], *, strict: bool) -> bool:
    """Return whether the word before is capitalised without need: a first name, say.

    Unless `strict`, a common word before is none.
    """
    before = _WORD_BEFORE.search(text, max(0, start - 40), start)
    if before is None or before[2].strip(" ") or not before[2]:
        return False
    word = before[1]
    if not word[0].isupper() or word.isupper() or word.endswith(("’s", "'s", "s’", "s'", ".")):
        return False
    if word.rpartition("-")[2].islower():  # Microsoft-backed
        return False
    if word.lower() in DAYS_AND_MONTHS or word.lower() in FUNCTION_WORDS:
        return False
    if not is_common(word.lower(), words):
        return True
    return strict and not at_sentence_start(text, before.start(1))
