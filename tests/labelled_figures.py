"""Sentences on labor, AI and media, each with the figures that a reader would take from it.

A figure is its kind, lower end, upper end, unit, period and bound, as in `FoundFigure`.
"""

Label = tuple[str, str, str, str, str, str]


def _money(
    low: str, high: str | None = None, unit: str = "USD", per: str = "", b: str = ""
) -> Label:
    return ("money", low, low if high is None else high, unit, per, b)


def _share(low: str, high: str | None = None, b: str = "") -> Label:
    return ("share", low, low if high is None else high, "%", "", b)


def _people(unit: str, low: str, high: str | None = None, b: str = "") -> Label:
    return ("people", low, low if high is None else high, unit, "", b)


MONEY: list[tuple[str, list[Label]]] = [
    (
        "Netflix advertised a machine-learning manager at $300,000 to $900,000 a year.",
        [_money("300000", "900000", per="year")],
    ),
    (
        "Labelers in Nairobi took home between $1.32 and $2 an hour, depending on seniority.",
        [_money("1.32", "2", per="hour")],
    ),
    (
        "The contract set a rate of $12.50 an hour for the outsourcing firm.",
        [_money("12.5", per="hour")],
    ),
    (
        "Sama said it paid from 26,600 to 40,000 Kenyan shillings a month after tax.",
        [_money("26600", "40000", "KES", "month")],
    ),
    (
        "The publisher agreed to pay €1.5 million to settle, its lawyers said.",
        [_money("1500000", unit="EUR")],
    ),
    (
        "Shares fell after the group posted a loss of £48m for the half year.",
        [_money("48000000", unit="GBP")],
    ),
    (
        "Capital spending on data centres will reach US$80bn this fiscal year, the company said.",
        [_money("80000000000")],
    ),
    (
        "Canada’s largest screen union won a minimum of C$34 per hour for background voices.",
        [_money("34", "", "CAD", "hour", "at least")],
    ),
    (
        "Freelancers on the platform earn as little as USD 3 per hour.",
        [_money("3", "", per="hour", b="at least")],
    ),
    (
        "The fund, worth roughly A$250,000, will pay for retraining.",
        [_money("250000", unit="AUD", b="about")],
    ),
    (
        "Each author whose book was copied stands to receive about $3,000.",
        [_money("3000", b="about")],
    ),
    (
        "Anthropic agreed to a $1.5-billion settlement with book writers.",
        [_money("1500000000")],
    ),
    (
        "A voice actor can be paid up to $1,000 for a session, against $20/hr in Manila.",
        [_money("", "1000", b="up to"), _money("20", per="hour")],
    ),
    (
        "Fines run to no more than ₹50 lakh for a first breach.",
        [_money("", "5000000", "INR", b="up to")],
    ),
    (
        "The bonus, less than ¥300,000 per person, angered the animators’ union.",
        [_money("", "300000", "JPY", b="less than")],
    ),
    (
        "Salaries start at $95,000+ for prompt engineers in San Francisco.",
        [_money("95000", "", b="at least")],
    ),
    (
        "Drivers would get guaranteed pay of $26-30 an hour, minus expenses.",
        [_money("26", "30", per="hour")],
    ),
    (
        "The studio had set aside $1 to 2 million for the digital double.",
        [_money("1000000", "2000000")],
    ),
    (
        "Revenue rose from $4.3 billion to $5.1 billion, beating forecasts.",
        [_money("4300000000", "5100000000")],
    ),
    (
        "It would cost the studios some $429 million a year, the guild said, and not $86 million.",
        [_money("429000000", per="year", b="about"), _money("86000000")],
    ),
    (
        "For each year of service, those who lose work to technology get $2,000 in severance.",
        [_money("2000")],
    ),
    (
        "Meta offered pay packages above $100 million over four years.",
        [_money("100000000", "", b="more than")],
    ),
    (
        "The startup raised $675,000 and the state added £1.2bn, an odd pairing.",
        [_money("675000"), _money("1200000000", unit="GBP")],
    ),
    (
        "Workers made around 2.2 million euros in back pay claims.",
        [_money("2200000", unit="EUR", b="about")],
    ),
    (
        "Annotators received twenty dollars a week.",
        [_money("20", per="week")],
    ),
    (
        "One moderator’s wage was R$1,900 a month before bonuses.",
        [_money("1900", unit="BRL", per="month")],
    ),
    (
        "The hourly minimum for fast-food workers rose to $20 on April 1, 2024.",
        [_money("20")],
    ),
    (
        "Annual licences sell for EUR 250 per month per seat.",
        [_money("250", unit="EUR", per="month")],
    ),
    (
        "The deal is worth at least $5m, and could be worth as much as $8m.",
        [_money("5000000", "", b="at least"), _money("", "8000000", b="up to")],
    ),
    (
        "The judge fined the lawyers “nearly $6,000” for invented citations.",
        [_money("6000", b="about")],
    ),
    (
        "The group booked a profit of 3.4 trillion yen before the layoffs.",
        [_money("3400000000000", unit="JPY")],
    ),
    (
        "Contract raters for the search engine were paid $14.50\u00a0an\nhour until January.",
        [_money("14.5", per="hour")],
    ),
    (
        "Pay on the app fell to 50 cents a task, or 0.5 dollars.",
        [_money("0.5"), _money("0.5")],
    ),
    (
        "In Kenya the same work brought in 21,000 shillings.",
        [_money("21000", unit="KES")],
    ),
    (
        "The company’s valuation, over $500bn, makes its wages look small.",
        [_money("500000000000", "", b="more than")],
    ),
]

