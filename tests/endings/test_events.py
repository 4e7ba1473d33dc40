"""Events and circles of the chapter, played with real mail: who is invited, what they answer, and what changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coordinator.core.chapter import Event
from coordinator.core.records import Meeting
from tests.endings.test_bad_input import office_of_two, only
from tests.enrolment.office import Office

BOTH = ("Maya", "Mona")
START = datetime(2026, 2, 10, 17, tzinfo=UTC)
CIRCLE = Event(
    id="circle",
    title="Conversation circle",
    start=START,
    end=START + timedelta(hours=2),
    timezone="Europe/Berlin",
    place="Town hall",
)


def announce(office: Office, *events: Event) -> None:
    """What the table [[events]] of the chapter says from now on."""
    office.settings = replace(office.settings, chapter=replace(office.settings.chapter, events=events))


def invited(program: str = "six-month", language: str = "") -> Office:
    """Both have the circle in their calendars; Maya said yes in words."""
    office = office_of_two(program=program, language=language)
    announce(office, CIRCLE)
    office.wait(11)
    office.reply(office.last("Maya", "Conversation circle"), "yes" if language != "es" else "sí")
    return office


def circle(office: Office) -> Meeting:
    (event,) = [m for m in only(office).meetings if m.kind == "event"]
    return event


@pytest.mark.req("AHE-27")
@pytest.mark.parametrize("program", ["six-month", "advisor-led", "mentee-led", "action-steps", "nine-stages"])
def test_both_are_invited_together_once_and_hear_when_both_go(program: str):
    office = invited(program)
    for name in BOTH:
        assert len(office.to(name, "Conversation circle, Tue 10 February 2026, 17:00")) == 1
    office.reply(office.last("Mona", "Conversation circle"), "yes, gladly")
    assert set(circle(office).partstats.values()) == {"ACCEPTED"}
    office.wait(5)
    for name in BOTH:
        assert office.to(name, "You are both going: Conversation circle")
    assert not office.held


@pytest.mark.req("AHE-27")
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_event_that_was_moved_is_moved_in_both_calendars_and_asked_anew(language: str):
    office = invited(language=language)
    before, uid = len(office.letters), circle(office).uid
    later = START + timedelta(days=2)
    announce(office, replace(CIRCLE, start=later, end=later + timedelta(hours=2)))
    office.wait(1)
    fresh = [x for _, x in office.letters[before:] if x.invitation and x.invitation.uid == uid]
    assert {(x.parent.recipient, x.invitation.method, x.invitation.start) for x in fresh} == {
        ("maya@example.org", "REQUEST", later),
        ("mona@example.org", "REQUEST", later),
    }
    changed = "Something has changed; this is what holds now." if language == "en" else "Algo ha cambiado"
    assert all(changed in x.parent.text for x in fresh)
    assert (circle(office).sequence, set(circle(office).partstats.values())) == (1, {"NEEDS-ACTION"})
    before = len(office.letters)
    office.wait(3)
    assert not [x for _, x in office.letters[before:] if x.invitation and x.invitation.uid == uid]


@pytest.mark.req("AHE-27")
def test_another_place_is_told_and_the_answers_stand():
    office = invited()
    announce(office, replace(CIRCLE, place="Library"))
    office.wait(1)
    for name in BOTH:
        assert "Library" in office.last(name, "Conversation circle").parent.text
    assert circle(office).partstats[only(office).mentee] == "ACCEPTED"


@pytest.mark.req("AHE-27")
@pytest.mark.parametrize("events", [(), (replace(CIRCLE, id="other", start=START + timedelta(days=400)),)])
def test_an_event_that_the_chapter_names_no_more_leaves_both_calendars(events: tuple[Event, ...]):
    office = invited()
    announce(office, *events)
    office.wait(1)
    for name in BOTH:
        off = office.last(name, "Off: Conversation circle")
        assert off.invitation is not None
        assert (off.invitation.method, off.invitation.uid) == ("CANCEL", circle(office).uid)
    assert circle(office).status == "cancelled"
    assert next(m.status for m in only(office).meetings if m.kind == "meeting") != "cancelled"


@pytest.mark.req("AHE-27")
def test_an_event_that_is_over_may_be_deleted_and_nobody_hears_of_it():
    office = invited()
    office.wait(20)
    before = len(office.letters)
    announce(office)
    office.wait(2)
    assert not [x for _, x in office.letters[before:] if "Conversation circle" in x.subject]


@pytest.mark.req("AHE-27")
def test_a_no_to_an_event_is_a_no_to_that_alone_and_a_place_of_their_own_is_not_the_events():
    office = invited()
    office.reply(office.last("Mona", "Conversation circle"), "no, sorry")
    office.reply(office.last("Maya"), "place: Café Central")
    assert circle(office).place == "Town hall"
    assert circle(office).partstats[only(office).mentor] == "DECLINED"
    office.wait(6)
    assert not office.to("Maya", "You are both going")
    assert not [x for x in office.to("Maya") if "instead" in x.subject]
    assert next(m.status for m in only(office).meetings if m.kind == "meeting") != "cancelled"


@pytest.mark.req("AHE-27")
def test_who_is_invited_to_an_event_behind_the_end_is_not_told_that_the_other_is_not_coming():
    office = invited()
    later = START + timedelta(days=400)
    announce(office, replace(CIRCLE, start=later, end=later + timedelta(hours=2)))
    office.wait(2)
    for name in BOTH:
        text = " ".join(office.last(name, "Something has changed").parent.text.split())
        assert "is invited as well" in text
        assert "is not coming" not in text
