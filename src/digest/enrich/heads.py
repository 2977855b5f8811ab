"""Whether a number counts people, judged by the words beside it."""

import re
from functools import lru_cache
from itertools import pairwise

_NOUNS = frozenset(
    "people persons workers employees staff staffers members jobs positions roles posts layoffs "
    "actors writers performers drivers nurses moderators journalists reporters editors artists "
    "contractors freelancers dockworkers longshoremen machinists teachers engineers raters "
    "labelers labellers annotators couriers crew crews professionals strikers signatories "
    "colleagues personnel women men developers designers animators musicians dancers models "
    "translators agents operators clerks cashiers baristas housekeepers cooks cleaners guards "
    "miners pickers packers porters riders assistants associates technicians scientists "
    "researchers analysts managers executives lawyers doctors physicians faculty students "
    "graduates interns trainees apprentices temps hires recruits retirees unionists delegates "
    "stewards pilots attendants conductors mechanics electricians carpenters plumbers "
    "stagehands cuts redundancies dismissals protesters demonstrators respondents novelists "
    "authors announcers broadcasters adults americans headcount creatives aides maids nannies "
    "officials seafarers temporaries servants applicants candidates claimants plaintiffs "
    "consultants accountants participants".split()
)
_PEOPLE_ENDING = re.compile(
    r"[a-z-]{2,30}(?:workers|persons|people|ists|ians|ers|ors|ees|men|women)"
)
# Words with these endings that are no people.
_THINGS = frozenset(
    "dollars hours years quarters numbers orders offers papers letters computers servers "
    "centers others factors sectors trailers chapters containers powers theaters newspapers "
    "counters matters meters kilometers liters layers corners borders degrees fees committees "
    "trees guarantees errors floors doors motors vectors tumors colors monitors processors "
    "sensors reactors tractors elevators indicators mirrors flavors calculators routers "
    "scooters posters banners folders newsletters characters parameters filters scanners "
    "printers headers answers towers showers covers flyers freighters tankers carriers "
    "airliners trackers browsers burgers dinners speakers lasers headquarters identifiers "
    "markers stickers disorders murders disasters encounters transfers chargers controllers "
    "adapters timers rivers waters shutters labors behaviors studios".split()
)
_STOPS = frozenset(
    "a an the in on at to by for with from as was were is are be been will would has have had than "
    "that which who when while after before since per a.m p.m am pm percent points dollars hours "
    "hour days day weeks week months month years year minutes seconds times time miles copies "
    "pages episodes films shows songs books cities states countries stores sites plants ports "
    "films contracts lawsuits cases votes points million billion trillion thousand hundred but so "
    "if because did does do said says into over under about against between including".split()
)
_OTHER, _NOUN, _STOP = range(3)
_MOST_KINDS = 16384
_AND = frozenset(("and", "and,"))
_NEVER_FIRST = frozenset("and or the its their our his her those".split())
# The words behind a number up to the first mark, unless that is a comma in a list within a
# compound: "film, television and radio writers". Small words without marks, which most are, are
# read by a shorter way.
_NEXT_WORDS = re.compile(
    r"(?: [a-z]{1,31}+(?=[ .])|\s++[^\W\d_][\w’'/-]{0,30}+"
    r"(?:,(?=\s[a-z-]{2,20}(?:,\s[a-z-]{2,20}){0,3},?\s(?:and|or)\s[a-z]))?){1,8}+"
)
_STRONG = re.compile(r"-(?:person|member|worker|strong)\b(?:[\s\u00a0]([a-z-]{2,30}))?")
_GROUPS = {"workforce": "workers", "staff": "staff", "union": "members"}
_LABELS = frozenset(
    "local section sections article articles chapter no no. nos. ab sb bill order rule "
    "title proposition prop page pages act item part level type channel route highway unit version "
    "step phase form memo lot gate pier terminal room floor january february march april may june "
    "july august september october november december jan. feb. mar. apr. aug. sept. oct. nov. dec. "
    "age aged gpt directive regulation case docket figure table season episode week day § $".split()
)
_COUNTED_AFTER = (
    (re.compile(r"(?i)\b(?:employs?|employed|employing)\Z"), "employees"),
    (
        re.compile(r"(?i)\b(?:lay|laid|laying|lays)[\s\u00a0]off(?:\sanother|\sa\sfurther)?\Z"),
        "workers",
    ),
    (re.compile(r"(?i)\b(?:staff|workforce|payroll|headcount)[\s\u00a0](?:of|at)\Z"), "staff"),
    (re.compile(r"(?i)\b(?:headcount|employees|workforce|staff|workers):\Z"), "employees"),
    (re.compile(r"(?i)\bmembership[\s\u00a0]of\Z"), "members"),
    (
        re.compile(
            r"(?i)\b(?:team|crew|crowd|group|unit|newsroom|shop|co-op|cooperative|collective|walkout|"
            r"strike|rally|protest|picket|delegation|committee|company|firm|startup|"
            r"department)[\s\u00a0]of\Z"
        ),
        "people",
    ),
)
# How all of them end.
_COUNTED_ENDS = (
    *"employ employs employed employing off another further of at".split(),
    *"headcount: employees: workforce: staff: workers:".split(),
)
# Whose size changes: "the workforce shrank from 5,500 to 3,400".
_CHANGED = re.compile(
    r"(?i)\b(workforce|employment|team|headcount|staff|payroll|membership|bargaining\sunit|newsroom)\b"
    r"[^.;:]{0,30}?"
    r"\s(?:shr[aiu]nk|gr[eo]w|r[io]se|f[ae]ll|stood|went|grown|risen|fallen|declin|reduc|cut|slash|"
    r"trimm|drop|expand|increas|decreas|swell|swelled|dwindl|down|up|headcount|workforce|staff)"
    r"[a-z]*\b[^.;:]{0,30}?\s(?:from|to|at|by)\Z"
)
_REDUCED = re.compile(
    r"(?i)\b(?:shr[aiu]nk|gr[eo]w|reduc\w*|cut|slash\w*|trimm?\w*|expand\w*|increas\w*|brought)\s"
    r"[^.;:]{0,20}?\b(workforce|headcount|staff|payroll|membership|newsroom)\b[^.;:]{0,18}?"
    r"\s(?:from|to|by)\Z"
)
# "The layoffs number 2,300", "36,000 employees, up from 29,600".
_THEIR_NUMBER = re.compile(
    r"(?i)\b([a-z-]{3,30})(?:,?\s(?:who|which|that))?(?:\s(?:now|once|today|still|together))?\s"
    r"(?:number(?:s|ed|ing)?|total(?:s|l?ed|l?ing)?)\Z"
    r"|\b([a-z-]{3,30}),?\s(?:up|down)\sfrom\Z"
)
# "Drivers (around 1,800) and cleaners (650)".
_APART = re.compile(
    r"\b([A-Za-z-]{3,30}),\s(?:(?:all|some|about|around|roughly|nearly|almost|over|more\sthan)\s)?"
    r"(?:[0-9][0-9,.]{0,12}|an?\s(?:hundred|thousand|dozen|million))\Z"
)
_BRACKETED = re.compile(
    r"\b([A-Za-z-]{3,30})\s\((?:[a-z]{3,9}\s(?:than\s|to\s|least\s)?)?[0-9][0-9,.]{0,12}"
    r"(?:\s(?:thousand|million))?\Z"
)
_CHANGING = frozenset("from to at by".split())
_NUMBERING = frozenset(
    "from number numbers numbered numbering total totals totaled totalled totaling "
    "totalling".split()
)
_LONGEST_BRACKET = 60
_CLAUSE = 140
_COUNTED_BODIES = {"membership": "members", "bargaining unit": "members", "staff": "staff"}
COUNTING_ENDS = frozenset(
    "employ employs employed employing off of from to at by another further all "
    "number numbers numbered numbering total totals totaled totalled totaling totalling headcount: "
    "employees: workforce: staff: workers:".split()
)
"""The last word before a number whose count the words before it may tell, in small letters."""