SHARES: list[tuple[str, list[Label]]] = [
    (
        "The contract passed with 99 percent of the vote.",
        [_share("99")],
    ),
    (
        "Members ratified the pact by 78.33% to 21.67%.",
        [_share("78.33"), _share("21.67")],
    ),
    (
        "Some 87 per cent of members backed a walkout.",
        [_share("87", b="about")],
    ),
    (
        "Between 65% and 70% of a screenwriter’s tasks could be touched, the study claims.",
        [_share("65", "70")],
    ),
    (
        "Analysts expect 5-7 percent of roles to go by 2027.",
        [_share("5", "7")],
    ),
    (
        "One in five employers told the poll that AI had replaced staff.",
        [_share("20")],
    ),
    (
        "Three in four translators said that they had lost income.",
        [_share("75")],
    ),
    (
        "Roughly 1 in 10 illustrators has left the trade.",
        [_share("10", b="about")],
    ),
    (
        "Nearly two-thirds of respondents feared for their work.",
        [_share("66.67", b="about")],
    ),
    (
        "A quarter of the newsroom took buyouts.",
        [_share("25")],
    ),
    (
        "More than half of Americans want unions to have a say over automation.",
        [_share("50", "", b="more than")],
    ),
    (
        "Half the staff was gone within a month.",
        [_share("50")],
    ),
    (
        "Pay goes up 32 percent over five years, with 10 percent in the first.",
        [_share("32"), _share("10")],
    ),
    (
        "Up to 30% of hours worked could be automated.",
        [_share("", "30", b="up to")],
    ),
    (
        "Dockworkers won a 62-percent raise spread over six years.",
        [_share("62")],
    ),
    (
        "Fewer than ten percent of the writers voted no.",
        [_share("", "10", b="less than")],
    ),
    (
        "Nine out of 10 pilots rejected the scheduling software.",
        [_share("90")],
    ),
    (
        "Three quarters of the bargaining unit signed cards.",
        [_share("75")],
    ),
    (
        "Turnout was 61.5 %, the lowest in a decade.",
        [_share("61.5")],
    ),
    (
        "Employment in exposed jobs fell 13% for the young; a third of managers plan cuts.",
        [_share("13"), _share("33.33")],
    ),
]

