"""A season in lines that a person can read."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from coordinator.demo.story import Cast, printed, tell
from coordinator.simulate.cast import chapter
from coordinator.simulate.events import Event

PEOPLE = {persona.address: persona for persona in chapter(date(2026, 4, 1))}
TUESDAY = datetime(2026, 4, 14, 9, 0, tzinfo=UTC)
LONG = "asks for help: “" + "word " * 40 + "”"
ANA, MARCUS, KEIKO = "ana.ruiz@example.org", "marcus.bell@example.org", "keiko.mori@example.org"


def event(kind: str, person: str, gist: str = "", *, at: datetime = TUESDAY, **more: str) -> Event:
    return Event(at=at, kind=kind, person=person, subject=more.pop("subject", "Hello"), gist=gist, **more)


def told(*events: Event, prompts: dict[str, str] | None = None, most: int = 18) -> list[str]:
    cast = Cast(people=PEOPLE, prompts=prompts or {}, coordinator="office@example.org")
    return [line.text for month in tell(events, cast, UTC, most=most) for line in month.lines]


def test_an_answer_says_who_from_what_and_what() -> None:
    gist = "they met; for 45 minutes; G1 at 6 of 10"
    assert told(event("reply", ANA, gist)) == [
        "Ana answers from an iPhone: they met for 45 minutes; G1 at 6 of 10",
    ]


def test_letters_of_one_kind_and_day_are_one_line() -> None:
    asked = [event("letter", person, message_id=f"<{person}>") for person in (ANA, KEIKO)]
    prompts = {f"<{person}>": "debrief+agenda" for person in (ANA, KEIKO)}
    assert told(*asked, prompts=prompts) == ["Ana and Keiko are asked how it goes"]
    many = [event("letter", person, message_id=person) for person in list(PEOPLE)[:7]]
    assert told(*many, prompts=dict.fromkeys(list(PEOPLE)[:7], "goals")) == ["Seven people are asked for goals"]


def test_a_letter_of_an_unknown_kind_is_told_by_its_subject() -> None:
    letters = [
        event("letter", ANA, subject="How is it going with Marcus?"),
        event("letter", MARCUS, subject="How is it going with Ana?"),
    ]
    assert told(*letters) == ["Ana and Marcus are written to: “How is it going with Marcus?”"]


def test_what_happens_to_people_is_told_in_plain_words() -> None:
    lines = told(
        event("accept", ANA, "accepts"),
        event("decline", MARCUS, "declines"),
        event("auto_reply", KEIKO, "is away until Monday 4 May"),
        event("bounce", ANA, "the address no longer exists"),
        event("help", MARCUS, "asks for help: “please”"),
        event("letter", "office@example.org", subject="Mail to somebody comes back"),
    )
    assert set(lines) == {
        "The coordinator gets a note: “Mail to somebody comes back”",
        "Ana accepts by calendar",
        "Marcus declines by calendar",
        "Keiko’s mailbox answers by itself: Keiko is away until Monday 4 May",
        "Mail to Ana comes back: the address no longer exists",
        "Marcus asks for help: “please”",
    }


def test_a_busy_month_keeps_what_would_be_missed() -> None:
    replies = [
        event("reply", person, "they met", at=TUESDAY + timedelta(hours=hour)) for hour, person in enumerate(PEOPLE)
    ]
    again = [event("reply", ANA, "they met", at=TUESDAY + timedelta(days=2, hours=hour)) for hour in range(30)]
    help_ = event("help", MARCUS, "asks for help: “please”", at=TUESDAY + timedelta(days=5))
    lines = told(*replies, *again, help_, most=10)
    assert len(lines) == 10
    assert lines[-1] == "Marcus asks for help: “please”"


def test_months_are_told_apart_in_the_chapters_own_zone() -> None:
    late = datetime(2026, 5, 1, 3, 0, tzinfo=UTC)
    cast = Cast(people=PEOPLE)
    (month,) = tell([event("reply", ANA, "yes", at=late)], cast, ZoneInfo("America/Chicago"))
    assert month.title == "April 2026"


def test_the_terminal_gets_a_day_once_and_lines_that_fit() -> None:
    events = [event("reply", ANA, "they met"), event("help", MARCUS, LONG, at=TUESDAY + timedelta(hours=1))]
    events += [event("reply", ANA, "yes", at=TUESDAY + timedelta(days=1))]
    lines = printed(tell(events, Cast(people=PEOPLE), UTC), width=80).split("\n")
    assert lines[0] == "April 2026"
    assert lines[1] == "  Tue 14 Apr  Ana answers from an iPhone: they met"
    assert lines[2].startswith(" " * 14 + "Marcus asks for help")
    assert lines[-1] == "  Wed 15 Apr  Ana answers from an iPhone: yes"
    assert max(map(len, lines)) <= 80
