"""Joining by mail: who is written to, what is asked, and what a human answer comes to."""

from pathlib import Path

import pytest

from tests.enrolment.office import MENTEE, MENTOR, Office, mentee, mentor

FORM_MENTEE = {1: "Lead a team\nPass the exam", 2: "1", 3: "nursing, nurse, Elm Hospital"}
FORM_MENTOR = {1: "leading a team\nexams", 2: "7 years", 3: "nursing, ward manager, Oak Hospital", 4: "1"}


def joined(office: Office, name: str, words: str) -> None:
    office.reply(office.last(name, "Would you like to take part"), words)


@pytest.mark.req("ACHE-5", "S-1")
def test_an_invitation_is_answered_in_plain_words_and_consent_comes_before_any_question():
    office = Office()
    office.add("Maya", "mentee")
    (invitation,) = office.tick()
    assert "What you agree to when you join" in invitation.parent.text
    assert len(invitation.asks) == 1, "nothing is asked besides"
    assert office.person("Maya").consent is None
    (form,) = office.reply(invitation, "Sure, join mentee please!")
    consent = office.person("Maya").consent
    assert consent is not None
    assert (consent.text, consent.how, consent.at) == ("1", "reply", office.now)
    assert form.asks[0].words.startswith("What would you like to reach in your career"), "the career goal is first"


def test_a_plain_yes_takes_the_role_that_the_roster_says():
    office = Office()
    office.add("Maya", "mentee")
    office.tick()
    joined(office, "Maya", "Yes, gladly")
    assert [s.role for s in office.person("Maya").seats] == ["mentee"]


@pytest.mark.parametrize("words", ["no thanks", "No, thank you.", "no"])
@pytest.mark.req("ACHE-5")
def test_no_thanks_is_never_written_to_again_not_even_after_another_import(words):
    from coordinator.core.roster import Entry, enrolment

    office = Office()
    office.add("Maya", "mentee")
    office.tick()
    assert office.reply(office.last("Maya"), words) == [] or all(
        x.parent.recipient == "office@example.org" for x in [each for _, each in office.letters][1:]
    )
    again = Entry(
        line=2, email="maya@example.org", first_name="Maya", last_name="Roe", roles=("mentor",), timezone="",
        language="", consent=True, others={},
    )  # fmt: skip
    result = enrolment(office.work(), [again], 9, office.now)
    office.stage(*result.changed)
    before = len(office.to("Maya"))
    office.wait(40)
    assert len(office.to("Maya")) == before == 1


def test_an_answer_to_an_invitation_that_nobody_understands_is_asked_once_more():
    office = Office()
    office.add("Zoe")
    office.tick()
    (again,) = office.reply(office.last("Zoe"), "What a lovely idea, I have to think about it for a while")
    assert "could not" in again.parent.text
    assert office.person("Zoe").consent is None


@pytest.mark.req("AHE-37", "AHE-38")
def test_both_roles_bring_two_forms_the_second_knows_what_the_first_was_told():
    office = Office()
    office.add("Ida")
    office.tick()
    joined(office, "Ida", "join both")
    office.tick(hours=1)
    forms = [x for x in office.to("Ida") if "a few lines for your match" in x.subject]
    office.reply(forms[0], FORM_MENTEE)
    office.wait(3)
    second = office.last("Ida", "You as a mentor")
    assert not any("How many years" in ask.words for ask in second.asks), "the first form said it"
    office.reply(office.last("Ida", "You as a mentor"), {1: "night shifts", 2: "2"})
    assert {s.role: s.state for s in office.person("Ida").seats} == {"mentee": "open", "mentor": "open"}


@pytest.mark.req("AHE-38")
def test_one_form_of_two_enrols_in_that_role_and_the_other_is_asked_for_once_more():
    office = Office()
    office.add("Ida")
    office.tick()
    joined(office, "Ida", "join both")
    office.wait(3)
    office.reply(office.last("Ida", "You as a mentor"), FORM_MENTOR)
    assert {s.role: s.state for s in office.person("Ida").seats} == {"mentee": "form", "mentor": "open"}
    office.wait(30)
    assert len([x for x in office.to("Ida") if "You as a mentee" in x.subject]) == 2, "the form, and one reminder"


