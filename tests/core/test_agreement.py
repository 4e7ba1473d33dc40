"""What a pair agrees: drawn up, settled, signed, changed, kept – and obeyed by the mailer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coordinator.core.agreement.clauses import hours, normal
from coordinator.core.agreement.differences import contradictions
from coordinator.core.agreement.drawn import fingerprint, status
from coordinator.core.moments import Situation
from coordinator.core.program import Opening, Stage
from coordinator.core.view import visible
from tests.core.situations import CHAPTER, DAY, MONDAY, Season, command, one_pair, prompt, question, small_program

STANDING = {"en": {"respect": "With respect.", "commitment": "What stands takes place."}}


def with_agreement(**changes) -> Season:
    """The small program with an agreement: three clauses are asked of each, then a sheet goes to both."""
    program = small_program()
    clauses = [
        question("type", "text", fills="type", optional=True),
        question("reply_days", "number", fills="reply_days", low=1, high=14, optional=True),
        question("gains", "text", fills="gains", optional=True),
        question("coi", "yes_no", fills="coi", visibility="advisor", optional=True),
    ]
    sheet = (question("settle", "text", fills="settle"), question("sign", "yes_no", fills="signed"))
    prompts = {
        **program.prompts,
        "clauses": prompt("clauses", *clauses),
        "sheet": prompt("sheet", *sheet),
        "changed": prompt("changed"),
        "countersigned": prompt("countersigned"),
        "conflict-coordinator": prompt("conflict-coordinator"),
        "conflict-of-interest": prompt("conflict-of-interest", question("go_on", "yes_no", fills="clear_coi")),
    }
    both = ("mentee", "mentor")
    stages = (
        Stage(id="clauses", kind="letter", prompt="clauses", audience=both, opens=Opening(days=1), nudges=(5 * DAY,)),
        Stage(
            id="agreement",
            kind="agreement",
            prompt="sheet",
            audience=both,
            opens=Opening(days=9),
            nudges=(5 * DAY,),
            options={"waits_for": ("clauses",), "changed": "changed", "countersigned": "countersigned"},
        ),
    )
    stages = (*program.stages, *stages)
    return one_pair(program={"prompts": prompts, "stages": stages, "agreement": STANDING}, **changes)


def say(season: Season, prompt_: str, who: str, **values) -> None:
    """One of the two answers the questions with these names."""
    letter = season.letters(prompt_, who)[-1]
    numbers = {q.field.name: q.number for q in season.work.letter(letter.letter.id).questions}
    season.reply(letter, {numbers[name]: value for name, value in values.items()})


def drawn_up(season: Season, *, mentor="skill", mentee="career") -> Season:
    season.pass_days(3)
    say(season, "clauses", "u1", type=mentor, reply_days=5, coi=False, gains="To learn")
    say(season, "clauses", "u2", type=mentee, reply_days=5, coi=False, gains="A plan")
    season.pass_days(2)
    return season


def signed(season: Season) -> Season:
    for who in ("u1", "u2"):
        say(season, "sheet", who, sign=True)
    return season


def context_of(effect, prompt_: str):
    return next(s.context for s in effect.sections if s.prompt == prompt_)


@pytest.mark.req("AAHA-6", "IMA-7", "AAHA-3")
def test_both_get_one_sheet_as_soon_as_both_have_answered_with_the_columns_and_the_difference():
    season = drawn_up(with_agreement())
    for who in ("u1", "u2"):
        (sheet,) = season.letters("sheet", who)
        agreement = context_of(sheet, "sheet")["agreement"]
        columns = {c["label"]: {c["mine"], c["theirs"]} for c in agreement["columns"]}
        assert columns["Hopes"] == {"To learn", "A plan"}
        choice = next(q for q in season.work.letter(sheet.letter.id).questions if q.field.name == "settle_type")
        assert choice.field.kind == "choice"
        assert choice.field.options[:2] == ("career", "skill")
    assert season.pair().terms["reply_days"] == "5", "what both say alike holds at once"
    assert not season.letters("confirm-change"), "nobody is asked twice about the same clause"


@pytest.mark.req("AAHA-3")
def test_a_difference_is_settled_when_both_choose_the_same_and_is_an_open_item_when_they_do_not():
    season = drawn_up(with_agreement())
    say(season, "sheet", "u1", settle_type="career")
    assert season.pair().terms["type"] == "career"
    stubborn = drawn_up(with_agreement())
    say(stubborn, "sheet", "u1", settle_type="skill")
    say(stubborn, "sheet", "u2", settle_type="career")
    assert "type" not in stubborn.pair().terms
    stubborn.pass_days(20)
    sheet = stubborn.letters("update", "u2")[0]
    assert context_of(sheet, "update")["agreement"]["open"] == ["Kind of mentoring"]
    assert not stubborn.letters("confirm-change")


@pytest.mark.req("AHE-5", "IMA-8")
def test_an_agreement_is_half_signed_until_both_agree_and_then_goes_to_both():
    season = drawn_up(with_agreement(), mentee="skill")
    assert status(season.pair()) == "drawn"
    say(season, "sheet", "u1", sign=True)
    assert status(season.pair()) == "half-signed"
    say(season, "sheet", "u2", sign=True)
    assert status(season.pair()) == "signed"
    season.pass_days(16)
    for who in ("u1", "u2"):
        (whole,) = season.letters("countersigned", who)
        agreement = context_of(whole, "countersigned")["agreement"]
        assert agreement["fingerprint"] == fingerprint(season.pair().agreement[-1])
        assert {"label": "Kind of mentoring", "text": "skill"} in agreement["lines"]
        assert {"label": "Respect", "text": "With respect."} in agreement["lines"]


def test_who_has_not_signed_is_reminded_once_and_the_one_who_has_is_not():
    season = drawn_up(with_agreement(), mentee="skill")
    say(season, "sheet", "u1", sign=True)
    season.pass_days(20)
    assert [s.nudge for e in season.letters("sheet", "u2") for s in e.sections if s.prompt == "sheet"] == [False, True]
    assert len(season.letters("sheet", "u1")) == 1


@pytest.mark.req("AHE-2", "AHE-3", "IMA-8")
def test_a_change_that_both_want_makes_a_new_version_with_its_difference_and_the_old_one_is_kept():
    season = signed(drawn_up(with_agreement(), mentee="skill"))
    season.pass_days(2)
    letter = season.letters("sheet", "u2")[0]
    season.reply(letter, text="length: 60", commands=(command("minutes", "length: 60", minutes=60),), again=1)
    assert "minutes" not in season.pair().terms
    season.pass_days(2)
    say(season, "confirm-change", "u1", agree=True)
    season.pass_days(16)
    first, second = season.pair().agreement
    assert (first.number, second.number) == (1, 2)
    assert (first.clauses["minutes"], second.clauses["minutes"]) == ("45", "60")
    assert set(second.signed) == {"u1", "u2"}, "both said yes to what changed"
    (told,) = season.letters("changed", "u2")
    change = {"label": "Length of a meeting", "text": "60 minutes", "before": "45 minutes"}
    assert context_of(told, "changed")["agreement"]["changes"] == [change]
    assert len(season.letters("changed", "u1")) == 1


@pytest.mark.req("AAHA-12")
def test_a_new_text_of_the_program_is_put_to_both_once_more():
    season = signed(drawn_up(with_agreement(), mentee="skill"))
    season.pass_days(1)
    season.program = replace(season.program, agreement={"en": {**STANDING["en"], "policies": "Rules of 2027."}})
    season.work.stage([replace(season.pair(), due=season.now, version=season.pair().version + 1)])
    season.pass_days(3)
    latest = season.pair().agreement[-1]
    assert latest.clauses["policies"] == "Rules of 2027."
    assert latest.signed == {}
    assert len(season.letters("sheet", "u2")) == 2
    signed(season)
    season.pass_days(10)
    assert status(season.pair()) == "signed"
    assert len(season.letters("sheet", "u2")) == 2


def traveling(days: int) -> Season:
    """The text is put to both on the 60th day, or so many days earlier with another letter."""
    season = with_agreement()
    stages = tuple(
        replace(s, opens=Opening(days=60), options={**s.options, "waits_for": (), "travels": days * DAY})
        if s.id == "agreement"
        else s
        for s in season.program.stages
    )
    season.program = replace(season.program, stages=stages)
    return season


@pytest.mark.req("AHE-5")
def test_a_text_to_sign_goes_with_another_letter_in_the_days_before_its_own_and_alone_on_its_day():
    season = traveling(days=30)
    season.pass_days(61)
    (sheet,) = season.letters("sheet", "u2")
    assert MONDAY + 30 * DAY <= sheet.letter.at < MONDAY + 60 * DAY
    assert len(sheet.sections) > 1
    alone = traveling(days=0)
    alone.pass_days(61)
    (sheet,) = alone.letters("sheet", "u2")
    assert sheet.letter.at >= MONDAY + 60 * DAY


@pytest.mark.req("AAHA-8")
def test_the_first_reminder_waits_a_day_longer_than_the_two_agreed_and_quotes_it():
    season = signed(drawn_up(with_agreement(), mentee="skill"))
    season.pass_days(40)
    (question_,) = [(at, e) for at, e in season.sent if e.sections[-1].key == "p1/debrief/1/mentor"][:1]
    reminders = [(at, e) for at, e in season.sent for s in e.sections if s.nudge and s.key == "p1/debrief/1/mentor"]
    assert reminders[0][0].date() - question_[0].date() == timedelta(days=6)
    section = next(s for s in reminders[0][1].sections if s.nudge)
    assert section.context["agreed"] == [{"label": "Answering each other", "text": "within 5 days"}]


@pytest.mark.req("AAHA-7")
def test_nobody_gets_mail_outside_the_hours_that_they_named():
    season = with_agreement(terms={"hours_mentee": "07:00-09:00"})
    for _ in range(60):
        for hour in (8, 12, 18):
            season.tick(season.now.replace(hour=hour))
        season.now += DAY
    hours_ = {at.hour for at, e in season.sent if e.letter.recipient == "u2"}
    assert hours_ == {8}
    assert {at.hour for at, e in season.sent if e.letter.recipient == "u1"} - {8}


def test_hours_that_leave_no_hour_to_the_chapter_lose_nobody():
    season = with_agreement(terms={"hours_mentee": "21:00-23:00"})
    season.pass_days(5)
    assert season.letters("introduction", "u2")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("no mail after 19:00 CT", "07:00-19:00"),
        ("8 to 19", "08:00-19:00"),
        ("9am-5:30pm", "09:00-17:30"),
        ("not before 10", "10:00-22:00"),
        ("no mail after 19:00 and before 8:00", "08:00-19:00"),
        ("whenever", None),
        ("25:00 to 99", None),
    ],
)
def test_hours_are_read_as_people_write_them(said: str, meant: str | None):
    assert hours(said) == meant


@pytest.mark.parametrize(
    ("name", "said", "meant"),
    [
        ("reply_days", "5 days", "5"),
        ("reply_days", "within one week", "7"),
        ("reply_days", "soon", None),
        ("notice", "2", "2"),
        ("until", "2026-11-30", "2026-11-30"),
        ("until", "some day", None),
        ("confidentiality", "advisor sees nothing but attendance", "attendance"),
        ("confidentiality", "Your advisor sees when you meet, and what is marked for them", "marked"),
        ("roles", "  I   ask ", "I ask"),
        ("nonsense", "x", None),
    ],
)
def test_a_clause_has_one_form_however_it_is_said(name: str, said: str, meant: str | None):
    assert normal(name, said) == meant


@pytest.mark.req("ACHE-28", "AAHA-9")
def test_where_the_two_want_the_advisor_to_see_attendance_only_nothing_else_is_shown_or_asked_for_them():
    season = with_agreement(terms={"confidentiality": "attendance"})
    season.pass_days(45)
    letter = season.letters("debrief", "u2")[0]
    assert {q.field.name: q.field.visibility for q in letter.letter.questions}["met"] == "advisor"
    season.reply(letter, {1: True})
    assert visible("u3", season.pair()) == ()
    assert season.pair().meetings[0].status == "held"


@pytest.mark.req("AAHA-10")
def test_a_conflict_of_interest_reaches_the_advisor_alone_and_nothing_goes_on_until_they_say_so():
    season = with_agreement()
    season.pass_days(2)
    letter = season.letters("clauses", "u2")[0]
    words = "COI: she is my manager's wife"
    order = command("clause", words, clause="coi", value="she is my manager's wife")
    season.reply(letter, text=words, commands=(order,))
    before = len(season.sent)
    season.pass_days(30)
    since = [e for _, e in season.sent[before:] if e.letter.recipient in ("u1", "u2") and e.letter.purpose != "receipt"]
    assert since == []
    (asked,) = season.letters("conflict-of-interest")
    assert asked.letter.recipient == "u3"
    assert context_of(asked, "conflict-of-interest")["who"]["words"] == "she is my manager's wife"
    season.reply(asked, {1: True})
    season.pass_days(10)
    assert season.pair().blocked == ""
    assert len(season.sent) > before + 2


def test_a_conflict_that_the_advisor_does_not_clear_ends_the_pairing_without_a_word_to_the_other():
    season = with_agreement()
    season.pass_days(2)
    say(season, "clauses", "u1", coi=True)
    season.pass_days(2)
    season.reply(season.letters("conflict-of-interest")[0], {1: False})
    assert (season.pair().ending, season.pair().blocked) == ("asked", "")
    assert season.pair().end == season.now.date()


@pytest.mark.parametrize("how", ["answer", "line"])
def test_a_conflict_in_a_pair_without_an_advisor_is_told_to_the_coordinator_without_its_words(how: str):
    season = with_agreement()
    season.work.stage([replace(season.pair(), advisors=(), version=season.pair().version + 1)])
    season.pass_days(2)
    letter = season.letters("clauses", "u1")[0]
    if how == "answer":
        asked = season.work.letter(letter.letter.id).questions
        season.reply(letter, {next(q.number for q in asked if q.field.name == "coi"): True})
    else:
        order = command("clause", "conflict of interest: she is my aunt", clause="coi", value="she is my aunt")
        season.reply(letter, text=order.words, commands=(order,))
    season.tick(season.now)
    (told,) = season.letters("conflict-coordinator", "coordinator")
    plain = context_of(told, "conflict-coordinator")
    assert plain["alert"][0] == "coordinator pairing set p1 blocked=no"
    assert plain["who"]["first_name"] == "Mona"
    assert "aunt" not in str(plain)
    assert season.pair().blocked
    season.pass_days(8)
    assert len(season.letters("conflict-coordinator", "coordinator")) == 2


@pytest.mark.req("ACHE-35", "AAHA-33")
def test_the_end_moves_with_what_both_agree_and_a_day_that_is_past_is_kindly_refused():
    season = with_agreement()
    season.pass_days(2)
    letter = season.letters("clauses", "u2")[0]
    until = command("clause", "until 30 Nov", clause="until", value="2026-11-30")
    season.reply(letter, text="until 30 Nov", commands=(until,))
    past = command("clause", "until 1 Jan", clause="until", value="2026-01-01")
    season.reply(letter, text="until 1 Jan", commands=(past,), again=1)
    season.tick(season.now.replace(hour=10))
    receipts = [line for _, e in season.sent if e.letter.recipient == "u2" for line in e.receipts]
    assert any("Thu 1 January 2026 is past" in line for line in receipts)
    assert season.pair().end == date(2026, 7, 12)
    season.pass_days(9)
    say(season, "sheet", "u1", settle_until="Mon 30 November 2026")
    assert season.pair().end == date(2026, 11, 30)


@pytest.mark.req("AAHA-33")
@pytest.mark.parametrize(("value", "end"), [("4 months", "2026-05-12"), ("2026-11-30", "2026-11-30")])
def test_how_long_it_is_to_be_counts_from_the_first_day_and_is_asked_no_more(value: str, end: str):
    season = with_agreement()
    season.pass_days(2)
    letter = season.letters("clauses", "u2")[0]
    said = command("clause", f"until: {value}", clause="until", value=value)
    season.reply(letter, text=said.words, commands=(said,))
    assert season.pair().proposals["until"] == {"u2": end}
    asked = {q.key for q in letter.letter.questions if q.field.fills == "months"}
    assert all("months" not in season.pair().asked[key].fields for key in asked)


@pytest.mark.parametrize("value", ["0 months", "900 months", "1.5 months", "a while"])
def test_a_length_that_makes_no_day_is_kindly_refused(value: str):
    season = with_agreement()
    season.pass_days(2)
    said = command("clause", f"until: {value}", clause="until", value=value)
    season.reply(season.letters("clauses", "u2")[0], text=said.words, commands=(said,))
    assert "until" not in season.pair().proposals
    season.tick()
    receipts = [line for _, e in season.sent if e.letter.recipient == "u2" for line in e.receipts]
    received = [line for e in season.letters("receipt", "u2") for line in e.sections[0].context["received"]]
    assert any(value in line for line in (*receipts, *received))


def test_what_was_agreed_and_cannot_both_hold_is_named():
    terms = {
        "rhythm": "1st tuesday 12:00",
        "hours_mentee": "14:00-18:00",
        "hours_mentor": "08:00-10:00",
        "notice": "40",
    }
    season = one_pair(terms=terms)
    where = Situation(program=season.program, chapter=CHAPTER, cohort=season.work, pairing=season.pair())
    assert set(contradictions(where, MONDAY)) == {
        ("rhythm", "hours_mentee"),
        ("rhythm", "hours_mentor"),
        ("hours_mentee", "hours_mentor"),
        ("notice", "every"),
    }
    past = replace(where, pairing=replace(season.pair(), terms={}))
    assert set(contradictions(past, MONDAY + timedelta(days=400))) == {("until", "every")}


@pytest.mark.req("ACHE-24")
def test_a_rewritten_role_is_put_to_the_other_and_holds_with_their_yes():
    season = signed(drawn_up(with_agreement(), mentee="skill"))
    season.program = replace(season.program, agreement={"en": {**STANDING["en"], "roles": "The mentee leads."}})
    letter = season.letters("sheet", "u1")[0]
    order = command("clause", "roles: I ask", clause="roles", value="I ask more than I tell")
    season.reply(letter, text="roles: I ask", commands=(order,), again=1)
    season.pass_days(2)
    assert season.pair().proposals["roles"] == {"u1": "I ask more than I tell"}
    (asked,) = season.letters("confirm-change", "u2")
    assert any("The mentee leads." in line for line in context_of(asked, "confirm-change")["alert"]), "the difference"
    say(season, "confirm-change", "u2", agree=True)
    assert season.pair().terms["roles"] == "I ask more than I tell"


@pytest.mark.req("AAHA-33")
def test_two_who_want_different_last_days_see_both_and_that_the_earlier_one_is_a_look_at_going_on():
    season = with_agreement()
    season.pass_days(2)
    for who, day in (("u1", "2026-05-12"), ("u2", "2026-10-12")):
        wish = command("clause", f"until {day}", clause="until", value=day)
        season.reply(season.letters("clauses", who)[0], text=wish.words, commands=(wish,))
    assert season.pair().end == date(2026, 7, 12), "nothing moves before both say the same"
    season.pass_days(1)
    for who in ("u1", "u2"):
        say(season, "clauses", who, type="skill", reply_days=5, coi=False, gains="To learn")
    season.pass_days(2)
    for who in ("u1", "u2"):
        sheet = season.letters("sheet", who)[-1]
        asked = next(q for q in season.work.letter(sheet.letter.id).questions if q.field.name == "settle_until")
        assert asked.field.options[:2] == ("Mon 12 October 2026", "Tue 12 May 2026"), "the mentee's first"
        assert "With Tue 12 May 2026 you both look, a month before it, whether to go on" in asked.field.ask
        say(season, "sheet", who, settle_until="Tue 12 May 2026")
    assert season.pair().end == date(2026, 5, 12)
