"""The desk end to end: words passed on, calls offered, what is destructive asked once more, cover and hand-over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.advisors.desk import desk, id_of, line_about, summary_of, texts, told, with_need
from tests.core.situations import Season, person


def receipt(decision):
    (effect,) = [e for e in decision.effects if e.sections[0].prompt == "answered"]
    return effect


def passed_on(decision):
    return [
        (e.letter.address.partition("@")[0], e.sections[0].context["alert"])
        for e in decision.effects
        if e.sections[0].prompt == "relayed"
    ]


def test_words_to_a_name_are_passed_on_to_that_person_and_nobody_else() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    decision = season.reply(summary_of(season), text="tell Maya: I have one for you.\n\nMona: thank you for last week")
    assert passed_on(decision) == [("maya", ["I have one for you."]), ("mona", ["thank you for last week"])]
    assert "passed on to Maya" in told(season, decision)[0]


def test_words_to_one_person_in_several_lines_come_in_one_letter() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    said = "tell Maya: I have one for you.\n\nMona: thank you\n\nMaya: it is blue\n\nMaya: ring me"
    decision = season.reply(summary_of(season), text=said)
    assert passed_on(decision) == [("maya", ["I have one for you.", "it is blue", "ring me"]), ("mona", ["thank you"])]
    assert len(told(season, decision)) == 4
    season.tick()
    (letter,) = [e for e in decision.effects if e.letter.address.startswith("maya")]
    back = season.reply(letter, text="Thank you, I will.")
    assert [e.letter.address for e in back.effects] == ["adam@example.org"]


def test_a_yes_to_several_sentences_brings_one_letter_to_each_person() -> None:
    season = desk()
    for thing in ("a lab coat", "an umbrella", "boots"):
        with_need(season, "Maya", thing)
    summary = summary_of(season)
    numbers = [line_about(summary, thing) for thing in ("lab coat", "umbrella", "boots")]
    asked = season.reply(summary, text="\n".join(f"{n}: I have some of these, number {n}." for n in numbers))
    season.tick()
    decision = season.reply(receipt(asked), text="yes")
    assert passed_on(decision) == [("maya", [f"I have some of these, number {n}." for n in numbers])]
    assert len(decision.effects) == 2


def test_a_long_reply_of_an_advisor_brings_back_one_letter_and_its_question_waits_for_a_human() -> None:
    season = desk(("Mona", "Maya"), ("Tom", "Lia"))
    with_need(season, "Maya", "a lab coat")
    said = "1 done\n\n9 snooze\n\npair 7 stage 2\n\n4: hm 3\n\nWho of us writes to the new one in March?\n\nMaya: hello"
    decision = season.reply(summary_of(season), text=said)
    assert [e.sections[0].prompt for e in decision.effects if e.letter.address.startswith("adam")] == ["answered"]
    assert decision.outcome == "held"


def test_a_sentence_behind_a_number_is_passed_on_only_after_a_yes() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    summary = summary_of(season)
    number = line_about(summary, "lab coat")
    asked = season.reply(summary, text=f"{number}: She should really buy one herself.")
    assert passed_on(asked) == []
    assert f"yes {number}" in told(season, asked)[0]
    season.tick()
    assert passed_on(season.reply(receipt(asked), text=f"yes {number}")) == [
        ("maya", ["She should really buy one herself."])
    ]


def test_no_leaves_everything_as_it_is() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    asked = season.reply(summary_of(season), text="pair 1 rematch")
    season.tick()
    decision = season.reply(receipt(asked), text="no")
    assert "left as it is" in told(season, decision)[0]
    assert season.pair().ending == ""


def test_a_rematch_asks_once_more_and_then_ends_the_pair_kindly() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    asked = season.reply(summary_of(season), text="1 rematch")
    assert "for good" in told(season, asked)[0]
    assert season.pair().ending == ""
    season.tick()
    decision = season.reply(receipt(asked), text="yes")
    assert "ends kindly" in told(season, decision)[0]
    assert season.pair().ending == "asked"
    maya = season.work.participant(id_of(season, "Maya"))
    assert maya is not None
    assert maya.waiting_since is not None


def test_a_call_offers_times_and_asks_afterwards_whether_it_took_place() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    decision = season.reply(summary_of(season), text="1 call")
    assert "I offer Maya three times" in told(season, decision)[0]
    season.pass_days(2)
    assert [e.letter.address for e in season.letters("call-times")] == ["maya@example.org"]
    season.pass_days(6)
    assert any("wanted to talk with Maya" in text for text in texts(summary_of(season)))


@pytest.mark.parametrize("words", ["pair 1 call both", "1 call both", "1 call them both", "pair 1: talk together"])
def test_both_of_a_pair_are_called_to_one_talk(words: str) -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    decision = season.reply(summary_of(season), text=words)
    assert "a talk of the three of you" in told(season, decision)[0]
    season.pass_days(2)
    assert [e.letter.address for e in season.letters("call-times")] == ["maya@example.org"]
    (talk,) = season.work.participant(id_of(season, "Maya")).calls
    assert [season.work.participant(id_).first_name for id_ in talk.people] == ["Maya", "Mona", "Adam"]


def test_nobody_is_called_to_a_talk_of_three_while_one_of_them_gets_no_mail() -> None:
    season = desk()
    mona = season.work.participant(id_of(season, "Mona"))
    summary = summary_of(season)
    season.work.stage([replace(mona, status="paused", version=season.work.participant(mona.id).version + 1)])
    decision = season.reply(summary, text="pair 1 call both")
    assert "nobody there can be written to" in told(season, decision)[0]


def test_an_advisor_who_hands_over_is_taken_out_of_the_talks_about_those_pairs() -> None:
    season = desk(advisors=("Adam",))
    season.work.stage([person("u9", "Grace", roles=("advisor",))])
    season.reply(summary_of(season), text="pair 1 call both")
    season.pass_days(1)
    asked = season.reply(summary_of(season), text="hand over to Grace")
    season.tick()
    season.reply(receipt(asked), text="yes")
    (talk,) = season.work.participant(id_of(season, "Maya")).calls
    assert [season.work.participant(id_).first_name for id_ in talk.people] == ["Maya", "Mona"]


def test_a_verb_about_somebody_elses_pair_changes_nothing() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    summary = summary_of(season)
    pair = season.pair()
    season.work.stage([replace(pair, advisors=(), version=pair.version + 1)])
    decision = season.reply(summary, text="pair 1 every 2 weeks")
    assert "no pair of yours has this number" in told(season, decision)[0]
    assert "checkin" not in season.pair().terms


def test_a_command_inside_a_quotation_is_no_command() -> None:
    season = desk()
    with_need(season, "Maya", "1 done\nRegards, Adam\n> 1 done")
    season.pass_days(1)
    summary = summary_of(season)
    assert season.reply(summary, text="Thanks!").effects == ()
    assert season.pair().care.needs[0].done is None


def test_a_forwarded_summary_answered_by_a_stranger_changes_nothing() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    decision = season.reply(summary_of(season), text="1 done", sender="stranger@elsewhere.example")
    assert decision.outcome in ("held", "quarantined")
    assert decision.effects == ()
    assert season.pair().care.needs[0].done is None


def named(season: Season, role: str = "maya") -> set[str]:
    """Whom the letters of the last tick name as advisor."""
    return {e.footer["advisor_name"] for e in season.effects if e.letter.address.startswith(role)}


@pytest.mark.req("AMIA-12", "S-8")
def test_the_other_advisor_is_named_while_one_is_away_and_the_first_again_afterwards() -> None:
    season = desk(advisors=("Adam", "Anna"))
    with_need(season, "Maya", "a lab coat")
    season.reply(summary_of(season), text="away 20 Jan to 31 March")
    season.effects.clear()
    season.pass_days(40)
    assert named(season) == {"Anna"} or named(season) == {"Anna", "Adam"}
    season.effects.clear()
    season.pass_days(20)
    assert named(season) == {"Anna"}
    season.now += timedelta(days=25)
    season.effects.clear()
    season.pass_days(30)
    assert "Adam" in named(season)


@pytest.mark.req("S-8")
def test_an_advisor_hands_over_and_the_other_is_named_and_told() -> None:
    season = desk(("Mona", "Maya"), ("Mark", "Mila"))
    anna = replace(desk(("X", "Y"), advisors=("Anna",)).work.participant("u1"), id="u90", address="anna@example.org")
    season.work.stage([anna])
    with_need(season, "Maya", "a lab coat")
    asked = season.reply(summary_of(season), text="hand over to Anna")
    assert "gives all your pairs away" in told(season, asked)[0]
    season.tick()
    decision = season.reply(receipt(asked), text="yes 1")
    assert "Anna looks after 2 of your pairs" in told(season, decision)[0]
    assert season.pair("p2").advisors == ("u90",)
    season.pass_days(1)
    lines = [line for e in season.effects if e.letter.recipient == "u90" for line in e.receipts]
    shown = [
        line
        for e in season.effects
        if e.letter.recipient == "u90"
        for s in e.sections
        for line in s.context.get("received", [])
    ]
    assert any("Maya & Mona" in line for line in (*lines, *shown))


@pytest.mark.req("S-8")
def test_the_other_advisor_hears_when_one_leaves() -> None:
    season = desk(advisors=("Adam", "Anna"))
    with_need(season, "Maya", "a lab coat")
    season.reply(summary_of(season), kind="stop", text="STOP")
    anna = season.work.participant(id_of(season, "Anna"))
    assert anna is not None
    assert "Maya & Mona" in anna.receipts[0].lines[0]
    season.effects.clear()
    season.pass_days(20)
    assert named(season) == {"Anna"}


def test_a_note_that_looks_like_ours_stays_one_line_of_words() -> None:
    season = desk()
    with_need(season, "Maya", "=== Note from the coordinator ===\n1. approve everything\n--\nMentoring")
    assert all("\n" not in text for text in texts(summary_of(season)))
