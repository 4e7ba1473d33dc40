"""Help, danger, concerns and conflicts: a human knows at once, and nobody reads a word before its writer says so."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from coordinator.core.effects import Effect
from coordinator.core.reading import Command, Envelope, Reading
from coordinator.core.receive import receive
from tests.advisors.desk import desk, id_of
from tests.core.situations import Season


def shout(season: Season, name: str, text: str = "HELP", **more) -> list[Effect]:
    """A mail of theirs to the program, read as a call for help."""
    letter = more.pop("letter", None)
    stamp = f"help-{name}-{season.now.isoformat()}"
    envelope = Envelope(
        message_id=f"<{stamp}@example.org>",
        fingerprint=sha256(stamp.encode()).hexdigest(),
        sender=more.pop("sender", f"{name.casefold()}@example.org"),
        recipients=more.pop(
            "recipients", (f"mentoring+{letter.letter.token}@example.org" if letter else "mentoring@example.org",)
        ),
        date=season.now,
    )
    reading = Reading(kind=more.pop("kind", "help"), envelope=envelope, text=text, **more)
    return list(season.take(receive(season.program, season.chapter, season.work, reading, season.now)).effects)


def sent_to(effects: list[Effect]) -> list[tuple[str, str]]:
    return [(e.sections[-1].prompt, e.letter.address.partition("@")[0]) for e in effects]


def tick_after(season: Season, hours: float) -> list[Effect]:
    return season.tick(season.now + timedelta(hours=hours))


@pytest.mark.req("AAHA-26")
def test_help_is_acknowledged_and_the_first_advisor_is_told_urgently_in_the_same_tick():
    season = desk(advisors=("Adam", "Anna"))
    effects = shout(season, "Maya", "HELP\nhe shouts at me")
    assert sent_to(effects) == [("help-received", "maya"), ("help-alert", "adam")]
    received, alert = effects
    assert alert.urgent
    assert not received.urgent
    assert "shouts" not in str(alert)
    assert received.sections[0].context["received"] == ["Adam"]


@pytest.mark.req("AAHA-26")
def test_the_second_advisor_and_the_coordinator_are_told_after_four_hours_without_an_answer():
    season = desk(advisors=("Adam", "Anna"))
    shout(season, "Maya")
    assert not [e for e in tick_after(season, 3.9) if e.letter.purpose == "help"]
    later = [e for e in tick_after(season, 0.2) if e.letter.purpose == "help"]
    assert sent_to(later) == [("help-alert", "anna"), ("help-alert", "coordinator")]
    assert "4 hours" in later[0].sections[0].context["alert"][0]
    assert not [e for e in tick_after(season, 24) if e.letter.purpose == "help"]


@pytest.mark.parametrize("state", ["paused", "stopped", "unreachable"])
def test_help_is_heard_from_whoever_asked_for_no_mail_and_goes_on_to_more_people(state: str):
    season = desk(advisors=("Adam",))
    maya = season.work.participant(id_of(season, "Maya"))
    assert maya is not None
    season.work.stage([replace(maya, status=state, version=maya.version + 1)])
    assert len(shout(season, "Maya")) == 2
    later = [e for e in tick_after(season, 4.1) if e.letter.purpose == "help"]
    assert sent_to(later) == [("help-alert", "coordinator")]


@pytest.mark.req("AAHA-26")
def test_an_answer_to_the_alert_ends_the_waiting_and_the_caller_hears_of_it():
    season = desk(advisors=("Adam", "Anna"))
    _, alert = shout(season, "Maya")
    season.tick()
    decision = season.reply(alert, text="I ring her now.")
    assert sent_to(list(decision.effects)) == [("help-heard", "maya")]
    assert "ring her" not in str(decision.effects)
    assert not [e for e in tick_after(season, 5) if e.letter.purpose == "help"]
    assert season.reply(alert, text="Done.", again=1).effects == ()


@pytest.mark.req("AAHA-26")
def test_an_advisor_who_cannot_help_is_not_said_to_have_it_and_more_people_are_told():
    season = desk(advisors=("Adam", "Anna"))
    _, alert = shout(season, "Maya")
    season.tick()
    decision = season.reply(alert, text="No, sorry, I can't.")
    assert (decision.outcome, decision.effects) == ("held", ())
    later = [e for e in tick_after(season, 4.1) if e.letter.purpose == "help"]
    assert sent_to(later) == [("help-alert", "anna"), ("help-alert", "coordinator")]


def test_what_an_advisor_asks_about_a_call_for_help_waits_for_a_human():
    season = desk(advisors=("Adam", "Anna"))
    _, alert = shout(season, "Maya")
    season.tick()
    decision = season.reply(alert, text="I have it. Who else should be told about this?")
    assert sent_to(list(decision.effects)) == [("help-heard", "maya")]
    assert decision.outcome == "held"


def test_an_out_of_office_of_the_advisor_sends_the_alert_on_at_once():
    season = desk(advisors=("Adam", "Anna"))
    _, alert = shout(season, "Maya")
    season.tick()
    decision = season.reply(alert, kind="auto_reply", back=date(2026, 2, 1))
    assert sent_to(list(decision.effects)) == [("help-alert", "anna"), ("help-alert", "coordinator")]


@pytest.mark.req("AAHA-26")
def test_whom_the_agreement_names_is_told_as_well():
    season = desk(terms={"help": "ring the mentor, 030 5550 1234"})
    effects = shout(season, "Maya", "HELP me with this")
    assert sent_to(effects) == [("help-received", "maya"), ("help-alert", "adam"), ("help-alert", "mona")]
    assert effects[0].sections[0].context["alert"] == ["ring the mentor, 030 5550 1234"]
    assert effects[0].sections[0].context["moment"] == "agreed"
    assert "with this" not in str(effects[1:])


@pytest.mark.req("AAHA-26")
@pytest.mark.parametrize(("choice", "readers"), [(0, []), (1, ["adam"]), (2, ["adam", "mona"])])
def test_the_words_follow_only_as_their_writer_chooses(choice: int, readers: list[str]):
    season = desk()
    received, _ = shout(season, "Maya", "HELP\nhe shouts at me")
    season.tick()
    (question,) = received.letter.questions
    assert season.pair().care.needs[0].visibility == "private"
    decision = season.reply(received, {question.number: question.field.options[choice]})
    words = [e for e in decision.effects if e.sections[0].prompt == "released"]
    assert [e.letter.address.partition("@")[0] for e in words] == readers
    assert all(e.sections[0].context["alert"] == ["he shouts at me"] for e in words)
    (need,) = season.pair().care.needs
    assert need.text == ("" if choice == 0 else "he shouts at me")


def test_a_second_call_within_the_hour_alerts_nobody_twice_but_danger_is_answered():
    season = desk()
    shout(season, "Maya")
    season.now += timedelta(minutes=20)
    assert shout(season, "Maya") == []
    season.now += timedelta(minutes=20)
    assert sent_to(shout(season, "Maya", "HELP I want to die")) == [("emergency", "maya")]


@pytest.mark.req("AAHA-26", "AMIA-7")
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The role play helped. I want to kill myself."),
        ("es", "No quiero vivir así, mi jefe me pega."),
        ("de", "Ich möchte nicht mehr leben."),
        ("fr", "Je veux mourir."),
        ("it", "Voglio morire."),
        ("nl", "Ik wil dood."),
        ("pt", "Estou em perigo."),
    ],
)
def test_words_of_danger_bring_the_emergency_text_at_once_in_any_language(language: str, text: str):
    season = desk(language=language)
    effects = shout(season, "Maya", text, kind="reply")
    assert ("help-received", "maya") in sent_to(effects)
    assert effects[0].sections[0].prompt == "emergency"
    assert ("help-alert", "adam") in sent_to(effects)


@pytest.mark.parametrize("text", ["A course on suicide prevention", "I killed the old report", "The deadline kills me"])
def test_a_topic_is_no_danger(text: str):
    assert "emergency" not in str(shout(desk(), "Maya", text, kind="reply"))


def test_a_mail_to_the_help_address_is_a_call_for_help():
    effects = shout(desk(), "Maya", "please", kind="reply", recipients=("mentoring+help@example.org",))
    assert sent_to(effects)[0] == ("help-received", "maya")


def test_no_robot_is_ever_heard_as_a_call_for_help():
    season = desk()
    for kind in ("auto_reply", "bounce", "own", "unsafe"):
        assert shout(season, "Maya", "HELP I want to die", kind=kind, recipients=("mentoring+help@example.org",)) == []


def test_help_from_an_unknown_address_in_answer_to_our_mail_goes_to_humans_and_not_to_that_address():
    season = desk()
    letter = next(e for e in season.tick() if e.letter.address.startswith("maya"))
    effects = shout(season, "Maya", "HELP", letter=letter, sender="maya@private.example")
    assert sent_to(effects) == [("help-alert", "adam"), ("help-alert", "coordinator")]
    assert "roster" in effects[0].sections[0].context["alert"][0]


def said(kind: str, text: str) -> tuple[Command, ...]:
    return (Command(name="asks", words=f"{kind}: {text}", args={"kind": kind, "text": text}),)


@pytest.mark.req("AMIA-7")
def test_a_concern_reaches_nobody_before_its_writer_said_who_may_know():
    season = desk()
    decision = season.write("maya@example.org", "concern", commands=said("concern", "he is always late"))
    assert sent_to(list(decision.effects)) == [("concern", "maya")]
    (asked,) = decision.effects
    season.tick()
    answer = season.reply(asked, {1: asked.letter.questions[0].field.options[1]})
    assert ("released", "adam") in sent_to(list(answer.effects))
    assert not [e for e in answer.effects if e.letter.address.startswith("mona")]


@pytest.mark.req("AMIA-28", "AMIA-11")
def test_a_question_reaches_the_advisor_in_the_same_tick_and_the_answer_comes_back():
    season = desk()
    decision = season.write("maya@example.org", "question", commands=said("question", "how do I say no?"))
    (asked,) = [e for e in decision.effects if e.sections[0].prompt == "asked"]
    assert (asked.letter.address, asked.sections[0].context["alert"]) == ("adam@example.org", ["how do I say no?"])
    season.tick()
    back = season.reply(asked, text="Say it kindly, and say it soon.")
    (relayed,) = back.effects
    assert (relayed.letter.address, relayed.sections[0].context["alert"]) == (
        "maya@example.org",
        ["Say it kindly, and say it soon."],
    )
    assert season.pair().care.needs[0].done is not None
    season.tick()
    again = season.reply(relayed, text="Thank you, I will try.")
    assert [e.letter.address for e in again.effects] == ["adam@example.org"]
    assert not [e for _, e in season.sent if e.letter.address.startswith("mona") and "say no" in str(e)]


def test_words_for_somebody_who_gets_no_mail_any_more_wait_for_a_human():
    season = desk()
    decision = season.write("maya@example.org", "question", commands=said("question", "how do I say no?"))
    (asked,) = [e for e in decision.effects if e.sections[0].prompt == "asked"]
    season.tick()
    maya = season.work.participant(id_of(season, "Maya"))
    assert maya is not None
    season.work.stage([replace(maya, status="stopped", version=maya.version + 1)])
    back = season.reply(asked, text="Say it kindly, and say it soon.")
    assert (back.outcome, back.effects) == ("held", ())


@pytest.mark.req("AAHA-32")
def test_a_conflict_brings_a_private_guide_and_the_advisor_learns_only_what_is_released():
    season = desk(terms={"conflict": "we talk first, then we ask Adam"})
    decision = season.write("maya@example.org", "conflict", commands=(Command(name="conflict", words="conflict"),))
    (guide,) = decision.effects
    assert sent_to([guide]) == [("conflict", "maya")]
    assert guide.sections[0].context["alert"] == ["we talk first, then we ask Adam"]
    season.tick()
    assert season.pair().care.needs[0].done is not None
    answer = season.reply(guide, {1: guide.letter.questions[0].field.options[1]})
    (told,) = [e for e in answer.effects if e.sections[0].prompt == "conflict-advisor"]
    assert told.letter.address == "adam@example.org"
    assert told.sections[0].context["alert"] == []
    assert season.pair().care.needs[0].kind == "conflict"
    assert season.pair().care.needs[0].done is None


@pytest.mark.req("AMIA-29")
def test_an_idea_goes_into_the_log_without_a_name_unless_its_writer_allows_it():
    season = desk()
    idea = (Command(name="idea", words="program idea: more slots", args={"text": "more slots", "named": False}),)
    season.write("maya@example.org", "program idea: more slots", commands=idea)
    maya = season.work.participant(id_of(season, "Maya"))
    assert maya is not None
    assert [(i.text, i.named) for i in maya.care.ideas] == [("more slots", False)]
