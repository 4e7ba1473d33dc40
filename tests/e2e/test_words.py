"""What anybody may write at any time: a correction, HELP, STOP, a pause, a call, another goal."""

from datetime import date, timedelta

import pytest

from tests.e2e.chapters import ADAM, BERLIN, MAYA, MONA, Chapter, day, number
from tests.e2e.seasons import debriefed, introduced, met, with_goals

CHIEF = "chief@example.org"


@pytest.mark.parametrize("client", ["gmail_web", "outlook_web", "apple_ios"])
def test_a_receipt_says_what_was_noted_and_a_fix_corrects_it(chapter: Chapter, client: str):
    debriefed(chapter)
    receipt = chapter.last(MAYA, "50 minutes") if chapter.to(MAYA, "50 minutes") else chapter.wait_for(MAYA, "50 min")
    (place,) = [n for n, words in receipt.fixable if "How long" in words]
    chapter.reply(receipt, f"fix {place}: 30 minutes", client=client)
    assert chapter.pair.meetings[0].minutes == 30
    assert chapter.held() == []


def test_an_answer_is_kept_to_oneself_by_a_line(chapter: Chapter):
    debriefed(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    chapter.reply(letter, f"{number(letter, 'goal')} private")
    (progress,) = [a for a in chapter.pair.answers if a.field == "progress"]
    assert progress.visibility == "private"


@pytest.mark.parametrize("how", ["subject", "first word"])
def test_help_reaches_a_human_at_once_and_is_answered(chapter: Chapter, how: str):
    introduced(chapter)
    letter = chapter.last(MAYA, "Meet Mona")
    if how == "subject":
        account = chapter.reply(letter, "I do not feel well about this.", subject="HELP")
    else:
        account = chapter.reply(letter, "HELP, something is wrong here")
    assert account.applied == 1
    urgent, answer = chapter.last(ADAM, "Maya Roy asks for help"), chapter.last(MAYA, "You asked for help")
    assert {urgent.parent.date, answer.parent.date} == {chapter.now}
    assert "feel well" not in urgent.parent.text
    assert not chapter.to(MONA, "help from")


def test_help_is_answered_even_in_the_middle_of_the_night(chapter: Chapter):
    introduced(chapter)
    chapter.now = day("2026-01-14", 23)
    chapter.reply(chapter.last(MAYA, "Meet Mona"), "HELP")
    assert chapter.last(ADAM, "asks for help").parent.date == chapter.now


def test_stop_ends_every_mail_and_somebody_is_told(chapter: Chapter):
    met(chapter)
    chapter.reply(chapter.last(MAYA, "Did you two talk"), "STOP")
    assert chapter.person(MAYA).status == "stopped"
    so_far = len(chapter.to(MAYA))
    chapter.wait(days=40)
    assert len(chapter.to(MAYA)) <= so_far
    assert chapter.to(CHIEF, "Maya Roy")


def test_a_sentence_with_stop_in_it_stops_nothing(chapter: Chapter):
    met(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    chapter.reply(letter, {1: "no, I had to stop for a while", 4: "Please do not stop asking"})
    assert chapter.person(MAYA).status == "active"


def test_a_pause_lasts_until_its_day_and_then_goes_on(chapter: Chapter):
    introduced(chapter)
    chapter.reply(chapter.last(MAYA, "Meet Mona"), "PAUSE until 14 Feb")
    maya = chapter.person(MAYA)
    assert maya.status == "paused"
    assert maya.paused_until is not None
    assert maya.paused_until.astimezone(BERLIN).date() == date(2026, 2, 14)
    told = len(chapter.to(MAYA))
    chapter.wait(until=day("2026-02-13", 20))
    assert len(chapter.to(MAYA)) == told
    chapter.wait(until=day("2026-02-18", 12))
    assert chapter.person(MAYA).status == "active"
    assert len(chapter.to(MAYA)) > told


@pytest.mark.req("S-2")
def test_a_holiday_is_announced_kept_free_and_ends_by_itself(chapter: Chapter):
    met(chapter)
    chapter.reply(chapter.last(MAYA, "Did you two talk"), "yes\n\naway 2–20 March")
    told = chapter.last(MAYA, "A break it is").parent.text
    assert "from Mon 2 March 2026 on; I write again on Sat 21 March 2026" in " ".join(told.split())
    chapter.wait(until=day("2026-03-01", 20))
    assert chapter.person(MAYA).status == "active"
    before = len(chapter.to(MAYA))
    chapter.wait(until=day("2026-03-20", 20))
    assert chapter.person(MAYA).status == "paused"
    assert len(chapter.to(MAYA)) == before
    chapter.wait(until=day("2026-03-24", 12))
    maya = chapter.person(MAYA)
    assert (maya.status, maya.leave, maya.paused_until) == ("active", None, None)
    assert len(chapter.to(MAYA)) > before
    march = [m.start.date() for m in chapter.pair.meetings if m.start.month == 3 and m.status != "cancelled"]
    assert march
    assert not [d for d in march if date(2026, 3, 2) <= d <= date(2026, 3, 20)]


@pytest.mark.req("AHE-10", "AHE-13")
def test_a_short_call_is_logged_and_the_rhythm_stays(chapter: Chapter):
    introduced(chapter)
    before = chapter.pair.meetings
    chapter.reply(chapter.last(MONA, "Meet Maya"), "called 10 min")
    (contact,) = chapter.pair.contacts
    assert (contact.kind, contact.minutes) == ("call", 10)
    assert chapter.pair.meetings == before


@pytest.mark.req("AHE-26")
def test_a_goal_is_reworded_by_its_owner_and_the_old_words_are_kept(chapter: Chapter):
    with_goals(chapter)
    chapter.reply(chapter.last(MAYA, "What would you like to reach"), "G2: change to pass CHESP by December\ndrop G1")
    first, second = chapter.pair.goals
    assert first.state == "dropped"
    assert [t.casefold() for t in second.texts] == ["pass the chesp exam by october", "pass chesp by december"]


@pytest.mark.req("AHE-15")
def test_a_rhythm_holds_as_soon_as_both_have_said_it(chapter: Chapter):
    chapter.tick()
    chapter.reply(chapter.last(MAYA), {1: "a", 3: "first Tuesday 12:00"})
    asked = chapter.wait_for(MONA, "Maya suggests")
    assert chapter.pair.terms == {}
    assert chapter.now < chapter.pair.meetings[0].start, "with the mail that prepares the first meeting"
    chapter.reply(asked, {number(asked, "right for you"): "yes"})
    assert chapter.pair.terms == {"rhythm": "1st tuesday 12:00"}
    chapter.wait(until=day("2026-05-01"))
    starts = [m.start.astimezone(BERLIN) for m in chapter.pair.meetings[1:]]
    assert len(starts) >= 3
    assert all((s.weekday(), s.hour, s.day <= 7) == (1, 12, True) for s in starts), starts


@pytest.mark.req("AHE-12")
def test_an_hour_is_agreed_on_by_both(chapter: Chapter):
    introduced(chapter)
    chapter.reply(chapter.last(MAYA, "Meet Mona"), "length: 60")
    chapter.wait(days=2)
    chapter.reply(chapter.last(MONA, "Maya suggests"), "yes")
    chapter.wait(until=day("2026-01-26", 12))
    meeting = chapter.pair.meetings[-1]
    assert meeting.end - meeting.start == timedelta(minutes=60)


def test_what_is_unclear_is_asked_once_and_then_held(chapter: Chapter):
    met(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    chapter.reply(letter, {1: "hm, sort of, depends on what counts"})
    asked = chapter.last(MAYA)
    assert asked.asks
    assert chapter.held() == []
    chapter.reply(asked, {asked.asks[0].number: "well, you know, kind of but then again"})
    assert len(chapter.held()) == 1
    chapter.wait(days=1)
    assert chapter.to(CHIEF, "held")


def test_a_quick_answer_mail_is_read_without_any_quote(chapter: Chapter):
    met(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    raw = chapter.answered(letter, {1: "yes", 2: "40 min"}, client="gmail_android", style="quick")
    assert b"In-Reply-To" not in raw
    chapter.deliver(raw)
    assert (chapter.pair.meetings[0].status, chapter.pair.meetings[0].minutes) == ("held", 40)


@pytest.mark.parametrize("style", ["top", "bottom", "inline", "html_top", "html_inline", "same_line"])
@pytest.mark.parametrize("client", ["gmail_web", "outlook_classic"])
def test_an_answer_counts_wherever_it_stands(chapter: Chapter, client: str, style: str):
    met(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    chapter.reply(letter, {1: "yes", 2: "40 min"}, client=client, style=style)
    assert (chapter.pair.meetings[0].status, chapter.pair.meetings[0].minutes) == ("held", 40)
    assert chapter.held() == []


def test_last_months_mail_is_answered_late_and_counts_for_last_month(chapter: Chapter):
    met(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    chapter.wait(until=day("2026-03-01", 12))
    chapter.reply(letter, {1: "yes", 2: "40 min"})
    assert [m.minutes for m in chapter.pair.meetings][:2] == [40, None]


def test_a_mail_that_answers_no_letter_is_echoed_and_counts_when_confirmed(chapter: Chapter):
    met(chapter)
    chapter.deliver(chapter.new_mail("1: yes\n2: 40 min", "Hello"))
    assert chapter.pair.meetings[0].minutes is None
    echo = chapter.last(MAYA)
    assert "40 min" in echo.parent.text
    chapter.reply(echo, "yes")
    assert (chapter.pair.meetings[0].status, chapter.pair.meetings[0].minutes) == ("held", 40)


@pytest.mark.req("AAHA-36")
@pytest.mark.parametrize(
    ("line", "told"), [("help goals", "Doran, who wrote them down in 1981"), ("Help stages.", "Half-way")]
)
def test_a_question_about_a_word_is_answered_and_alarms_nobody(chapter: Chapter, line: str, told: str):
    introduced(chapter)
    account = chapter.reply(chapter.last(MAYA, "Meet Mona"), line)
    assert account.applied == 1
    subject = "How goals work here" if "goals" in line else "How the months go"
    assert told in chapter.last(MAYA, subject).parent.text
    assert not chapter.to(ADAM, "asks for help")
    assert chapter.held() == []


@pytest.mark.parametrize("line", ["HELP goals", "help goals!", "help goals, I cannot do this any more", "help"])
def test_what_may_be_a_call_for_help_is_one(chapter: Chapter, line: str):
    introduced(chapter)
    chapter.reply(chapter.last(MAYA, "Meet Mona"), line)
    assert chapter.to(ADAM, "asks for help")
