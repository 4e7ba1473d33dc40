"""The first days of a pair: who writes first, what each tells the other, what stays private."""

import pytest

from tests.enrolment.office import Office, mentee, mentor, two

WHY = "request 1\nShe leads a ward like mine.\nI hope to learn how to delegate."


def paired(**profile: str) -> Office:
    office = Office()
    mentor(office, "Mona")
    mentee(office, "Maya", **profile)
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    office.reply(office.last("Mona", "would like you"), "yes")
    return office


def wrote(office: Office, name: str, words: str) -> None:
    letter = office.last(name, "Meet ")
    number = next(a.number for a in letter.asks if "lines about you" in a.words)
    office.reply(letter, {number: words})


@pytest.mark.req("AHE-16", "ACHE-20", "IMA-4")
def test_lines_about_oneself_are_exchanged_in_the_tick_in_which_the_second_arrives():
    office = paired()
    wrote(office, "Maya", "I grew up in Oslo and restore boats.")
    assert not office.to("Mona", "restore boats")
    wrote(office, "Mona", "Twenty years in hospitals.")
    assert "restore boats" in office.last("Mona", "in a few lines").parent.text
    assert "Twenty years" in office.last("Maya", "in a few lines").parent.text


@pytest.mark.req("AHE-16")
def test_a_late_second_answer_still_reaches_both():
    office = paired()
    wrote(office, "Maya", "I grew up in Oslo.")
    office.wait(40)
    wrote(office, "Mona", "Twenty years in hospitals.")
    office.wait(1)
    assert office.to("Maya", "Twenty years")
    assert office.to("Mona", "grew up in Oslo")


@pytest.mark.req("AHE-16")
def test_one_sided_lines_go_only_with_their_writers_consent_and_after_one_reminder():
    office = paired()
    wrote(office, "Maya", "I grew up in Oslo.")
    office.wait(60)
    assert len(office.to("Mona", "wrote some lines about the way so far")) == 1
    assert not office.to("Mona", "grew up in Oslo")
    asked = office.last("Maya", "although nothing has come back")
    number = next(a.number for a in asked.asks if "although nothing" in a.words)
    office.reply(asked, {number: "yes"})
    office.wait(30)
    assert office.to("Mona", "grew up in Oslo")


@pytest.mark.req("AHE-40", "AMIA-9")
def test_whoever_is_new_gets_the_starter_pack_with_the_introduction():
    office = paired(years="0")
    assert "Name one thing" in office.last("Maya", "Meet Mona").parent.text
    assert "new here" not in office.last("Mona", "Meet Maya").parent.text.casefold()
    assert "Name one thing" not in two_letters()


@pytest.mark.req("AMIA-9")
def test_whoever_is_new_hears_from_the_advisor_about_day_seven_and_not_fourteen():
    office = paired(years="0")
    began = office.now
    office.wait(12)
    (pair,) = office.pairings
    first = pair.decided[f"{pair.id}/check-in/1/mentee"]
    assert (first - began).days <= 12
    assert (pair.asked[f"{pair.id}/check-in/1/mentee"].sent - began).days <= 12


def two_letters() -> str:
    office = paired(years="3")
    return office.last("Maya", "Meet Mona").parent.text


@pytest.mark.req("ACHE-21")
def test_the_four_things_to_tell_are_named_and_optional():
    office = paired()
    letter = office.last("Maya", "Meet Mona")
    ask = next(a for a in letter.asks if "lines about you" in a.words)
    text = " ".join(letter.parent.text.split())
    for topic in ("grew up", "learned", "free time", "really matters"):
        assert topic in text
    assert ask.optional


@pytest.mark.req("IMA-3")
def test_what_somebody_says_of_their_background_is_in_no_other_mail_and_in_no_profile_that_matching_sees():
    from coordinator.core.joining.forms import profile

    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    mentor(office, "Mona", culture="CANARY-CULTURE", gender="CANARY-GENDER")
    mentee(office, "Maya", culture="CANARY-CULTURE")
    office.tick()
    office.wait(6)
    assert not any("CANARY" in letter.parent.text for _, letter in office.letters)
    assert "CANARY" not in repr(profile(office.loaded, office.person("Mona"), office.now))


@pytest.mark.req("ACHE-4")
def test_what_the_sponsor_hopes_for_stands_in_the_letter_about_goals_or_leaves_no_trace(tmp_path):
    own = tmp_path / "templates"
    (own / "sponsored").mkdir(parents=True)
    (own / "sponsored" / "program.toml").write_text(
        'extends = "mentee-led"\ntitle = "Sponsored"\nsponsor_goals = "more leaders from within"\n'
    )
    from coordinator import programs
    from coordinator.formats.letters import preview

    office = Office()
    for program, seen in ((programs.load("sponsored", own=own), True), (office.loaded, False)):
        text = preview(program, "goals", "en", office.settings.chapter, False)
        assert ("more leaders from within" in text) is seen


@pytest.mark.req("AAHA-12", "S-1")
def test_a_changed_text_of_consent_is_put_to_everybody_once(tmp_path):
    office = paired()
    assert office.person("Maya").consent.text == "1"
    own = tmp_path / "templates"
    (own / "mentee-led").mkdir(parents=True)
    (own / "mentee-led" / "program.toml").write_text('extends = "mentee-led"\ntitle = "Mentoring"\nconsent = "2"\n')
    from dataclasses import replace

    office.settings = replace(office.settings, folder=tmp_path)
    office.wait(2)
    letter = office.last("Maya", "The terms of taking part have changed")
    assert len(office.to("Mona", "The terms of taking part have changed")) == 1
    number = next(a.number for a in letter.asks if "agree" in a.words)
    office.reply(letter, {number: "yes"})
    assert (office.person("Maya").consent.text, office.person("Maya").consent.how) == ("2", "reply")
    office.wait(30)
    assert len(office.to("Maya", "The terms of taking part have changed")) == 1
    assert two().loaded.consent == "1"


@pytest.mark.req("AMIA-4")
def test_a_link_of_the_mentor_reaches_the_mentee_once_with_the_next_letter():
    office = paired()
    office.reply(office.last("Mona", "Meet Maya"), "resource: https://example.org/leading-a-ward")
    office.wait(20)
    seen = office.to("Maya", "https://example.org/leading-a-ward")
    assert len(seen) == 1
    assert not office.to("Mona", "thought that this may help you")


@pytest.mark.req("AAHA-4")
def test_the_first_meeting_is_suggested_away_from_work_and_the_place_is_kept():
    office = paired()
    office.wait(25)
    agenda = office.last("Maya", "a café, a walk")
    office.reply(agenda, "place: café Elm")
    (pair,) = office.pairings
    assert pair.terms["place"] == "café Elm"


@pytest.mark.req("AMIA-1")
def test_a_pair_is_one_mentor_and_one_mentee_and_anything_else_is_refused_by_name():
    from coordinator.core.records import Pairing
    from coordinator.store.strict import misfits

    document = {"id": "p1", "mentor": "u1", "mentee": ["u2", "u3"], "start": "2026-01-12", "end": "2026-07-12"}
    (problem,) = misfits(Pairing, document, "pairings p1")
    assert "mentee" in problem