PEOPLE: list[tuple[str, list[Label]]] = [
    (
        "About 11,500 film and television writers stopped work on May 2.",
        [_people("writers", "11500", b="about")],
    ),
    (
        "SAG-AFTRA, which has 160,000 members, joined the picket lines in July.",
        [_people("members", "160000")],
    ),
    (
        "The walkout took in more than 45,000 dockworkers from Maine to Texas.",
        [_people("dockworkers", "45000", "", "more than")],
    ),
    (
        "IBM expects to replace 7,800 jobs over five years.",
        [_people("jobs", "7800")],
    ),
    (
        "Duolingo let about 10% of its contractors go; 185 moderators at Sama had been dismissed.",
        [_share("10", b="about"), _people("moderators", "185")],
    ),
    (
        "Some 40,000 hospitality workers were covered.",
        [_people("workers", "40000", b="about")],
    ),
    (
        "More than 150 content moderators met in Nairobi on May 1 and voted to form a union.",
        [_people("moderators", "150", "", "more than")],
    ),
    (
        "Three dozen workers at the warehouse signed the letter.",
        [_people("workers", "36")],
    ),
    (
        "A dozen drivers were fired the next morning.",
        [_people("drivers", "12")],
    ),
    (
        "The paper cut twenty-three reporters and one hundred and twenty support staff.",
        [_people("reporters", "23"), _people("staff", "120")],
    ),
    (
        "Seven former moderators sued in Accra.",
        [_people("moderators", "7")],
    ),
    (
        "Of the 12,000 employees, 3,900 must leave; 3,900 of the 12,000 employees is a lot.",
        [
            _people("employees", "12000"),
            _people("employees", "3900"),
            _people("employees", "12000"),
        ],
    ),
    (
        "Between 200 and 300 staff will be offered new work.",
        [_people("staff", "200", "300")],
    ),
    (
        "The union said 250 to 270 staff had applied for voluntary redundancy.",
        [_people("staff", "250", "270")],
    ),
    (
        "An 80-person newsroom in Cleveland became a 12-person one.",
        [_people("people", "80"), _people("people", "12")],
    ),
    (
        "UPS’s 340,000-strong workforce of Teamsters braced for a strike.",
        [_people("workers", "340000")],
    ),
    (
        "With a staff of 40, the magazine put out six issues a year.",
        [_people("staff", "40")],
    ),
    (
        "The startup runs on a workforce of about 1,500.",
        [_people("staff", "1500", b="about")],
    ),
    (
        "A team of 12 wrote the captions by hand.",
        [_people("people", "12")],
    ),
    (
        "The Teachers’ federation, with a membership of 225,000, backed the bill.",
        [_people("members", "225000")],
    ),
    (
        "The call-center company employs 12,000 in the Philippines.",
        [_people("employees", "12000")],
    ),
    (
        "Teleperformance employs nearly 500,000 people in 100 countries.",
        [_people("people", "500000", b="about")],
    ),
    (
        "BuzzFeed laid off 230 on Thursday, and Vox laid off 7% of its staff.",
        [_people("workers", "230"), _share("7")],
    ),
    (
        "Executives plan to lay off 1,200 by spring.",
        [_people("workers", "1200")],
    ),
    (
        "It eliminated 300 positions in marketing and as many as 8,000 roles in human resources.",
        [_people("positions", "300"), _people("roles", "", "8000", "up to")],
    ),
    (
        "Job-cut trackers counted 10,000 layoffs blamed on AI in July alone.",
        [_people("layoffs", "10000")],
    ),
    (
        "Amazon confirmed that it would cut 14,000 corporate jobs.",
        [_people("jobs", "14000")],
    ),
    (
        "Half a million workers could see their duties change.",
        [_people("workers", "500000")],
    ),
    (
        "The federation speaks for 1.3 million members across 60 unions.",
        [_people("members", "1300000")],
    ),
    (
        "The company dismissed several hundred workers, about 300 of them in Dublin.",
        [_people("workers", "300", b="about")],
    ),
    (
        "“We are 2,600 video game performers and we are tired,” she said.",
        [_people("performers", "2600")],
    ),
    (
        "At least 17 unionized journalists were escorted out by security.",
        [_people("journalists", "17", "", "at least")],
    ),
    (
        "Nearly 5,000 part-time and full-time Disneyland character performers will vote.",
        [_people("performers", "5000", b="about")],
    ),
    (
        "Google ended a contract with GlobalLogic, putting over 200 AI raters out of work.",
        [_people("raters", "200", "", "more than")],
    ),
    (
        "At Amazon 500 engineers signed; at Microsoft only two did.",
        [_people("engineers", "500")],
    ),
    (
        "On July 27, 300 nurses marched to the capitol.",
        [_people("nurses", "300")],
    ),
    (
        "A survey of 2,000 illustrators found that 26% had lost work.",
        [_people("illustrators", "2000"), _share("26")],
    ),
    (
        "Two to three million truck drivers are at risk, the report says.",
        [_people("drivers", "2000000", "3000000")],
    ),
    (
        "The bank said 200-250 junior bankers may not be replaced.",
        [_people("bankers", "200", "250")],
    ),
    (
        "The Guild’s 11,000 members authorised the strike with 97.85 percent in favor.",
        [_people("members", "11000"), _share("97.85")],
    ),
    (
        "Sixty baristas and a hundred warehouse pickers joined them.",
        [_people("baristas", "60"), _people("pickers", "100")],
    ),
    (
        "Klarna said its assistant did the work of 700 full-time agents.",
        [_people("agents", "700")],
    ),
    (
        "Headcount fell from 5,500 to 3,400, the firm’s chief said; 3,400 people remain.",
        [_people("workers", "5500"), _people("workers", "3400"), _people("people", "3400")],
    ),
    (
        "The letter was signed by fewer than 50 current and former employees.",
        [_people("employees", "", "50", "less than")],
    ),
    (
        "Some 4,000 Culinary Union housekeepers, cooks and servers rallied on the Strip.",
        [_people("housekeepers", "4000", b="about")],
    ),
    (
        "The authors’ society surveyed 787 members, of whom 43 illustrators had been undercut.",
        [_people("members", "787"), _people("illustrators", "43")],
    ),
    (
        "The Post shed a third of its workforce, more than 300 of its 800 journalists.",
        [
            _share("33.33"),
            _people("journalists", "300", "", "more than"),
            _people("journalists", "800"),
        ],
    ),
    (
        "Around 90,000 Quebec teachers, 1,000 of them substitutes, walked out.",
        [_people("teachers", "90000", b="about"), _people("teachers", "1000")],
    ),
    (
        "Microsoft will shed under 4% of its 228,000 workers worldwide.",
        [_share("", "4", "less than"), _people("workers", "228000")],
    ),
    (
        "It went from 9,000 support heads to about 5,000, but hired 2,000 salespeople.",
        [_people("salespeople", "2000")],
    ),
    (
        "The Philippine outsourcing trade counts 1.7m workers.",
        [_people("workers", "1700000")],
    ),
    (
        "CNET’s owner let go a dozen staffers.",
        [_people("staffers", "12")],
    ),
    (
        "Under the plan 15,000 or more technicians would be retrained.",
        [_people("technicians", "15000", "", "at least")],
    ),
    (
        "Dubbing artists, 1,200 strong, fear the software; 300 voice actors have joined a suit.",
        [_people("actors", "300")],
    ),
    (
        "Nine women and four men brought the claim.",
        [_people("women", "9"), _people("men", "4")],
    ),
    (
        "The Alphabet Workers Union counts 1,400 members, up from 230 in 2021.",
        [_people("members", "1400"), _people("members", "230")],
    ),
    (
        "Ubisoft said as many as 185 jobs would go at three sites.",
        [_people("jobs", "", "185", "up to")],
    ),
    (
        "Thirty-one thousand school employees struck for three days.",
        [_people("employees", "31000")],
    ),
    (
        "An estimated 97 million new roles may emerge, while 85 million jobs vanish.",
        [_people("roles", "97000000", b="about"), _people("jobs", "85000000")],
    ),
    (
        "Delivery firms rely on 12,000 of Amazon’s own drivers.",
        [_people("drivers", "12000")],
    ),
    (
        "A vote by 5,000 Boeing machinists and 300 news producers is due—200 editors vote later.",
        [
            _people("machinists", "5000"),
            _people("producers", "300"),
            _people("editors", "200"),
        ],
    ),
    (
        "Nearly three million federal employees and ten thousand contractors got the memo.",
        [_people("employees", "3000000", b="about"), _people("contractors", "10000")],
    ),
    (
        "The pact covers 11,500 film, television and radio writers.",
        [_people("writers", "11500")],
    ),
    (
        "On Friday 20,000 Las Vegas Strip hotel and casino workers will vote.",
        [_people("workers", "20000")],
    ),
    (
        "Of 2,000 job cuts, 500 were made by email.",
        [_people("cuts", "2000")],
    ),
    (
        "LOS ANGELES — Roughly 2,500 SAG-AFTRA voice performers walked off sets on Friday.",
        [_people("performers", "2500", b="about")],
    ),
    (
        "Chipmaker Intel will shed over 15,000 employees, or 15% of its workforce, by year’s end.",
        [_people("employees", "15000", "", "more than"), _share("15")],
    ),
    (
        "“These 340 translators trained their own replacement,” the local’s president said.",
        [_people("translators", "340")],
    ),
    (
        "The agency hired forty-two temps, among them 19 students.",
        [_people("temps", "42"), _people("students", "19")],
    ),
    (
        "Under the settlement the bank rehired 45 call-center staff at A$31 an hour.",
        [_people("staff", "45"), _money("31", unit="AUD", per="hour")],
    ),
    (
        "Customer-support vendor TaskUs had 49,600 employees at the end of 2023.",
        [_people("employees", "49600")],
    ),
    (
        "A petition by more than 1,000 composers, singers and producers reached Parliament.",
        [_people("composers", "1000", "", "more than")],
    ),
    (
        "The memo told 600 unionized reporters to try the tool; 59 newsroom employees refused.",
        [_people("reporters", "600"), _people("employees", "59")],
    ),
    (
        "Bloomberg Intelligence expects 200,000 Wall Street jobs to go within five years.",
        [_people("jobs", "200000")],
    ),
    (
        "The nurses, 22,000 of whom struck in January, want a say; 8 in 10 distrust the software.",
        [_people("nurses", "22000"), _share("80")],
    ),
    (
        "The plant has 2000 workers and a robot for every ten workers.",
        [_people("workers", "10")],
    ),
]

