"""An introduction needs everybody's yes before an address is told."""

from dataclasses import replace

import pytest

from coordinator.core.effects import Decision, Effect
from tests.advisors.desk import line_about, summary_of, told
from tests.core.situations import Season, command
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


# An advisor thinks of somebody


def before_the_end() -> tuple[Season, Effect]:
    """A pair of whom the advisor's summary asks for people to get to know."""
    season = pair("nine-stages", end=pair().pair().end)
    season.pass_days(138, busy_but_intros)
    return season, summary_of(season)


def introduced(season: Season, summary: Effect, *names: str) -> Decision:
    number = line_about(summary, "which two people could Maya get to know")
    return season.reply(summary, text="\n".join(f"{number} introduce {name}" for name in names))


@pytest.mark.req("IMA-36")
def test_an_advisor_introduces_by_answering_once_both_sides_have_said_yes() -> None:
    season, summary = before_the_end()
    decision = introduced(season, summary, "Dr. Lena Sommer, who leads the night team", "Rosa from the lab")
    assert all("I ask Maya first" in line for line in told(season, decision))
    season.pass_days(4, busy_but_intros)
    offers = season.letters("intro-offer")
    assert {e.letter.recipient for e in offers} == {"u2"}
    words = " ".join(text(season, e) for e in offers)
    assert "Adam could introduce you to somebody" in words
    assert "> Dr. Lena Sommer, who leads the night team" in words
    assert "> Rosa from the lab" in words
    assert not season.letters("intro-contact"), "nobody is asked for an address before the yes"
    for offer in offers:
        for number in [q.number for q in offer.letter.questions if q.prompt == "intro-offer"]:
            season.reply(offer, {number: "intro-offer/1/" in _key(offer, number)}, again=str(number))
    season.pass_days(4, busy_but_intros)
    (contact,) = season.letters("intro-contact")
    assert contact.letter.recipient == "u3"
    asked = text(season, contact)
    assert "Maya says yes to this" in asked
    assert "Rosa" not in asked, "a no is told to nobody"
    answer(season, contact, "intro-contact", address="lena@example.com")
    season.pass_days(4, busy_but_intros)
    made = season.letters("intro")
    assert {e.letter.recipient for e in made} == {"u2", "u3"}
    assert all("lena@example.com" in text(season, e) and "Maya, Adam" in text(season, e) for e in made)
    everything_else = repr([e for _, e in season.sent if e.letter.recipient in ("u1", "u4")])
    assert "lena@example.com" not in everything_else


def _key(letter: Effect, number: int) -> str:
    return next(q.key for q in letter.letter.questions if q.number == number)


@pytest.mark.req("IMA-36")
def test_nobody_hears_of_a_no_to_an_advisors_introduction() -> None:
    season, summary = before_the_end()
    introduced(season, summary, "Rosa from the lab")
    season.pass_days(3, busy_but_intros)
    (offer,) = season.letters("intro-offer", "u2")
    since = season.now
    answer(season, offer, "intro-offer", wanted=False)
    season.pass_days(25, busy_but_intros)
    assert not season.letters("intro-contact")
    assert not season.letters("intro")
    later = [text(season, e) for at, e in season.sent if at > since and e.letter.recipient in ("u1", "u3", "u4")]
    assert not any("Rosa" in words for words in later)


@pytest.mark.req("IMA-36")
def test_an_offer_of_an_advisor_who_is_gone_is_put_to_nobody() -> None:
    season, summary = before_the_end()
    introduced(season, summary, "Rosa from the lab")
    held = season.pair()
    season.work.stage([replace(held, advisors=("u4",), version=held.version + 1)])
    season.pass_days(5, busy_but_intros)
    assert not season.letters("intro-offer")