_OF_THEM = re.compile(r"[\s\u00a0]of[\s\u00a0](?:them|whom)\b")
_OF_MORE = re.compile(
    r"[\s\u00a0]of[\s\u00a0](?:(?:the|its|their|our|those|about)[\s\u00a0])?[\d,.]{1,12}\b"
)
_OF_THE = re.compile(r"\sof\s(?:the|its|their|our|those|his|her)(?=\s[a-z])")
_NOT_COUNTED = re.compile(
    r"[\s\u00a0]?(?:%|percent|per[\s\u00a0]cent|-?(?:year|day|hour|month|week))"
)
# "3,000 had been told to go": this is done to people alone.
_DONE_TO_PEOPLE = re.compile(
    r"\s(?:(?:had|have|has)\sbeen|were|was|are|will\sbe|would\sbe|could\sbe)\s"
    r"(?:since\s|also\s|now\s)?"
    r"(?:told|laid\soff|fired|dismissed|let\sgo|sacked|rehired|retrained|hired|suspended|notified|"
    r"reassigned|redeployed|made\sredundant|out\sof\swork|locked\sout)\b"
)
_DONE_BEGINS = frozenset(" ha| we| wa| ar| wi| wo| co| in| al".split("|"))
_IN_ALL = re.compile(r"\sin\s(?:all|total)\b|\saltogether\b|\sall\stold\b")
# A small word behind a bare number is what it counts, unless it is a verb or a preposition.
_NEXT_IS_THING = re.compile(
    r"[\s\u00a0](?!(?:an?\s(?:year|month|decade)\s(?:ago|before|earlier)|in|at|on|for|and|this|last|after|of|by|to|from|since|within|over|before|during|as|"
    r"amid|wrote|met|said|struck|went|built|ran|held|kept|drove|sat|is|was|are|were|"
    r"has|have|had|will|would|made|took|began|left|won|lost|[a-z]{2,12}ed)\b)[a-z]"
)
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_APOSTROPHES = frozenset("’'")


