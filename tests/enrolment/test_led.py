"""Advisors bring two people together: each gate in its order, by reply, and nothing leaves before it."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from coordinator.cli.pairs import brought_together
from coordinator.report.searches import shown_search
from coordinator.simulate.letters import Received
from tests.enrolment.office import Office, mentee, mentor


def led(**profile: str) -> Office:
    """Maya waits for a mentor; Mona and Nora were accepted by Adam, the advisor."""
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    mentor(office, "Mona", **profile)
    mentor(office, "Nora", site="Ash", years="9")
    mentee(office, "Maya")
    office.tick()
    letter = office.last("Adam", "would like to be a mentor")
    office.reply(letter, {ask.number: answer(ask.words) for ask in letter.asks})
    office.wait(1)
    return office


def answer(words: str) -> str:
    return "accept" if "be a mentor" in words else "reviewed"


def with_candidates() -> Office:
    office = led()
    if "reviewed" not in office.match_of("Maya").gates:
        office.reply(office.last("Adam", "Is this profile ready"), "reviewed")
    office.wait(5)
    office.reply(office.last("Adam", "Did you speak with Maya"), {1: "yes", 2: "Lead a team\nTake a course"})
    office.wait(1)
    return office


@pytest.mark.req("AMIA-19", "AMIA-10")
def test_nothing_is_proposed_before_the_profile_was_reviewed():
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    mentee(office, "Maya")
    office.tick()
    office.wait(3)
    gate = office.last("Adam", "Is this profile ready")
    assert "Lead a team" in gate.parent.text
    assert "maya@example.org" not in gate.parent.text
    assert office.match_of("Maya").gates == {}
    assert office.match_of("Maya").candidates == ()
    office.reply(gate, "reviewed")
    assert "reviewed" in office.match_of("Maya").gates


@pytest.mark.req("AMIA-20")
def test_the_call_is_offered_to_the_mentee_and_a_no_offers_times_again():
    office = led()
    if "reviewed" not in office.match_of("Maya").gates:
        office.reply(office.last("Adam", "Is this profile ready"), "reviewed")
    (call,) = office.person("Maya").calls
    assert call.people == (office.person("Maya").id, office.person("Adam").id)
    office.wait(1)
    assert office.to("Maya", "Adam"), "three times are offered to Maya"
    office.wait(5)
    office.reply(office.last("Adam", "Did you speak with Maya"), {1: "no"})
    assert len(office.person("Maya").calls) == 2
    assert "spoken" not in office.match_of("Maya").gates
    office.wait(6)
    office.reply(office.last("Adam", "Did you speak with Maya"), "spoke, goals: take a course")
    assert "spoken" in office.match_of("Maya").gates


@pytest.mark.req("AMIA-21")
def test_at_most_three_candidates_are_shown_with_reasons_and_approving_too_early_is_refused():
    office = led()
    office.reply(office.last("Adam"), f"approve {office.match_of('Maya').id} 1")
    early = office.to("Adam", "comes first")
    assert early, [x.parent.text for x in office.to("Adam")]
    assert not office.to("Mona", "A mentee who may suit you")
    office = with_candidates()
    assert 1 <= len(office.match_of("Maya").candidates) <= 3
    shown = office.last("Adam", "Candidates for Maya")
    assert "Why:" in shown.parent.text


@pytest.mark.req("AMIA-21")
def test_an_override_is_obeyed_and_on_record():
    office = led()
    office.reply(office.last("Adam"), f"override {office.match_of('Maya').id}")
    match = office.match_of("Maya")
    assert {"reviewed", "spoken"} <= set(match.gates)
    assert any("override" in what for _, _, what in match.log)
    seen = shown_search(match, office.work())
    assert [(e["by"], e["what"]) for e in seen["log"]][-1][0] == "adam@example.org"
    assert "override" in seen["log"][-1]["what"]


@pytest.mark.req("AMIA-16", "AMIA-24", "AMIA-25", "AAHA-1", "IMA-2")
def test_the_whole_way_from_candidates_to_the_introduction():
    office = with_candidates()
    number = next(c.number for c in office.match_of("Maya").candidates if _name(office, c) == "Mona")
    office.reply(office.last("Adam", "Candidates for Maya"), f"approve {number}")
    brief = office.last("Mona", "A mentee who may suit you")
    for secret in ("Maya", "maya@example.org", "Roe", "Elm Hospital"):
        assert secret not in brief.parent.text.replace("Mona Roe", "")
    assert not office.pairings
    office.reply(brief, {1: "yes, interested", 2: "To stay curious"})
    assert not office.pairings
    assert not office.to("Maya", "Would you like Mona as your mentor")
    office.wait(1)
    word = office.last("Adam", "Did you two speak about it")
    assert "To stay curious" in word.parent.text, "the mentor's own goals are shown to the advisor"
    office.reply(word, "spoke")
    proposal = office.last("Maya", "Would you like Mona as your mentor")
    assert not office.pairings, "only one of them has said yes"
    letters = office.reply(proposal, "Yes please!")
    (pair,) = office.pairings
    told = next(x for x in letters if x.parent.recipient == "adam@example.org").parent.text
    said = " ".join(told.split())
    assert "introduced Maya Roe, the mentee, to Mona Roe, the mentor" in said
    assert "was asked to write first" in said
    assert "Would you like" not in said
    assert all("adam@example.org" not in str(headers(x)) for x in letters if x.parent.recipient != "adam@example.org")
    assert pair.advisors == (office.person("Adam").id,)
    assert {"maya@example.org", "mona@example.org"} <= {x.parent.recipient for x in letters}
    assert office.person("Maya").id not in {p.id for p in office.work().unmatched()}, (
        "nobody calls her waiting any more"
    )
    (brought,) = [a for a in pair.answers if a.field == "gains"]
    assert (brought.by, brought.value, brought.visibility) == (office.person("Mona").id, "To stay curious", "pair")
    office.wait(28)
    asked = "What would you like to take away yourself"
    assert not office.to("Mona", asked), "what the brief was told is not asked again"
    assert office.to("Maya", "To stay curious"), "the mentee reads it in the plan of the two"


def test_mail_is_enough_leaves_out_the_word_with_the_mentor():
    office = with_candidates()
    number = next(c.number for c in office.match_of("Maya").candidates if _name(office, c) == "Mona")
    office.reply(office.last("Adam", "Candidates for Maya"), f"approve {number}, mail is enough")
    office.reply(office.last("Mona", "A mentee who may suit you"), "yes")
    assert office.to("Maya", "Would you like Mona as your mentor")


def test_a_declined_candidate_leaves_the_others_and_the_reason_is_kept():
    office = with_candidates()
    first = office.match_of("Maya").candidates[0].number
    office.reply(office.last("Adam", "Candidates for Maya"), f"decline {first} because they work together")
    candidate = office.match_of("Maya").candidate(first)
    assert (candidate.state, candidate.why) == ("refused", "because they work together")
    office.wait(1)
    assert len(office.to("Adam", "Candidates for Maya")) == 2


@pytest.mark.req("AMIA-23")
def test_an_outreach_is_one_invitation_one_reminder_and_a_no_is_for_good():
    office = with_candidates()
    office.reply(office.last("Adam", "Candidates for Maya"), "outreach: paula@example.net for Maya")
    first = office.last("paula@example.net")
    assert "Maya" not in first.parent.text
    office.wait(20)
    assert len(office.to("paula@example.net")) == 2
    office.reply(office.last("paula@example.net"), "no thanks")
    office.wait(30)
    assert len(office.to("paula@example.net")) == 2


@pytest.mark.req("AHE-42")
def test_with_nobody_at_the_right_level_nobody_is_proposed_and_the_advisor_sees_both_with_reasons():
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    mentor(office, "Yuri", years="2", field="nursing")
    mentor(office, "Olaf", years="40", field="nursing")
    mentee(office, "Maya", years="10")
    office.tick()
    for _ in range(8):
        office.wait(1)
        for letter in office.to("Adam")[-1:]:
            said = {a.number: _at_the_gate(a.words) for a in letter.asks if _at_the_gate(a.words)}
            if said and not any(c for c in office.match_of("Maya").candidates):
                office.reply(letter, said)
    office.wait(8)
    nobody = office.last("Adam", "Nobody fits Maya yet")
    assert office.match_of("Maya").candidates == ()
    assert "Olaf" in nobody.parent.text
    assert "Yuri" in nobody.parent.text
    office.reply(nobody, "waive: Olaf Roe")
    assert [_name(office, c) for c in office.match_of("Maya").candidates] == ["Olaf"]


def _at_the_gate(words: str) -> str:
    for part, said in (("be a mentor", "waive"), ("profile ready", "reviewed"), ("Did you speak", "yes")):
        if part in words:
            return said
    return ""


def headers(letter: Received) -> list[tuple[str, str]]:
    message = message_from_bytes(letter.raw, policy=default)
    return [(name, value) for name, value in message.items() if name in ("To", "Cc", "Bcc", "Reply-To")]


def _name(office: Office, candidate: object) -> str:
    found = office.work().participant(candidate.mentor)
    assert found is not None
    return found.first_name


def test_of_two_advisors_the_second_learns_what_the_first_decided():
    office = with_candidates()
    other = office.add("Lise", "advisor", invited=False)
    match = office.match_of("Maya")
    from dataclasses import replace

    office.stage(replace(match, version=match.version + 1, advisors=(*match.advisors, other.id), due=office.now))
    office.wait(2)  # her first summary goes before, and a day has one mail
    office.reply(office.last("Adam", "Candidates for Maya"), f"approve {match.candidates[0].number}")
    letter = office.last("Lise", "Candidates for Maya")
    office.reply(letter, f"approve {match.candidates[-1].number}")
    assert any("Adam Roe approved" in x.parent.text.replace("\n", " ") for x in office.to("Lise"))
    assert len([c for c in office.match_of("Maya").candidates if c.state == "asked"]) == 1


@pytest.mark.req("AMIA-10", "AMIA-21")
def test_only_the_advisors_of_a_search_pass_its_gates_and_whoever_else_tries_is_told():
    office = with_candidates()
    search = office.match_of("Maya")
    number = search.candidates[0].number
    office.reply(office.last("Maya"), f"override {search.id} {number}")
    assert office.last("Maya", "only an advisor decides")
    office.write("Mona", f"approve {search.id} {number}")
    office.reply(office.last("Mona", "Did I understand you?"), "yes")
    assert office.last("Mona", "only an advisor decides")
    assert office.match_of("Maya").candidates == search.candidates
    assert not office.to("Mona", "A mentee who may suit you")


@pytest.mark.req("AMIA-24", "AAHA-1")
def test_a_yes_to_the_brief_after_its_day_counts_while_nobody_else_was_asked():
    office = with_candidates()
    office.reply(office.last("Adam", "Candidates for Maya"), "approve 1")
    name = _name(office, office.match_of("Maya").candidates[0])
    office.wait(9)
    assert office.match_of("Maya").candidate(1).state == "expired"
    office.reply(office.last(name, "A mentee who may suit you"), "yes")
    assert office.match_of("Maya").candidate(1).state == "yes"


@pytest.mark.req("AMIA-24", "AAHA-1")
def test_a_yes_to_the_brief_after_somebody_else_was_asked_gets_a_clear_answer():
    office = with_candidates()
    office.reply(office.last("Adam", "Candidates for Maya"), "approve 1")
    name = _name(office, office.match_of("Maya").candidates[0])
    brief = office.last(name, "A mentee who may suit you")
    office.wait(9)
    office.reply(office.last("Adam", "Candidates for Maya"), "approve 2")
    office.reply(brief, "yes")
    assert office.last(name, "came after its day")
    assert [c.state for c in office.match_of("Maya").candidates][:2] == ["expired", "asked"]


@pytest.mark.req("AMIA-21")
def test_a_candidate_who_left_before_the_brief_gets_none_and_the_others_stay():
    office = with_candidates()
    number = next(c.number for c in office.match_of("Maya").candidates if _name(office, c) == "Mona")
    office.write("Mona", "STOP", subject="STOP")
    office.reply(office.last("Adam", "Candidates for Maya"), f"approve {number}")
    office.wait(1)
    assert not office.to("Mona", "A mentee who may suit you")
    assert office.match_of("Maya").candidate(number).state == "gone"
    assert any(c.state == "shown" for c in office.match_of("Maya").candidates)


def reviewed() -> Office:
    office = led()
    if "reviewed" not in office.match_of("Maya").gates:
        office.reply(office.last("Adam", "Is this profile ready"), "reviewed")
    office.wait(1)
    return office


@pytest.mark.req("AMIA-20")
@pytest.mark.parametrize("words", ["no", "No, none of these, sorry", "none"])
def test_a_bare_no_to_the_times_of_the_call_brings_others(words: str):
    office = reviewed()
    first = offered(office.last("Maya", "When can you talk"))
    office.reply(office.last("Maya", "When can you talk"), words)
    office.wait(1)
    again = offered(office.last("Maya", "When can you talk"))
    assert len(first) == len(again) == 3
    assert not set(first) & set(again), "a no to a time is a no"
    assert office.held == []


def offered(letter: Received) -> list[str]:
    return [line.strip()[3:] for line in letter.parent.text.splitlines() if line.strip()[:2] in ("a)", "b)", "c)")]


@pytest.mark.req("AMIA-20", "AMIA-25")
def test_the_call_is_in_both_calendars_and_after_it_the_advisor_is_asked_what_was_heard():
    office = reviewed()
    letters = office.reply(office.last("Maya", "When can you talk"), "b")
    invited = {x.parent.recipient: x.invitation for x in letters if x.invitation}
    assert set(invited) == {"maya@example.org", "adam@example.org"}
    (meeting,) = [c.meeting for c in office.person("Maya").calls]
    assert "your goals" in office.last("Maya", "You and Adam talk").parent.text
    office.reply(office.last("Maya", "You and Adam talk"), "Works for me")
    office.reply(office.last("Adam", "You and Maya talk"), "yes")
    (meeting,) = [c.meeting for c in office.person("Maya").calls]
    assert set(meeting.partstats.values()) == {"ACCEPTED"}
    while office.now < meeting.end - timedelta(hours=18):
        assert not office.to("Adam", "Did you speak with Maya"), "nobody is asked before the call took place"
        office.wait(1)
    office.wait(2)
    asked = office.last("Adam", "Did you speak with Maya")
    office.reply(asked, "Yes, we spoke. goals: Take a course\nLead a team")
    match = office.match_of("Maya")
    assert "spoken" in match.gates
    assert match.goals == ("Take a course", "Lead a team")
    assert office.person("Maya").profile["sought"].splitlines()[0] == "Take a course"


def test_a_pairing_by_hand_takes_the_call_about_goals_out_of_both_calendars():
    office = reviewed()
    office.reply(office.last("Maya", "When can you talk"), "c")
    work = office.work()
    both = (office.person("Mona"), office.person("Maya"))
    brought_together(work, *both, [office.person("Adam")], start=office.now.date(), months=6, now=office.now)
    work.commit()
    off = [x for x in office.tick(hours=1) if x.invitation and x.invitation.method == "CANCEL"]
    assert {x.parent.recipient for x in off} == {"maya@example.org", "adam@example.org"}
    assert [call.closed for call in office.person("Maya").calls] == ["withdrawn"]


@pytest.mark.req("AMIA-20")
def test_who_cannot_make_it_to_the_call_says_so_in_words_and_gets_other_times():
    office = reviewed()
    office.reply(office.last("Maya", "When can you talk"), "a")
    office.reply(office.last("Maya", "You and Adam talk"), "Sorry, I can't make it")
    office.wait(1)
    assert len(office.to("Maya", "When can you talk")) == 2
    office.reply(office.last("Maya", "When can you talk"), "c")
    assert office.last("Maya", "New time")
    assert office.last("Adam", "New time")


@pytest.mark.req("AMIA-20")
def test_a_pause_below_the_times_of_a_call_is_obeyed_and_picks_none():
    office = reviewed()
    office.reply(office.last("Maya", "When can you talk"), "PAUSE until 3 May")
    assert office.person("Maya").status == "paused"
    assert [c.rounds for c in office.person("Maya").calls] == [0]
    assert office.held == []


@pytest.mark.req("AMIA-21", "S-4")
def test_an_approval_in_a_mail_of_its_own_is_asked_about_once_and_then_obeyed():
    for words in ("approve {} 1", "Hello,\napprove {} 1\nThanks, Adam"):
        office = with_candidates()
        office.write("Adam", words.format(office.match_of("Maya").id))
        assert [c.state for c in office.match_of("Maya").candidates] == ["shown", "shown"], "a From line proves nothing"
        office.reply(office.last("Adam", "Did I understand you?"), "yes")
        assert [c.state for c in office.match_of("Maya").candidates] == ["asked", "shown"]
        assert office.held == []


@pytest.mark.req("AMIA-20")
def test_an_answer_to_the_times_of_the_call_that_nobody_can_read_is_asked_once_more_and_then_held():
    office = reviewed()
    first = offered(office.last("Maya", "When can you talk"))
    office.reply(office.last("Maya", "When can you talk"), "My cat ran over the keyboard, how are things there")
    again = office.last("Maya", "I could not make sure")
    assert offered(again) == first, "the same times once more"
    assert office.held == []
    assert [c.rounds for c in office.person("Maya").calls] == [0]
    office.reply(again, "b")
    assert {x.parent.recipient for _, x in office.letters if x.invitation} == {"maya@example.org", "adam@example.org"}
    office = reviewed()
    office.reply(office.last("Maya", "When can you talk"), "My cat ran over the keyboard, how are things there")
    office.reply(office.last("Maya", "I could not make sure"), "It did so again, and I am out of milk for it")
    assert [h.reason for h in office.held] == ["an answer to times for a call that could not be read"]
    assert len(office.to("Maya", "I could not make sure")) == 1


def shut_out(days: int = 8) -> Office:
    """Olaf is too far away from Maya in years, and Adam has heard so."""
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    mentor(office, "Olaf", years="40", field="nursing")
    mentee(office, "Maya", years="10")
    office.tick()
    for _ in range(8):
        office.wait(1)
        for letter in office.to("Adam")[-1:]:
            said = {a.number: _at_the_gate(a.words) for a in letter.asks if _at_the_gate(a.words)}
            if said:
                office.reply(letter, said)
    office.wait(days)
    return office


@pytest.mark.req("AHE-42", "AMIA-21")
@pytest.mark.parametrize("days", [1, 8])
def test_after_a_waiver_the_advisor_is_asked_whether_to_go_on_and_one_line_is_enough(days: int):
    """At once, in the first round, or after many days on which nobody was there."""
    office = shut_out(days)
    (asked,) = office.reply(office.last("Adam", "Nobody fits Maya yet"), "waive: Olaf Roe")
    assert "approve 1" in asked.parent.text
    office.reply(asked, "approve 1")
    assert office.last("Olaf", "A mentee who may suit you")


@pytest.mark.req("AHE-42")
def test_a_candidate_who_was_declined_and_is_waived_back_in_keeps_one_place_and_may_say_yes():
    office = shut_out()
    (asked,) = office.reply(office.last("Adam", "Nobody fits Maya yet"), "waive: Olaf Roe")
    office.reply(asked, "decline 1 because he is busy")
    search = office.match_of("Maya")
    assert [c.state for c in search.candidates] == ["refused"]
    office.write("Adam", f"waive {search.id}: Olaf Roe")
    office.reply(office.last("Adam", "Did I understand you?"), "yes")
    assert [(c.number, c.state) for c in office.match_of("Maya").candidates] == [(1, "shown")]
    office.write("Adam", f"approve {search.id} 1")
    office.reply(office.last("Adam", "Did I understand you?"), "yes")
    office.reply(office.last("Olaf", "A mentee who may suit you"), "yes")
    assert [c.state for c in office.match_of("Maya").candidates] == ["yes"]


@pytest.mark.req("AMIA-23")
def test_after_an_outreach_those_who_were_found_already_may_still_be_approved():
    office = with_candidates()
    (asked,) = [
        x
        for x in office.reply(office.last("Adam", "Candidates for Maya"), "outreach: paula@example.net")
        if x.parent.recipient == "adam@example.org"
    ]
    office.reply(asked, "approve 1")
    assert [c.state for c in office.match_of("Maya").candidates] == ["asked", "shown"]


@pytest.mark.req("AMIA-10", "AMIA-21")
def test_an_advisor_of_other_searches_passes_no_gate_of_this_one_and_is_told():
    office = with_candidates()
    search = office.match_of("Maya")
    office.add("Lise", "advisor", invited=False)
    office.write("Lise", f"override {search.id} 1")
    office.reply(office.last("Lise", "Did I understand you?"), "yes")
    assert "no search of yours" in " ".join(office.last("Lise").parent.text.split())
    assert office.match_of("Maya").candidates == search.candidates
    assert office.match_of("Maya").log == search.log


@pytest.mark.req("AMIA-21")
@pytest.mark.parametrize(
    "words",
    [
        "approve 1, decline 2 because they work together",
        "decline 2 because they work together, approve 1",
        "Thank you, approve 1 and decline 2 because they work together",
    ],
)
def test_two_decisions_on_one_line_are_both_taken(words: str):
    office = with_candidates()
    office.reply(office.last("Adam", "Candidates for Maya"), words)
    first, second = (office.match_of("Maya").candidate(number) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert (first.state, second.state) == ("asked", "refused")
    assert second.why == "because they work together"


@pytest.mark.req("AMIA-21")
def test_a_candidate_may_be_named_instead_of_numbered():
    office = with_candidates()
    office.reply(office.last("Adam", "Candidates for Maya"), "approve Nora, please")
    assert {_name(office, c): c.state for c in office.match_of("Maya").candidates} == {"Mona": "shown", "Nora": "asked"}


@pytest.mark.req("AMIA-19")
@pytest.mark.parametrize("words", ["Ready!", "It is ready.", "looks ready to me"])
def test_a_profile_that_is_called_ready_is_reviewed(words: str):
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    mentee(office, "Maya")
    office.tick()
    office.wait(3)
    office.reply(office.last("Adam", "Is this profile ready"), words)
    assert "reviewed" in office.match_of("Maya").gates


@pytest.mark.req("AMIA-21")
def test_an_advisor_whom_no_candidate_suits_leaves_all_of_them_out_in_a_word():
    office = with_candidates()
    office.reply(office.last("Adam", "Candidates for Maya"), "None of them fits.")
    assert {c.state for c in office.match_of("Maya").candidates} == {"refused"}
