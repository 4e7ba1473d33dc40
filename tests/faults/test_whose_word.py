"""Whose word counts: every row of the table of verdicts, each carrier without the others, and mail that claims to come back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from coordinator.core.cohort import Cohort
from coordinator.core.identify import found, verdict
from coordinator.core.reading import Envelope
from coordinator.core.records import Letter
from coordinator.simulate import shapes
from coordinator.store.memory import MemoryStore
from coordinator.tick import Doors, tick
from tests.faults.chapter import ADDRESS, DAY, MONDAY, pairings, people
from tests.faults.posts import Box, Wire
from tests.faults.test_any_course import IN_ONE, SETTINGS

HOUR = timedelta(hours=1)
CHAPTER = SETTINGS.chapter
STRANGER = "stranger@elsewhere.example"
MAYA, MONA = "maya@example.com", "mona@example.com"


@pytest.fixture(scope="module")
def doors() -> Doors:
    """A chapter whose first letters went out."""
    store = MemoryStore(program="six-month", now=MONDAY - DAY)
    work = store.at(MONDAY).load()
    work.stage([*people(), *pairings()])
    work.commit()
    opened = Doors(settings=SETTINGS, store=store, inbox=Box(), outbox=Wire(now=MONDAY))
    tick(opened, MONDAY, IN_ONE)
    return opened


@pytest.fixture(scope="module")
def cohort(doors: Doors) -> Cohort:
    return doors.store.load()


def letter_to(cohort: Cohort, name: str) -> Letter:
    return next(each for each in cohort.letters() if each.recipient == name and each.questions)


def plus(token: str) -> str:
    return ADDRESS.replace("@", f"+{token}@")


def mail_of(
    cohort: Cohort, *, carriers: str, sender: str | None = MAYA, auth: str = "unknown", to: str = "maya"
) -> Envelope:
    """carriers: of "token", "thread" and "ref" those that it bears."""
    letter = letter_to(cohort, to)
    return Envelope(
        message_id="<1@example.com>",
        fingerprint="f",
        sender=sender,
        recipients=(plus(letter.token),) if "token" in carriers else (ADDRESS,),
        references=(letter.message_id,) if "thread" in carriers else (),
        refs=(letter.ref,) if "ref" in carriers else (),
        auth=auth,
    )


def judged(cohort: Cohort, envelope: Envelope, *, later: timedelta = DAY) -> str:
    return verdict(found(cohort, envelope, CHAPTER), envelope, CHAPTER, MONDAY + later).action


AUTH = ("pass", "unknown", "fail")


@pytest.mark.parametrize("carriers", ["token thread ref", "token", "thread", "ref", "thread ref", "token ref"])
def test_each_carrier_finds_the_letter_without_the_others(cohort: Cohort, carriers: str) -> None:
    envelope = mail_of(cohort, carriers=carriers)
    seen = found(cohort, envelope, CHAPTER)
    assert seen.letter == letter_to(cohort, "maya")
    assert [judged(cohort, replace(envelope, auth=auth)) for auth in AUTH] == ["apply", "apply", "hold"]


@pytest.mark.parametrize("carriers", ["token thread ref", "token", "thread"])
@pytest.mark.parametrize("sender", [STRANGER, MONA, "adam@example.com"])
def test_the_letter_of_somebody_else_is_held_whoever_vouches_for_it(cohort: Cohort, carriers: str, sender: str) -> None:
    for auth in AUTH:
        assert judged(cohort, mail_of(cohort, carriers=carriers, sender=sender, auth=auth)) == "hold"


def test_a_ref_alone_proves_nothing_to_anybody_but_its_reader(cohort: Cohort) -> None:
    envelope = mail_of(cohort, carriers="ref", sender=MONA)
    assert found(cohort, envelope, CHAPTER).letter is None
    assert judged(cohort, envelope) == "confirm"
    assert judged(cohort, replace(envelope, sender=STRANGER)) == "quarantine"


def test_two_carriers_that_name_two_letters_are_held(cohort: Cohort) -> None:
    envelope = mail_of(cohort, carriers="token")
    other = replace(envelope, references=(letter_to(cohort, "mona").message_id,))
    assert judged(cohort, other) == "hold"


def test_without_a_letter_a_participant_is_asked_and_a_stranger_put_aside(cohort: Cohort) -> None:
    bare = mail_of(cohort, carriers="")
    assert [judged(cohort, replace(bare, auth=auth)) for auth in AUTH] == ["confirm", "confirm", "hold"]
    assert judged(cohort, replace(bare, sender=STRANGER)) == "quarantine"


@pytest.mark.parametrize("carriers", ["token thread ref", ""])
@pytest.mark.parametrize("sender", [None, ADDRESS])
def test_no_sound_sender_and_our_own_are_put_aside_whatever_they_bear(
    cohort: Cohort, carriers: str, sender: str | None
) -> None:
    assert judged(cohort, mail_of(cohort, carriers=carriers, sender=sender, auth="pass")) == "quarantine"


def test_a_letter_that_closed_is_held_and_said_so(cohort: Cohort) -> None:
    letter = letter_to(cohort, "maya")
    assert letter.closes
    late = letter.closes - MONDAY + timedelta(seconds=1)
    assert judged(cohort, mail_of(cohort, carriers="token"), later=late) == "late"
    assert judged(cohort, mail_of(cohort, carriers="token", auth="fail"), later=late) == "hold"


def test_what_the_coordinator_answers_to_a_note_decides_nothing(doors: Doors) -> None:
    work = doors.store.load().fork()
    letter = replace(letter_to(work, "maya"), recipient="coordinator", address=CHAPTER.coordinator, version=9)
    seen = replace(found(work, mail_of(work, carriers="token"), CHAPTER), letter=letter)
    envelope = mail_of(work, carriers="token", sender=CHAPTER.coordinator.casefold())
    assert verdict(seen, envelope, CHAPTER, MONDAY).action == "ignore"


def near(token: str) -> Iterator[str]:
    """Each character another, cut, lengthened, and an old shape without a signature."""
    for place, character in enumerate(token):
        yield token[:place] + ("a" if character != "a" else "b") + token[place + 1 :]
    yield from (token[:-1], token + "a", token[:13], "p1-welcome-maya", "maya", "a" * 26, "")


def test_no_reply_address_but_the_very_one_is_taken(cohort: Cohort) -> None:
    token = letter_to(cohort, "maya").token
    assert len(token) * 5 >= 128
    for wrong in near(token):
        envelope = replace(mail_of(cohort, carriers=""), recipients=(plus(wrong),))
        assert found(cohort, envelope, CHAPTER).letter is None, wrong
        assert judged(cohort, envelope) in {"quarantine", "confirm"}, wrong
    for alike in (token.upper(), token.title()):
        envelope = replace(mail_of(cohort, carriers=""), recipients=(plus(alike).casefold(),))
        assert judged(cohort, envelope) == "apply", "some servers change the case"


def test_mail_that_claims_to_come_back_changes_nothing_unless_it_was_ours(doors: Doors) -> None:
    wire = doors.outbox
    assert isinstance(wire, Wire)
    assert isinstance(doors.inbox, Box)
    raw = next(each.raw for each in wire.accepted if each.to == MAYA)
    letter = letter_to(doors.store.load(), "maya")
    assert isinstance(doors.store, MemoryStore)

    def delivered(bounce: bytes, hours: int) -> str:
        now = MONDAY + timedelta(hours=hours)
        doors.inbox.deliver(bounce)
        tick(replace(doors, store=doors.store.at(now)), now, IN_ONE)
        person = doors.store.load().participant("maya")
        assert person
        return person.status

    def guessed(number: int) -> bytes:
        returned = shapes.bounce(raw, now=MONDAY - number * HOUR, status="5.1.1")
        returned = returned.replace(letter.message_id.encode(), b"<guessed@example.org>")
        return returned.replace(letter.token.encode(), b"a" * 26)

    assert [delivered(guessed(number), number) for number in range(1, 4)] == ["active"] * 3
    assert delivered(shapes.bounce(raw, now=MONDAY, status="5.1.1"), 4) == "unreachable"