def test_half_a_form_is_kept_and_only_the_rest_is_asked_once_more():
    office = Office()
    office.add("Maya", "mentee")
    office.tick()
    joined(office, "Maya", "join mentee")
    office.reply(office.last("Maya", "You as a mentee"), {1: "Lead a team"})
    assert office.person("Maya").profile["sought"] == "Lead a team"
    office.wait(6)
    again = office.last("Maya", "You as a mentee")
    assert len(office.to("Maya", "You as a mentee")) == 2
    assert not any("reach in your career" in ask.words for ask in again.asks)
    office.wait(20)
    assert len(office.to("Maya", "You as a mentee")) == 2, "once more, and then no further"


def test_two_forms_from_one_person_the_newer_one_counts_and_is_told():
    office = Office()
    office.add("Mona", "mentor")
    office.tick()
    joined(office, "Mona", "join mentor")
    form = office.last("Mona", "You as a mentor")
    office.reply(form, FORM_MENTOR)
    (told,) = office.reply(form, {**FORM_MENTOR, 2: "9"})
    assert "9" in told.parent.text
    assert office.person("Mona").profile["years"] == "9"
    assert len(office.person("Mona").seats) == 1


def test_an_address_that_enrols_somebody_else_gets_a_clear_answer_and_changes_nothing():
    office = Office()
    office.add("Maya", "mentee")
    office.tick()
    fresh = office.reply(office.last("Maya"), "join mentor for bob@example.net please")
    assert any("everybody joins for themselves" in x.parent.text for x in fresh)
    assert office.work().participant_at("bob@example.net") is None
    assert office.person("Maya").consent is None
    assert len(office.held) == 1, "a human knows"


@pytest.mark.req("S-4")
def test_a_yes_from_an_unknown_address_is_held_and_enrols_nobody():
    office = Office()
    office.add("Maya", "mentee")
    office.tick()
    fresh = office.reply(office.last("Maya"), "join mentee", sender="maya.private@example.net")
    assert office.person("Maya").consent is None
    assert all(x.parent.recipient == "office@example.org" for x in fresh), "a stranger gets silence"
    assert len(office.held) == 1


@pytest.mark.req("AHE-41", "ACHE-6")
def test_a_mentee_of_no_experience_and_without_an_employer_enrols():
    office = Office()
    office.add("Maya", "mentee")
    office.tick()
    joined(office, "Maya", "join mentee")
    office.reply(office.last("Maya", "You as a mentee"), {1: "Find out what suits me", 2: "0", 3: "nursing"})
    assert office.person("Maya").seats[0].state == "open"


@pytest.mark.req("AHE-32", "AMIA-22")
def test_a_mentor_below_the_required_years_waits_for_an_advisor_who_may_waive_the_rule():
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    office.add("Mona", "mentor")
    office.tick()
    joined(office, "Mona", "join mentor")
    office.reply(office.last("Mona", "You as a mentor"), {**FORM_MENTOR, 2: "3"})
    assert office.person("Mona").seats[0].state == "held"
    office.wait(1)
    card = office.last("Adam", "would like to be a mentor")
    assert "less than five years" in card.parent.text
    assert "mona@example.org" not in card.parent.text
    office.reply(card, "waive")
    assert office.person("Mona").seats[0].state == "open"
    assert any("/waived/experience" in key for key in office.person("Mona").decided)


@pytest.mark.req("AHE-32")
def test_a_program_that_only_advises_takes_a_mentor_of_three_years():
    office = Office(program="mentee-led")
    mentor(office, "Mona", years="3")
    office.tick()
    assert office.person("Mona").seats[0].state == "open"


@pytest.mark.req("AMIA-22")
def test_a_declined_applicant_gets_a_kind_line_once():
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    mentor(office, "Mona")
    office.tick()
    office.reply(office.last("Adam", "would like to be a mentor"), "decline")
    office.wait(20)
    kind = office.to("Mona", "Thank you for offering your time")
    assert len(kind) == 1
    assert office.person("Mona").seats[0].state == "refused"