NOTHING: list[str] = [
    "In 2023 workers struck for 118 days.",
    "The 2023 writers’ strike changed how studios talk about AI.",
    "Hundreds of workers marched, and tens of thousands of supporters watched online.",
    "Culinary Workers Union Local 226 members voted on Tuesday.",
    "Governor Newsom signed AB 2602 and AB 1836 into law.",
    "Proposition 22 drivers remain contractors, the court held.",
    "Executive Order 14110 workers’ provisions were dropped in January 2025.",
    "Section 7 rights and Article 22 workers are treated on page 12.",
    "GPT-4 and Claude 3.5 were tested on the bar exam.",
    "The editors corrected 41 of 77 articles.",
    "Ships waited outside 14 ports on the East Coast.",
    "The strike ended at 12:01 a.m. Pacific time.",
    "Call 555-1234 or see https://example.org/2023/07/27/300-workers for details.",
    "Talks went on 24/7, far from the world of 9-to-5 workers.",
    "He is 45 and has acted for half an hour of screen time.",
    "Results for the third quarter of 2023 are due on October 18.",
    "Turnout rose five percentage points, or 5 percentage points if you prefer digits.",
    "The second half of the year was quiet.",
    "On 27 July 2023 workers at the studio learned of the listing.",
    "No. 5 on the list of demands was a limit on cameras.",
    "The 1990s and the 2010s saw fewer strikes.",
    "Copilot now reads 200,000 tokens and writes in 40 languages.",
    "A third of the month had passed before anyone answered.",
    "The servers fill 12 buildings and draw 300 megawatts.",
    "The paper has run three stories, two letters and 16 charts about the matter.",
    "The union filed 13 charges and won nine orders against the company.",
    "Workers over 40 say that the screening tool passed them over.",
    "They lifted boxes of up to 50 pounds for ten hours a day.",
    "Chapter 11 trustees sold the archive.",
    "The model has 70 billion parameters and was trained on 183,000 books.",
    "Season 3 actors were not told that their faces had been scanned.",
    "Both sides will meet again in two weeks; four previous rounds failed.",
    "Several thousand members stayed home, but no count was kept.",
    "Rule 23 plaintiffs may opt out by June 9.",
    "Two unions representing actors and writers will merge.",
    "Three bills protecting warehouse workers died in committee; 16 companies employ lobbyists.",
    "Two major studios told writers to wait.",
    "The bot made 40 decisions affecting drivers and sent 300 emails urging members to vote.",
    "The firm opened four warehouses where robots outnumber workers.",
    "The lab shipped three models, 12 AI agents and five price cuts in a week.",
    "Editors found 300 posts that the bot had written, and two films with cloned voices.",
    "From 2019 to 2023 workers at the plant had no raise.",
    "The first half of 2024 and the latter half of the strike were quiet.",
    "It is one of the oldest guilds, and one in which votes are public.",
    "Six letters and 20 computers were taken, along with 300 newspapers.",
]

LABELLED: list[tuple[str, list[Label]]] = [
    *MONEY,
    *SHARES,
    *PEOPLE,
    *((sentence, []) for sentence in NOTHING),
]
