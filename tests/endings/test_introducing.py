"""An introduction needs everybody's yes before an address is told."""

import pytest

from tests.core.situations import command
from tests.endings.some import answer, busy, pair, text


def offered():
    season = pair()
    season.pass_days(40, busy)
    newest = [e for _, e in season.sent if e.letter.recipient == "u1"][-1]
    said = command("note", "intro: a colleague for G2", fact="intro", text="a colleague for G2")
    season.reply(newest, commands=(said,), text="intro: a colleague for G2")
    season.pass_days(3, busy_but_intros)
    return season


def busy_but_intros(season, effect) -> None:
    if not any(s.prompt.startswith("intro-") for s in effect.sections):
        busy(season, effect)


@pytest.mark.req("AHE-22")
def test_both_are_asked_and_only_then_have_both_the_address() -> None:
    season = offered()
    (offer,) = season.letters("intro-offer", "u2")
    assert "> a colleague for G2" in text(season, offer)
    assert not season.letters("intro-contact")
    answer(season, offer, "intro-offer", wanted=True)
    season.pass_days(3, busy_but_intros)
    (contact,) = season.letters("intro-contact", "u1")
    assert not season.letters("intro")
    answer(season, contact, "intro-contact", address="colleague@example.com")
    season.pass_days(3, busy_but_intros)
    assert {e.letter.recipient for e in season.letters("intro")} == {"u1", "u2"}
    assert all("colleague@example.com" in text(season, e) for e in season.letters("intro"))
    assert "colleague@example.com" not in repr([e for _, e in season.sent if e.letter.recipient == "u3"])


def test_a_no_ends_it_and_nobody_is_asked_for_an_address() -> None:
    season = offered()
    (offer,) = season.letters("intro-offer", "u2")
    answer(season, offer, "intro-offer", wanted=False)
    season.pass_days(10, busy_but_intros)
    assert not season.letters("intro-contact")
