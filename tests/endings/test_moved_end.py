"""An end that comes sooner than was planned, or that somebody was away for: what both hear, and what nobody hears."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.endings.test_bad_input import GO_ON, asked_to_go_on, number, office_of_two, only
from tests.endings.test_played import since, with_an_advisor
from tests.enrolment.office import Office

BOTH = ("Maya", "Mona")
OTHER = {"Maya": "Mona", "Mona": "Maya"}


def moved(days: int) -> tuple[Office, datetime]:
    """The coordinator moves the end to so many days from now, after the mail of the day."""
    office = with_an_advisor()
    office.wait(8)
    at, pairing = office.now, only(office)
    end = at.date() + timedelta(days=days)
    office.stage(replace(pairing, version=pairing.version + 1, end=end, due=at))
    office.tick(hours=0.25)
    return office, at


@pytest.mark.req("AHE-9", "AHE-28")
@pytest.mark.parametrize(("days", "looks_back"), [(1, False), (2, False), (10, True)])
def test_an_end_that_was_moved_near_is_asked_about_as_far_as_there_is_time_and_never_afterwards(
    days: int, looks_back: bool
):
    office, at = moved(days)
    office.wait(40)
    for name in BOTH:
        subjects = since(office, at, name)
        assert sum(f"{OTHER[name]}: thank you" in subject for subject in subjects) == 1
        assert f"{OTHER[name]}: thank you" in subjects[-1], "nothing comes behind the last letter"
        asked = [x for when, x in office.letters if when >= at and x.parent.recipient.startswith(name.casefold())]
        assert sum(any(GO_ON in ask.words for ask in x.asks) for x in asked) == 1
        assert any("Looking back" in subject for subject in subjects) == looks_back
        assert not any("onth to go" in x.parent.text for x in asked)


@pytest.mark.req("AHE-9", "AHE-28")
def test_a_meeting_behind_an_end_that_was_moved_leaves_both_calendars_and_one_before_it_stands():
    office, _ = moved(2)
    for name in BOTH:
        off = office.last(name, f"Off: your meeting with {OTHER[name]}")
        assert "another time" not in off.parent.text
        assert off.invitation is not None
        assert off.invitation.method == "CANCEL"
    assert [m.status for m in only(office).meetings] == ["cancelled"]
    later, _ = moved(10)
    later.wait(1)
    assert [m.status for m in only(later).meetings] == ["invited"]


def test_a_meeting_that_the_two_put_off_until_after_the_end_stands():
    office = with_an_advisor()
    office.wait(8)
    pairing = only(office)
    (meeting,) = pairing.meetings
    office.stage(
        replace(
            pairing,
            version=pairing.version + 1,
            end=meeting.start.date() - timedelta(days=3),
            meetings=(replace(meeting, postponed=1),),
            due=office.now,
        )
    )
    office.wait(2)
    assert [m.status for m in only(office).meetings] == ["invited"]


@pytest.mark.req("ACHE-35")
def test_both_may_move_the_end_near_by_mail():
    office = office_of_two()
    office.wait(8)
    at = office.now
    office.reply(office.last("Maya"), "until: 23 January 2026")
    office.reply(office.last("Mona"), "until: 23 January 2026")
    office.wait(30)
    for name in BOTH:
        subjects = since(office, at, name)
        assert subjects[-1] == f"You and {OTHER[name]}: thank you"
        assert any("Off: your meeting" in subject for subject in subjects)


@pytest.mark.req("S-2", "S-13")
def test_who_was_on_a_break_over_the_end_gets_the_last_letter_when_they_are_back():
    office = with_an_advisor()
    office.wait(8)
    at = office.now
    office.write("Maya", "PAUSE until 1 April")
    office.wait(90)
    assert since(office, at, "Mona")[-1] == "You and Maya: thank you"
    assert since(office, at, "Maya") == ["A break it is", "You and Mona: thank you"]
    one, other = (" ".join(office.last(name, "thank you").parent.text.split("---")[0].split()) for name in BOTH)
    assert one.removeprefix("Hello Maya,") == other.removeprefix("Hello Mona,")


@pytest.mark.req("S-6")
def test_after_weeks_without_a_tick_over_the_end_both_get_the_last_letter_and_nothing_else():
    office = with_an_advisor()
    office.wait(8)
    at = office.now
    office.tick(days=55)
    office.wait(20)
    for name in BOTH:
        assert since(office, at + timedelta(days=1), name) == [f"You and {OTHER[name]}: thank you"]


@pytest.mark.req("AAHA-34")
def test_whoever_answers_after_the_last_letter_is_reminded_of_nothing_and_two_late_yeses_count():
    office = office_of_two(days_to_the_end=20)
    letters = {name: asked_to_go_on(office, name) for name in BOTH}
    office.wait(16)
    at = office.now
    office.reply(letters["Mona"], {number(letters["Mona"], GO_ON): "yes"})
    assert not any("How is it going" in subject for subject in since(office, at, "Mona"))
    office.reply(letters["Maya"], {number(letters["Maya"], GO_ON): "yes"})
    office.wait(3)
    assert only(office).renewals == 1
    for name in BOTH:
        assert office.to(name, "You both said yes")
