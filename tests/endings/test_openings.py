"""What a pair begins with: goals that suit their reader, and what wants to be talked about openly."""

from dataclasses import replace

import pytest

from tests.endings.some import answer, pair, text


@pytest.mark.req("AAHA-20")
def test_examples_of_goals_suit_their_readers_profile_and_none_is_noted_as_a_goal():
    told = {}
    for field in ("nursing", "software", "falconry"):
        season = pair()
        maya = season.work.participant("u2")
        profile = {"field": field, "sought": "Stand up for what I think"}
        season.work.stage([replace(maya, version=maya.version + 1, profile=profile)])
        season.pass_days(5)
        told[field] = " ".join(text(season, season.letters("goals", "u2")[0]).split())
        assert season.pair().goals == ()
        assert "Stand up for what I think It may be your first goal, if it still holds. Nothing is noted" in told[field]
    assert "`hand over a shift in ten minutes, without a note`" in told["nursing"]
    assert "`present one design to people from outside the team`" in told["software"]
    assert "`lead a team meeting on my own`" in told["falconry"]


@pytest.mark.req("AAHA-5")
def test_once_in_the_first_two_months_each_is_asked_what_wants_to_be_talked_about_openly_and_both_read_it():
    season = pair("action-steps")
    season.pass_days(62)
    asked = [q.field for e in season.letters("debrief", "u2") for q in e.letter.questions if q.field.name == "openly"]
    assert len(asked) == 1
    assert asked[0].visibility == "pair"
    letter = next(
        e for e in season.letters("debrief", "u2") if any(q.field.name == "openly" for q in e.letter.questions)
    )
    answer(season, letter, "debrief", openly="That I fear the night shifts")
    season.pass_days(30)
    sheets = [" ".join(text(season, e).split()) for e in season.letters("agenda-sheet", "u1")]
    assert any("To talk about openly: - Maya: That I fear the night shifts" in sheet for sheet in sheets)
    assert not any("night shifts" in text(season, e) for _, e in season.sent if e.letter.recipient == "u3")