# Another plural before a noun is what is counted, unless it is a part of the noun's name.
_PLURAL = re.compile(r"[a-z-]{2,30}[a-rtv-z]s,?")
_PART_PLURALS = frozenset(
    "news sports sales communications operations arts services series customs robotics systems "
    "games graphics logistics politics economics humanities claims its others parts goods "
    "effects resources rights savings electronics plans always perhaps data-operations".split()
)
_ALSO_THINGS = {
    "models": frozenset("fashion runway human photo".split()),
    "cuts": frozenset("job jobs staff workforce employment announced planned".split()),
    "posts": frozenset(
        "teaching faculty staff civil-service full-time permanent administrative support clerical "
        "managerial management back-office office engineering research editorial nursing vacant "
        "academic public-sector".split()
    ),
}
# "The university will cut 300 posts": behind such a verb they are jobs.
_POSTS_OF_STAFF = re.compile(
    r"(?i)\b(?:cut|cutting|cuts|shed|sheds|shedding|ax|axe|axed|axes|axing|los[et]|loses|losing|"
    r"eliminat\w+|scrap\w*|slash\w*|reduc\w+|trimm?\w*|fill\w*|vacant|vacancies|creat\w+|"
    r"redundant|redundancy|another|further|covers?)\b[^.;:]{0,25}\Z"
)
_ALSO_PROGRAMS = frozenset("agents assistants tutors operators actors performers reporters".split())
_PROGRAMS = frozenset("ai a.i. virtual digital software coding autonomous synthetic".split())


def is_label(word: str) -> bool:
    """Return whether the word before a number makes it a name: `Local 226`, `Section 7`."""
    return word.strip("(“\"'") in _LABELS


def is_year(number: str, before: str) -> bool:
    """Return whether a number is rather a year: four digits without a separator, 1900 to 2099."""
    if len(number) != 4 or not _YEAR.fullmatch(number):  # noqa: PLR2004 the digits of a year
        return False
    return before not in {"about", "around", "nearly", "some", "than", "to", "least", "over"}


def people_after(text: str, end: int) -> tuple[str, int] | None:
    """Return the noun for people that a number counts, and where it ends; None if it counts none.

    Up to five words may stand between: adjectives and parts of a compound.
    """
    strong = _STRONG.match(text, end)
    if strong:
        noun = strong[1] or ""
        return _GROUPS.get(noun, noun if _is_people(noun) else "people"), strong.end()
    found = noun_after(text, end)
    if found or not text.startswith(("\u00a0of", " of"), end):
        return found
    whole = _OF_MORE.match(text, end) or _OF_THE.match(text, end)
    counted = noun_after(text, whole.end()) if whole else None
    if whole and counted and is_count_of([], text[whole.end() : counted[1]], counted[0]):
        return counted[0], end
    return None


def is_done_to_people(text: str, end: int) -> bool:
    """Return whether what follows a number is done to people alone, or sums them up."""
    if text[end : end + 3] not in _DONE_BEGINS:  # most numbers: two searches saved
        return False
    return bool(_DONE_TO_PEOPLE.match(text, end) or _IN_ALL.match(text, end))


