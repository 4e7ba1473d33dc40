"""What invented people do about a letter, one temperament after the other."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from coordinator.simulate.cast import CHAPTER, OTHERS, PAIRS, TEMPERAMENTS, chapter
from coordinator.simulate.crowd import crowd
from coordinator.simulate.letters import Received, received
from coordinator.simulate.people import Past, Persona, Planned, past, respond
from tests.simulate.samples import letter

JOINED = date(2026, 1, 5)
MONDAY = datetime(2026, 1, 12, 15, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
RECEIPT = "Thank you:\n\n- 1. Did you talk? – yes\n- 2. How long, about? – 45 min\n\nNot right? `fix 2: 30 minutes`\n"


def somebody(temperament: str, **more: object) -> Persona:
    known = {"first_name": "Ana", "last_name": "Ruiz", "address": "ana@example.org", "joined": JOINED}
    return Persona(temperament=TEMPERAMENTS[temperament], **{**known, **more})  # type: ignore[arg-type]


def a_letter(number: int = 1, **more: object) -> Received:
    return received(letter(message_id=f"<m{number}@example.org>", **more))  # type: ignore[arg-type]


def does(
    persona: Persona, mail: Received, now: datetime = MONDAY, earlier: tuple[Past, ...] = (), seed: int = 1
) -> tuple[Planned, ...]:
    return respond(persona, mail, now=now, chances=lambda about: random.Random(f"{seed} {about}"), earlier=earlier)


def text_of(planned: Planned) -> str:
    part = message_from_bytes(planned.raw, policy=policy.default).get_body(("plain", "html"))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("name", TEMPERAMENTS)
def test_whatever_somebody_does_comes_later_and_from_their_address(name: str) -> None:
    for seed in range(5):
        for each in does(somebody(name), a_letter(), seed=seed):
            assert each.at > MONDAY
            if each.kind != "bounce":
                assert b"ana@example.org" in each.raw.partition(b"\r\n\r\n")[0]


def test_the_same_chance_gives_the_same_answer() -> None:
    assert does(somebody("prose"), a_letter()) == does(somebody("prose"), a_letter())


def test_answers_suit_the_questions() -> None:
    (planned,) = does(somebody("corrects_himself", luck=1.0), a_letter())
    assert planned.kind == "reply"
    assert planned.answers[1].casefold() == "yes"
    assert planned.answers[2].endswith("minutes")
    assert planned.answers[3].startswith("G1 ")
    assert planned.answers[4][0] in "abc"
    assert planned.gist.startswith("they met; for ")


def test_nobody_says_how_long_they_did_not_talk() -> None:
    for seed in range(10):
        (planned,) = does(somebody("plain_text", meets=0.0), a_letter(), seed=seed)
        assert "they have not met" in planned.gist
        assert 2 not in planned.answers


def test_both_of_a_pair_say_the_same_about_meeting() -> None:
    people = {persona.first_name: persona for persona in chapter(JOINED)}
    for month in range(1, 7):
        mail = a_letter(sent=datetime(2026, month, 14, 9, 0, tzinfo=UTC))
        keiko, tom = (does(people[name], mail)[0].gist for name in ("Keiko", "Tom"))
        assert keiko.split(";")[0] == tom.split(";")[0]


def test_prose_is_one_paragraph_without_numbers() -> None:
    first = text_of(does(somebody("prose"), a_letter())[0]).split("\n")[0]
    assert first.count(". ") >= 2
    assert not first.startswith("1")


def test_the_late_answer_after_days_and_the_silent_never() -> None:
    (late,) = does(somebody("late"), a_letter())
    assert timedelta(days=5) < late.at - MONDAY < timedelta(days=12)
    assert not does(somebody("silent"), a_letter())


def test_a_reminder_of_what_is_answered_is_left_alone() -> None:
    persona = somebody("late")
    first = a_letter()
    earlier = (past(persona, first, does(persona, first), MONDAY),)
    assert not does(persona, a_letter(2), MONDAY + timedelta(days=4), earlier)
    assert does(persona, a_letter(3), MONDAY + MONTH, earlier)


def test_nobody_writes_at_night() -> None:
    for seed in range(40):
        for each in does(somebody("terse"), a_letter(), seed=seed):
            assert 7 <= each.at.hour < 22


def test_on_holiday_the_mailbox_answers_and_the_person_after_the_return() -> None:
    away = datetime(2026, 2, 9, 15, 0, tzinfo=UTC)
    persona = somebody("on_holiday")
    auto, own = does(persona, a_letter(), away)
    assert (auto.kind, own.kind) == ("auto_reply", "reply")
    assert auto.at - away < timedelta(minutes=5)
    assert own.at.date() >= date(2026, 2, 21)
    again = does(
        persona,
        a_letter(2, subject="Another"),
        away + timedelta(days=1),
        (past(persona, a_letter(), (auto, own), away),),
    )
    assert "auto_reply" not in {each.kind for each in again}


def test_an_address_dies_in_its_month() -> None:
    persona = somebody("dead_address")
    assert does(persona, a_letter())[0].kind == "reply"
    (bounced,) = does(persona, a_letter(), MONDAY + 2 * MONTH)
    assert bounced.kind == "bounce"
    assert b"Final-Recipient: rfc822; ana@example.org" in bounced.raw


def test_help_is_asked_for_once() -> None:
    persona, now = somebody("writes_help"), MONDAY + 2 * MONTH
    (asked,) = does(persona, a_letter(), now)
    assert asked.kind == "help"
    assert text_of(asked).startswith("HELP\n")
    earlier = (past(persona, a_letter(), (asked,), now),)
    (later,) = does(persona, a_letter(2), now + MONTH, earlier)
    assert later.kind == "reply"


def test_last_month_is_answered_when_the_next_letter_comes() -> None:
    persona, first = somebody("answers_last_month"), a_letter()
    assert not does(persona, first)
    earlier = (past(persona, first, (), MONDAY),)
    (planned,) = does(persona, a_letter(2), MONDAY + MONTH, earlier)
    assert b"In-Reply-To: <m1@example.org>" in planned.raw
    assert planned.kind == "late_reply"
    answered = (*earlier, past(persona, a_letter(2), (planned,), MONDAY + MONTH))
    assert not does(persona, a_letter(3), MONDAY + MONTH + timedelta(days=2), answered)


def test_a_reminder_of_last_months_letter_is_not_answered_as_well() -> None:
    persona = somebody("answers_last_month")
    nudged = [past(persona, a_letter(n), (), MONDAY + timedelta(days=4 * n)) for n in (1, 2)]
    now = MONDAY + MONTH
    (planned,) = does(persona, a_letter(3), now, tuple(nudged))
    earlier = (*nudged, past(persona, a_letter(3), (planned,), now))
    assert not does(persona, a_letter(4), now + timedelta(days=1), earlier)


def test_a_receipt_is_corrected_once() -> None:
    persona, receipt = somebody("corrects_himself"), a_letter(text=RECEIPT, html="")
    (fixed,) = does(persona, receipt)
    assert fixed.kind == "fix"
    assert text_of(fixed).startswith("fix 2: 60 minutes")
    assert not does(persona, receipt, MONDAY + MONTH, (past(persona, receipt, (fixed,), MONDAY),))


def test_a_mail_to_the_partner_has_the_program_in_copy() -> None:
    persona = somebody("copies_partner", partner=("Marcus Bell", "marcus@example.org"))
    kinds = {each.kind: each for each in does(persona, a_letter(), MONDAY + MONTH)}
    head = kinds["copy"].raw.partition(b"\r\n\r\n")[0]
    assert b"To: Marcus Bell <marcus@example.org>" in head
    assert b"Cc: Heartwood Mentoring <mentoring@example.org>" in head


def test_a_spanish_speaker_answers_spanish_letters_in_spanish() -> None:
    text = "Hola Lucía:\n\n1. ¿Habéis hablado?\n   (sí o no)\n\n2. ¿Qué te ayudó?\n   (con tus palabras)\n"
    persona = somebody("bottom_poster", language="es", luck=1.0)
    (planned,) = does(persona, a_letter(text=text, html="", language="es"))
    assert planned.answers[1].casefold() in {"sí", "no"}
    assert text_of(planned).startswith("El 14/4/26 a las 9:02, Heartwood Mentoring escribió:")


def test_the_chapter_has_ten_pairs_two_advisors_and_one_person_in_two_pairings() -> None:
    people = chapter(JOINED)
    seats = [name for mentor, mentee, _ in PAIRS for name in (mentor, mentee)]
    assert len(PAIRS) == 10
    assert {name for name in seats if seats.count(name) > 1} == {"Paul"}
    assert {advisor for _, _, advisor in PAIRS} == {"Eric", "Grace"}
    assert {role.first_name for role in CHAPTER} == {*seats, "Eric", "Grace"}
    assert all(persona.address.endswith("@example.org") for persona in people)
    assert len({persona.temperament.name for persona in people}) >= 14


def test_a_crowd_is_as_large_as_asked_for_and_everybody_is_somebody_else() -> None:
    pairs = list(crowd(300, JOINED))
    addresses = {persona.address for pair in pairs for persona in pair}
    assert len(pairs) == 300
    assert len(addresses) == 600
    assert {persona.temperament.name for pair in pairs for persona in pair} == set(TEMPERAMENTS)
    assert pairs[0][0].partner == pairs[0][1].sender


@pytest.mark.parametrize("many", [17, 19, 21, 22])
def test_whoever_is_named_for_a_crowd_is_in_it_and_has_ever_other_partners(many: int) -> None:
    names = [*TEMPERAMENTS, *OTHERS][:many]
    pairs = [tuple(person.temperament.name for person in pair) for pair in crowd(200, JOINED, names)]
    assert {name for pair in pairs for name in pair} == set(names)
    assert len(set(pairs)) > 90, "each again meets other people each time"
    assert any(mentor == mentee for mentor, mentee in pairs)


def test_months_count_from_joining() -> None:
    persona = replace(somebody("keen"), joined=date(2026, 3, 1))
    assert [persona.month(datetime(2026, 3, 1, tzinfo=UTC) + days * timedelta(days=1)) for days in (0, 29, 30, 65)] == [
        1,
        1,
        2,
        3,
    ]