@pytest.mark.req("AMIA-22")
def test_an_advisor_may_ask_back_and_decides_with_the_answer():
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    mentor(office, "Mona")
    office.tick()
    office.reply(office.last("Adam", "would like to be a mentor"), "ask: have you mentored nurses before?")
    question = office.last("Mona", "A question about your form")
    assert "have you mentored nurses before?" in question.parent.text
    office.reply(question, "Yes, three of them.")
    office.wait(2)
    card = office.last("Adam", "would like to be a mentor")
    assert "Yes, three of them." in card.parent.text
    office.reply(card, "accept")
    assert office.person("Mona").seats[0].state == "open"


def test_of_two_advisors_the_second_is_told_that_it_was_decided():
    office = Office(program="advisor-led", own=None)
    office.add("Adam", "advisor", invited=False)
    mentor(office, "Mona")
    office.tick()
    card = office.last("Adam", "would like to be a mentor")
    office.reply(card, "accept")
    (told,) = office.reply(card, "decline")
    assert "decided already" in told.parent.text
    assert office.person("Mona").seats[0].state == "open"


@pytest.mark.req("AHE-40")
def test_where_do_i_start_brings_the_starter_pack_in_the_same_tick():
    office = Office()
    office.add("Maya", "mentee")
    office.tick()
    joined(office, "Maya", "join mentee")
    letters = office.reply(office.last("Maya"), "I'm so new, where do I start?")
    assert any("where to start" in x.subject for x in letters)


def test_a_line_with_a_name_puts_the_profile_right():
    office = Office()
    office.add("Maya", "mentee", profile={"years": "4", "field": "nursing"})
    office.tick()
    joined(office, "Maya", "join mentee")
    form = office.last("Maya", "You as a mentee")
    assert "Years: 4" in form.parent.text
    office.reply(form, "1. Lead a team\n\nyears: 9")
    assert office.person("Maya").profile["years"] == "9"


@pytest.mark.req("ACHE-7")
def test_the_same_person_in_two_chapters_is_two_people_to_them():
    one, other = Office(), Office()
    for office in (one, other):
        office.add("Maya", "mentee")
        office.tick()
    joined(one, "Maya", "join mentee")
    assert one.person("Maya").consent is not None
    assert other.person("Maya").consent is None
    assert MENTEE["field"] == MENTOR["field"]


@pytest.mark.req("AHE-35", "S-1")
def test_an_answer_of_a_form_that_its_writer_keeps_private_is_on_no_card():
    from coordinator.core.joining.card import card

    office = Office()
    office.add("Mona", "mentor")
    office.tick()
    joined(office, "Mona", "join mentor")
    form = office.last("Mona", "You as a mentor")
    letters = office.reply(
        form, "\n".join((*(f"{n}. {w}" for n, w in FORM_MENTOR.items()), "5. night shifts", "5 private"))
    )
    assert any("5 private" in x.parent.text for x in letters)
    lines = card(office.loaded, office.person("Mona"), "mentor", "en")["lines"]
    assert any("leading a team" in line for line in lines)
    assert not any("night shifts" in line for line in lines)
    assert office.held == []


@pytest.mark.req("AHE-35", "AMIA-24", "IMA-3", "S-1")
def test_what_a_form_was_told_in_private_is_in_no_reason_no_brief_and_no_proposal_of_match():
    from coordinator.core.joining.card import anonymous
    from coordinator.core.matching.propose import proposal
    from coordinator.report.matching import Told, lines, plain
    from coordinator.report.seekers import everybody

    office = Office()
    office.add("Mona", "mentor")
    office.add("Maya", "mentee")
    office.tick()
    for name, role, told in (("Mona", "mentor", FORM_MENTOR), ("Maya", "mentee", FORM_MENTEE)):
        joined(office, name, f"join {role}")
        known = [f"{n}. {w}" for n, w in told.items()]
        place = len(told) + 1
        said = "\n".join((*known, f"{place}. winter in Kiruna", f"{place} private"))
        office.reply(office.last(name, f"You as a {role}"), said)
    program, work = office.loaded, office.work()
    assert "winter in Kiruna" in office.person("Maya").profile["experience"], "it was kept, for its writer alone"
    pool = everybody(program, work, office.now)
    people = {p.id: p for p in work.participants()}
    found = proposal(program.matching, pool)
    told_all = Told(matching=program.matching, mode="total", pool=pool, proposal=found, people=people, words={})
    printed = "\n".join((*lines(told_all, explain=True), str(plain(told_all)), str(pool)))
    assert "maya@example.org with mona@example.org" in printed
    assert "Kiruna" not in printed
    assert "Kiruna" not in str(anonymous(program, office.person("Maya"), "en", office.now))
    office.wait(4)
    assert not any("Kiruna" in x.parent.text for x in office.to("Maya", "may suit you"))


