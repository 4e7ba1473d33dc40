"""A thought a month for the mentor, in letters that go anyway."""

import pytest

from coordinator.core.commands import commands
from coordinator.core.stages.checkin import bank
from tests.core.situations import command
from tests.core_answers.asked import context, cut
from tests.endings.some import busy, pair, program, prompts, text


def told(season, to: str = "u1") -> list[str]:
    return [
        s.context["tip"]
        for _, e in season.sent
        if e.letter.recipient == to
        for s in e.sections
        if s.prompt == "mentor-tip"
    ]


@pytest.mark.req("AMIA-3")
def test_month_by_month_the_mentor_gets_the_tip_of_that_month_and_none_twice():
    season = pair()
    season.pass_days(200, busy)
    lines = bank(program().prompt("mentor-tips", "en").body)
    assert told(season) == [*lines[:5], lines[-1]], "the last one is about parting"
    assert not told(season, "u2")
    assert not [e for _, e in season.sent if [s.prompt for s in e.sections] == ["mentor-tip"]], "no mail of its own"
    assert lines[0] in " ".join(text(season, season.letters("mentor-tip")[0]).split())


@pytest.mark.req("AMIA-3")
def test_no_tips_turns_them_off_and_tips_on_again():
    season = pair()
    season.pass_days(40, busy)
    before = len(told(season))
    newest = [e for _, e in season.sent if e.letter.recipient == "u1"][-1]
    season.reply(newest, commands=(command("no_tips", "no tips"),), text="no tips")
    season.pass_days(60, busy)
    assert len(told(season)) == before > 0
    season.reply(newest, commands=(command("tips", "tips"),), text="tips", again="on")
    season.pass_days(50, busy)
    assert len(told(season)) > before
    assert len(set(told(season))) == len(told(season))


@pytest.mark.req("AMIA-3")
def test_in_the_nine_stages_each_stage_has_a_tip_of_its_own_unless_there_are_to_be_none():
    season = pair("nine-stages")
    season.pass_days(50, busy)
    assert "mentor-tip" not in prompts(season, "u1")
    assert "A tip: " in text(season, season.letters("stage-3-mentor", "u1")[0])
    newest = [e for _, e in season.sent if e.letter.recipient == "u1"][-1]
    season.reply(newest, commands=(command("no_tips", "no tips"),), text="no tips")
    season.pass_days(40, busy)
    assert season.letters("stage-6-mentor", "u1") or season.letters("stage-4-mentor", "u1")
    later = [e for at, e in season.sent if e.letter.recipient == "u1" and at > newest.letter.at]
    assert not any("A tip: " in text(season, e) for e in later)


@pytest.mark.parametrize(
    ("language", "lines"),
    [("en", "tips|no tips"), ("es", "consejos|sin consejos"), ("de", "Tipps|keine Tipps"), ("fr", "conseils|pas de conseils"),
     ("it", "consigli|niente consigli"), ("nl", "tips|geen tips"), ("pt", "dicas|sem dicas")],
)  # fmt: skip
@pytest.mark.req("S-12")
def test_tips_are_asked_for_and_turned_off_in_every_language(language: str, lines: str):
    for line, name in zip(lines.split("|"), ("tips", "no_tips"), strict=True):
        found = commands(cut(f"Hello\n\n{line}\n\nAnna"), "Re: hello", context(language), ())
        assert [c.name for c in found] == [name], line
    assert not commands(cut("Tips are always welcome, thank you"), "Re: hello", context("en"), ())