def noun_after(text: str, end: int) -> tuple[str, int] | None:
    """Return the noun for people among the words behind a number, and where it ends, or None."""
    run = _NEXT_WORDS.match(text, end)
    if run is None:
        return None
    words = run[0].lower().split()
    noun = _place_of_noun(words)
    if noun < 0:
        return None
    place = end
    for word in run[0].split(None, noun + 1)[: noun + 1]:
        place = text.index(word, place) + len(word)
    last = words[noun]
    return (last[:-1], place - 1) if last[-1] == "," else (last, place)


def _place_of_noun(words: list[str]) -> int:
    """Return which of the words behind a number is the noun for people, or -1."""
    if words[0].removesuffix(",") in _NEVER_FIRST:
        return -1
    noun = -1
    for number, word in enumerate(words):
        kind = _KINDS[word]
        if kind == _OTHER:
            if noun >= 0 and word not in _AND:
                break
        elif kind == _STOP:
            break
        else:
            noun = number
            if word[-1] == ",":
                break
    return noun


class _Kinds(dict[str, int]):
    """Whether small words, commas behind them aside, are for people or end a phrase.

    A dictionary answers faster than a function that remembers.
    """

    def __missing__(self, word: str) -> int:
        bare = word.removesuffix(",")
        kind = _NOUN if _is_people(bare) else _OTHER
        if bare in _STOPS or bare[-1] in _APOSTROPHES:
            kind = _STOP
        if len(self) >= _MOST_KINDS:
            self.clear()
        self[word] = kind
        return kind


_KINDS = _Kinds()


def people_before(text: str, end: int, words: list[str]) -> tuple[str, int] | None:
    """Return what the words before a number say that it counts: `a staff of 40`."""
    if _NOT_COUNTED.match(text, end) or _NEXT_IS_THING.match(text, end):
        return None
    if words and words[-1].lower().endswith(_COUNTED_ENDS):
        head = " ".join(words[-3:])
        for pattern, noun in _COUNTED_AFTER:
            if pattern.search(head):
                return noun, end
    if text[end : end + 3] in _DONE_BEGINS and _DONE_TO_PEOPLE.match(text, end):
        return "workers", end
    if _OF_THEM.match(text, end) or _IN_ALL.match(text, end):
        words = text[max(0, end - _CLAUSE) : end].rpartition(". ")[2].split()
        nouns = (word.lower().strip(",") for word in reversed(words))
        return next(((noun, end) for noun in nouns if _is_people(noun)), None)
    return _told_before(text, end, words)


def _told_before(text: str, end: int, words: list[str]) -> tuple[str, int] | None:
    """Return what the clause before a number says that it counts: whose number, or its change."""
    sentence = " ".join(words)
    last = words[-1].lower() if words else ""
    named = _THEIR_NUMBER.search(sentence) if last in _NUMBERING else None
    if text.startswith((")", ","), end):
        aside = _BRACKETED if text[end] == ")" else _APART
        named = aside.search(text, max(0, end - _LONGEST_BRACKET), end) or named
    noun = next(filter(None, named.groups()), "").lower() if named else ""
    if noun and _is_people(noun):
        return noun, end
    if last not in _CHANGING:
        return None
    changed = _CHANGED.search(sentence) or _REDUCED.search(sentence)
    body = " ".join(changed[1].lower().split()) if changed else ""
    return (_COUNTED_BODIES.get(body, "workers"), end) if changed else None


@lru_cache(maxsize=16384)
def _is_people(word: str) -> bool:
    if word in _NOUNS:
        return True
    last = word.rpartition("-")[2]
    return last not in _THINGS and _PEOPLE_ENDING.fullmatch(last) is not None


def is_count_of(before: list[str], between: str, noun: str) -> bool:
    """Return whether the words from a number to a noun make a count of that noun.

    They do not where another plural comes first, as in `two unions representing actors`, or
    where the noun may also be of things: `three AI agents`. What stands before the number tells
    posts of staff from posts on a page.
    """
    words = between.split()[:-1]
    if "\n\n" in between:
        return False
    for word, after in pairwise([*words, ""]):
        if _PLURAL.fullmatch(word) and after not in ("and", "or") and word not in _PART_PLURALS:
            return False
    if noun == "posts" and _POSTS_OF_STAFF.search(" ".join(before)):
        return True
    if noun in _ALSO_THINGS:
        return bool(words) and words[-1].lower() in _ALSO_THINGS[noun]
    return noun not in _ALSO_PROGRAMS or _PROGRAMS.isdisjoint(between.lower().split())
