"""What an advisor may answer the summary with, as it is read and as it is obeyed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coordinator.core.reading import Context
from coordinator.core.verbs import VERBS
from coordinator.core.verbs.reading import Line, Prose, lines
from tests.advisors.desk import desk, line_about, shipped, summary_of, texts, told, with_need
from tests.core.situations import MONDAY

NOW = datetime(2026, 7, 20, 9, 0, tzinfo=UTC)


def read(text: str, language: str = "en") -> list[Line | Prose]:
    context = Context(language=language, timezone="UTC", now=NOW, words=shipped().words)
    return list(lines(text, VERBS, context))


@pytest.mark.parametrize(
    ("text", "verb", "numbers", "pairs", "args"),
    [
        ("3 snooze 2w", "snooze", (3,), (), {"until": "2026-08-03"}),
        ("snooze 3 2w", "snooze", (3,), (), {"until": "2026-08-03"}),
        ("3: snooze for two weeks please", "snooze", (3,), (), {"until": "2026-08-03"}),
        ("3 snooze", "snooze", (3,), (), {}),
        ("3. Snooze until 14 August", "snooze", (3,), (), {"until": "2026-08-14"}),
        ("1 done", "done", (1,), (), {}),
        ("Done 3.", "done", (3,), (), {}),
        ("1, 2 and 5 done", "done", (1, 2, 5), (), {}),
        ("approve 1", "approve", (1,), (), {}),
        ("1 approved", "approve", (1,), (), {}),
        ("decline 2 too far away", "decline", (2,), (), {"text": "too far away"}),
        ("pair 4 every 2 weeks", "every", (), (4,), {"days": "14"}),
        ("4 every two weeks", "every", (4,), (), {"days": "14"}),
        ("pair 4 every 8 weeks", "every", (), (4,), {"days": "56"}),
        ("away 1–14 Aug", "away", (), (), {"first": "2026-08-01", "last": "2026-08-14"}),
        ("Away from 28 July to 14 August", "away", (), (), {"first": "2026-07-28", "last": "2026-08-14"}),
        ("3 introduce Lena Sommer", "introduce", (3,), (), {"text": "Lena Sommer"}),
        ("pair 2: introduce her to Lena", "introduce", (), (2,), {"text": "Lena"}),
        ("pair 2 snooze 1 month", "snooze", (), (2,), {"until": "2026-08-19"}),
    ],
)
def test_a_line_is_read_as_the_verb_it_is(text, verb, numbers, pairs, args) -> None:
    (line,) = read(text)
    assert isinstance(line, Line)
    assert (line.verb, line.numbers, line.pairs, dict(line.args)) == (verb, numbers, pairs, args)


@pytest.mark.parametrize(
    ("text", "language", "verb"),
    [
        ("1 hecho", "es", "done"),
        ("1 más tarde 2 semanas", "es", "snooze"),
        ("pareja 1 cada 2 semanas", "es", "every"),
        ("ausente 1–14 agosto", "es", "away"),
        ("1 erledigt", "de", "done"),
        ("Paar 4 alle 2 Wochen", "de", "every"),
        ("1 plus tard 2 semaines", "fr", "snooze"),
        ("1 fatto", "it", "done"),
        ("1 klaar", "nl", "done"),
        ("1 feito", "pt", "done"),
        ("1 presenta a Lena Sommer", "es", "introduce"),
        ("1 vorstellen: Lena Sommer", "de", "introduce"),
        ("1 présente Lena Sommer", "fr", "introduce"),
        ("1 presenta Lena Sommer", "it", "introduce"),
        ("1 stel voor Lena Sommer", "nl", "introduce"),
        ("1 apresenta Lena Sommer", "pt", "introduce"),
    ],
)
def test_verbs_are_read_in_every_shipped_language(text: str, language: str, verb: str) -> None:
    (line,) = read(text, language)
    assert isinstance(line, Line)
    assert line.verb == verb


@pytest.mark.parametrize(
    "text",
    [
        "I think we are done with this one",
        "Maya is away until August",
        "3 weeks ago we spoke",
        "snooze 3 maybe",
        "pair 4 every now and then",
        "done",
        "2",
    ],
)
def test_running_words_are_no_verb(text: str) -> None:
    assert all(isinstance(line, Prose) for line in read(text))


def test_two_commands_in_a_line_are_two_when_both_are_whole() -> None:
    first, second = read("1 done, 2 snooze 2w")
    assert isinstance(first, Line)
    assert isinstance(second, Line)
    assert (first.verb, first.numbers, second.verb, second.numbers) == ("done", (1,), "snooze", (2,))


@pytest.mark.req("AMIA-18")
def test_an_open_need_is_in_the_summary_each_week_until_it_is_done() -> None:
    season = desk()
    with_need(season, "Maya", "an introduction to a lab")
    first = summary_of(season)
    season.pass_days(1)
    second = summary_of(season)
    number = line_about(second, "introduction to a lab")
    assert "introduction to a lab" in " ".join(texts(first))
    decision = season.reply(second, text=f"done {number}")
    assert "settled: Maya & Mona" in told(season, decision)[0]
    assert season.pair().care.needs[0].done == season.now
    season.pass_days(1)
    assert not any("lab" in text for text in texts(summary_of(season)))


def test_a_snoozed_line_comes_back_when_its_time_is_over() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    season.reply(summary_of(season), text="1 snooze 10 days")
    season.pass_days(1)
    assert "lab coat" not in " ".join(texts(summary_of(season)))  # the pair has said nothing yet, which is told
    season.pass_days(1)
    assert "lab coat" in " ".join(texts(summary_of(season)))


@pytest.mark.req("AMIA-13")
def test_the_second_act_of_two_advisors_is_a_friendly_no_op() -> None:
    season = desk(advisors=("Adam", "Anna"))
    with_need(season, "Maya", "a lab coat")
    adams, annas = summary_of(season, "Adam"), summary_of(season, "Anna", after=MONDAY)  # of the same week
    assert texts(adams) == texts(annas)
    season.reply(adams, text="1 done")
    decision = season.reply(annas, text="1 snooze 2w")
    (line,) = told(season, decision)
    assert "Adam did something about it" in line
    (act,) = season.pair().care.acts
    assert (act.verb, act.by) == ("done", adams.letter.recipient)
    season.pass_days(1)
    later = summary_of(season, "Anna")
    assert any("Adam on Maya & Mona: settled" in line for line in later.receipts)


def test_a_number_that_the_letter_did_not_show_changes_nothing_and_says_so() -> None:
    season = desk()
    with_need(season, "Maya", "a lab coat")
    before = season.pair()
    decision = season.reply(summary_of(season), text="7 done\npair 9 every 2 weeks")
    assert [line.partition(" – ")[2][:17] for line in told(season, decision)] == [
        "no line of that l",
        "no pair of yours ",
    ]
    assert season.pair().care == before.care
    assert season.pair().terms == before.terms


@pytest.mark.req("AMIA-31", "AMIA-32")
def test_check_ins_are_as_often_as_the_advisor_says_but_once_a_month_at_least() -> None:
    season = desk(("Mona", "Maya"), ("Mark", "Mila"))
    summary = summary_of(season)
    decision = season.reply(summary, text="pair 2 every 2 weeks\npair 1 every 8 weeks")
    first, second = told(season, decision)
    assert "every 14 days" in first
    assert "never less than once a month" in second
    assert (season.pair("p2").terms.get("checkin"), season.pair("p1").terms.get("checkin")) == ("14", None)
    season.pass_days(1)
    strip = summary_of(season).sections[0].context["summary"]["weeks"]
    assert [row["cadence"] for row in strip] == ["", "checked in on every 14 days"]


def test_away_and_back_are_kept_with_the_advisor() -> None:
    season = desk()
    season.reply(summary_of(season), text="away 1–14 Feb")
    adam = season.work.participant("u1")
    assert adam is not None
    assert adam.care.absent is not None
    assert [day.isoformat() for day in adam.care.absent] == ["2026-02-01", "2026-02-14"]
    season.reply(summary_of(season), text="I am back", again=1)
    adam = season.work.participant("u1")
    assert adam is not None
    assert adam.care == replace(adam.care, absent=None)