@pytest.mark.parametrize("program", ["six-month", "mentee-led"])
def test_every_program_in_which_mentees_choose_leads_to_a_pair(program):
    office = Office(program=program)
    mentor(office, "Mona")
    mentee(office, "Maya")
    office.tick()
    office.reply(office.last("Maya", "may suit you"), "request 1\nShe leads a ward like mine.\nI hope to learn that.")
    office.reply(office.last("Mona", "would like you"), "yes")
    assert len(office.pairings) == 1


@pytest.mark.req("S-10")
@pytest.mark.parametrize(("language", "said"), [("en", "made for adults"), ("es", "personas adultas")])
def test_whoever_is_invited_reads_that_the_program_is_for_adults_and_looks_after_no_minors(language: str, said: str):
    office = Office()
    office.add("Maya", language=language)
    (letter,) = office.tick()
    text = " ".join(letter.parent.text.split())
    assert said in text
    assert "18" in text


@pytest.mark.req("S-10")
def test_the_volunteer_is_told_that_safeguarding_of_minors_is_out_of_scope():
    page = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()
    assert "Safeguarding of minors is out of scope" in page


@pytest.mark.req("ACHE-2")
def test_whoever_joins_as_a_mentee_gets_tips_for_the_search_in_the_letter_that_says_so():
    office = Office()
    office.add("Maya", "mentee")
    office.tick()
    joined(office, "Maya", "join mentee")
    letters = [
        x for x in office.reply(office.last("Maya", "You as a mentee"), FORM_MENTEE) if "maya@" in x.parent.recipient
    ]
    assert len(letters) == 1
    assert "You are enrolled as a mentee" in letters[0].parent.text
    assert "Draw your ideal mentor" in letters[0].parent.text
    office.wait(30)
    assert len(office.to("Maya", "Draw your ideal mentor")) == 1


@pytest.mark.req("ACHE-2")
def test_tips_come_at_once_to_anybody_on_the_roster_and_to_nobody_else():
    office = Office()
    office.add("Maya", "mentee")
    mentor(office, "Mona")
    office.tick()
    for name, words in (("Maya", "Begin with your own goal"), ("Mona", "Say what you can offer")):
        (pack,) = [
            x for x in office.write(name, "Tips, please!") if x.parent.recipient == f"{name.casefold()}@example.org"
        ]
        assert words in pack.parent.text
    assert not [x for x in office.write("Stranger", "tips") if "stranger" in x.parent.recipient]


@pytest.mark.req("ACHE-17")
def test_a_form_without_the_career_goal_asks_for_it_once_more_and_no_more():
    office = Office()
    office.add("Maya", "mentee")
    office.tick()
    joined(office, "Maya", "join mentee")
    form = office.last("Maya", "You as a mentee")
    assert form.asks[0].words.startswith("What would you like to reach in your career")
    office.reply(form, {n: FORM_MENTEE[n] for n in (2, 3)})
    office.wait(40)
    asked = [x for x in office.to("Maya") if any("reach in your career" in ask.words for ask in x.asks)]
    assert len(asked) == 2
    assert office.person("Maya").seat("mentee").state == "form"


@pytest.mark.parametrize(
    ("wish", "subject"),
    [("FORGET ME", "Shall I delete"), ("Why did I get this?", "Why you get"), ("EXPORT MY DATA", "A copy of your")],
)
@pytest.mark.parametrize("letter", ["Would you like to take part", "may suit you"])
def test_what_somebody_asks_about_their_data_is_heard_below_letters_that_read_words_as_an_answer(
    letter: str, wish: str, subject: str
):
    office = Office()
    if letter == "may suit you":
        mentor(office, "Mona")
        mentee(office, "Maya")
    else:
        office.add("Maya", "mentee")
    office.tick()
    (told,) = office.reply(office.last("Maya", letter), wish)
    assert told.subject.startswith(subject)
    assert not office.held
