"""Definitions, figures and statements in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.enrich.definitions import find_definitions
from digest.enrich.figures import find_figures
from digest.enrich.quotes import find_quotes
from digest.enrich.sentences import Sentences

DEFINED: list[tuple[str, list[tuple[str, str]]]] = [
    ("A bracket (  ) with nothing in it.", []),
    ("The Screen Actors Guild (SAG-AFTRA) said", [("Screen Actors Guild", "SAG-AFTRA")]),
    ("the Writers Guild of America (WGA) met", [("Writers Guild of America", "WGA")]),
    ("AFL (American Federation of Labor)", [("American Federation of Labor", "AFL")]),
    ("In Paris Amazon Labor Union (ALU)", [("Amazon Labor Union", "ALU")]),
    ("artificial intelligence (AI)", []),
    ("Chief Executive Officer (CEO)", []),
    ("collective bargaining agreement (CBA)", []),
    ("the guild (SAG-AFTRA)", []),
    ("the company (NYSE: IBM) of Bob Iger (Disney)", []),
    ("no bracket", []),
    (
        "The Alliance of Motion Picture and Television Producers (AMPTP) said no.",
        [("Alliance of Motion Picture and Television Producers", "AMPTP")],
    ),
    (
        "AMPTP (the Alliance of Motion Picture and Television Producers) said no.",
        [("Alliance of Motion Picture and Television Producers", "AMPTP")],
    ),
    (
        "The National Labor Relations Board (“NLRB”) ruled.",
        [("National Labor Relations Board", "NLRB")],
    ),
    (
        "the Communications Workers of America, or CWA, organized",
        [("Communications Workers of America", "CWA")],
    ),
    (
        "The International Longshoremen's Association (ILA) struck.",
        [("International Longshoremen's Association", "ILA")],
    ),
    (
        "The Commission nationale de l'informatique et des libertés (CNIL) fined",
        [("Commission nationale de l'informatique et des libertés", "CNIL")],
    ),
    (
        "The African Content Moderators Union (ACMU) was formed.",
        [("African Content Moderators Union", "ACMU")],
    ),
    (
        "American Federation of Television and Radio Artists (AFTRA), Screen Actors Guild (SAG)",
        [
            ("American Federation of Television and Radio Artists", "AFTRA"),
            ("Screen Actors Guild", "SAG"),
        ],
    ),
    (
        "The Screen Actors Guild-American Federation of Television and Radio Artists (SAG-AFTRA)",
        [("Screen Actors Guild-American Federation of Television and Radio Artists", "SAG-AFTRA")],
    ),
    ("Federal Trade Commission (FTC) chair Lina Khan", [("Federal Trade Commission", "FTC")]),
    ("the European Union (EU) and the United Kingdom (UK)", []),
    ("a large language model (LLM)", []),
    (
        "The General Data Protection Regulation (GDPR) applies.",
        [("General Data Protection Regulation", "GDPR")],
    ),
    (
        "International Alliance of Theatrical Stage Employees (IATSE)",
        [("International Alliance of Theatrical Stage Employees", "IATSE")],
    ),
    ("the Writers Guild of America West (WGAW)", [("Writers Guild of America West", "WGAW")]),
    ("the Korean Metal Workers' Union (KMWU)", [("Korean Metal Workers' Union", "KMWU")]),
    ("Yesterday President Joe Biden (D) spoke", []),
    ("Elon Musk (X) wrote", []),
    (
        "Universal Music Group (UMG), Sony Music Entertainment (SME) and Warner Music Group (WMG)",
        [
            ("Universal Music Group", "UMG"),
            ("Sony Music Entertainment", "SME"),
            ("Warner Music Group", "WMG"),
        ],
    ),
    (
        "Members of the Transport and General Workers' Union (TGWU) voted",
        [("Transport and General Workers' Union", "TGWU")],
    ),
    ("Amazon Web Services (AWS) said", [("Amazon Web Services", "AWS")]),
    (
        "Trades Union Congress (TUC) general secretary Paul Nowak",
        [("Trades Union Congress", "TUC")],
    ),
    ("It sits in Los Angeles (LA).", []),
    ("The union (formed in 2012) is large.", []),
    (
        "Confédération générale du travail (CGT) a appelé",
        [("Confédération générale du travail", "CGT")],
    ),
    ("the Society of Composers & Lyricists (SCL)", [("Society of Composers & Lyricists", "SCL")]),
    (
        "Recording Industry Association of America (RIAA)",
        [("Recording Industry Association of America", "RIAA")],
    ),
    ("Minister for Work (MP) John Smith", []),
    ("The Department of Labor (DOL) issued it.", [("Department of Labor", "DOL")]),
]
FIGURES = [
    ("pay of $300,000 to $900,000", [("300000", "900000", "USD", "", "")]),
    ("up to $650,000 per year", [("", "650000", "USD", "year", "up to")]),
    ("less than $26,000 a year", [("", "26000", "USD", "year", "less than")]),
    ("£1.2bn", [("1200000000", "1200000000", "GBP", "", "")]),
    ("$15/hr", [("15", "15", "USD", "hour", "")]),
    ("$500 or more", [("500", "", "USD", "", "at least")]),
    ("87 percent of actors", [("87", "87", "%", "", "")]),
    ("65-70% of them", [("65", "70", "%", "", "")]),
    ("five percentage points", []),
    ("one in five nurses", [("20", "20", "%", "", "")]),
    ("two thirds of the crew", [("66.67", "66.67", "%", "", "")]),
    ("half an hour", []),
    ("the second half of the year", []),
    ("about 100 warehouse workers", [("100", "100", "workers", "", "about")]),
    ("more than 11,000 writers", [("11000", "", "writers", "", "more than")]),
    ("11,500 film and television writers", [("11500", "11500", "writers", "", "")]),
    ("three dozen moderators", [("36", "36", "moderators", "", "")]),
    ("twenty-three nurses", [("23", "23", "nurses", "", "")]),
    ("1.3 million members", [("1300000", "1300000", "members", "", "")]),
    ("between 200 and 300 staff", [("200", "300", "staff", "", "")]),
    ("an 80-person newsroom", [("80", "80", "people", "", "")]),
    ("a 45,000-strong workforce", [("45000", "45000", "workers", "", "")]),
    ("a staff of 40", [("40", "40", "staff", "", "")]),
    ("It laid off 230 this week", [("230", "230", "workers", "", "")]),
    ("workers, about 300 of them", [("300", "300", "workers", "", "about")]),
    ("3,900 of the 12,000 employees", [("3900",) * 2, ("12000",) * 2]),
    ("In 2023 workers struck, and AI came", []),
    ("Local 226 members and Section 7 workers", []),
    ("14 ports, 118 days, 77 articles", []),
    ("GPT-4 and AB 2602", []),
]
QUOTED = [
    ("“We will not yield to them,” said union president Fran Drescher.", ["Fran Drescher"]),
    ("“We will not yield,” Drescher said. “We have nothing left.”", ["Drescher", "Drescher"]),
    ("Bob Iger said: “That is not realistic.”", ["Bob Iger"]),
    ("The AMPTP said that “it is a poor reading of our offer”.", ["AMPTP"]),
    ('According to Lorena Gonzalez, "the bill is overdue".', ["Lorena Gonzalez"]),
    ("“It was a long week,” he said.", []),
    ("“It was bad for us,” a Netflix spokesperson said.", []),
    ("“It was bad for us,” said a source at Netflix.", []),
    ("It is a “mischaracterization”, the AMPTP said.", []),
    ("Workers' hands and members’ votes", []),
    ("“An open quotation that nobody ends", []),
    ("“We are the victims here,” Fran Drescher told reporters.", ["Fran Drescher"]),
    (
        "SAG-AFTRA chief negotiator Duncan Crabtree-Ireland said, “They proposed a scan.”",
        ["Duncan Crabtree-Ireland"],
    ),
    ("Drescher said: “We are being victimized by a greedy entity.”", ["Drescher"]),
    ("“There’s a level of expectation that is just not realistic,” Iger said on CNBC.", ["Iger"]),
    ("“This is a win for every member,” the union said in a statement.", []),
    (
        "“It’s an insult to writers,” wrote Ellen Stutzman in a letter to members.",
        ["Ellen Stutzman"],
    ),
    (
        "Justine Bateman, a director, said that AI was “a burning down of the business.”",
        ["Justine Bateman"],
    ),
    ("“We stand with the drivers,” said Teamsters president Sean O’Brien.", ["Sean O’Brien"]),
    ("In a post, Luis von Ahn wrote: “We will be AI-first from now on.”", ["Luis von Ahn"]),
    ("“Nobody asked us,” one moderator said.", []),
    ("“We cannot accept this offer,” the WGA said, “and we will not.”", ["WGA", "WGA"]),
    ("According to a memo, “the tool will replace the desk.”", []),
    ("Asked about it, he said, “I have no comment today.”", []),
    (
        "“The robots are coming for all of us,” warned Harold Daggett, the ILA’s president.",
        ["Harold Daggett"],
    ),
    ("The book “The Future of Work and Pay” by Jane Roe was cited.", []),
    ("“We will fight it in court,” vowed Lorena Gonzalez.", ["Lorena Gonzalez"]),
    ("Gavin Newsom vetoed the bill. “It was too broad to sign,” he wrote.", []),
    (
        "“AI must serve people,” European Commission president Ursula von der Leyen said.",
        ["Ursula von der Leyen"],
    ),
    ("“Ich habe nichts zu sagen”, sagte er.", []),
    ("Rob Delaney told The Intercept, “so $900,000 would qualify 35 actors.”", ["Rob Delaney"]),
    ("A spokesperson for Netflix said: “We decline to comment on this.”", []),
    (
        "“It is not about money alone,” added Sarah Elmaleh, chair of the committee.",
        ["Sarah Elmaleh"],
    ),
    (
        "“Our members voted for this,” O'Brien said. “They meant every word.”",
        ["O'Brien", "O'Brien"],
    ),
]


@pytest.mark.parametrize(("text", "pairs"), DEFINED)
def test_definitions_of_names_are_found(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(item.long, item.short) for item in find_definitions(text)] == pairs


@pytest.mark.parametrize(("text", "figures"), FIGURES)
def test_figures_are_found_and_normalised(text: str, figures: list[tuple[str, ...]]) -> None:
    found = find_figures(text, Sentences(text))
    rows = [(item.low, item.high, item.unit, item.per, item.bound) for item in found]
    assert [row[: len(want)] for row, want in zip(rows, figures, strict=True)] == figures


@pytest.mark.parametrize(("text", "speakers"), QUOTED)
def test_statements_have_the_speaker_beside_them(text: str, speakers: list[str]) -> None:
    assert [item.speaker for item in find_quotes(text, Sentences(text))] == speakers


@given(st.text(alphabet=st.sampled_from('0123456789,.$£% -–aAofbinU()“”"\n’sdzek'), max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    sentences = Sentences(text)
    find_definitions(text)
    find_quotes(text, sentences)
    end = 0
    for item in find_figures(text, sentences):
        assert item.start >= end
        assert " ".join(text[item.start : item.end].split()) == item.text
        end = item.end
