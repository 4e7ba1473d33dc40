"""Questions and changes, on a folder and in memory alike."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from coordinator import store
from coordinator.core.cohort import Cohort
from coordinator.core.effects import Draft
from coordinator.errors import CoordinatorError, StaleError, UnreadableError
from coordinator.store.memory import MemoryStore
from coordinator.store.work import Work
from tests.store.situations import HOUR, MONDAY, draft, held, letter, meeting, new_state, pairing, person, raised

Load = Callable[[], Work]


@pytest.fixture(params=["folder", "memory"])
def load(request: pytest.FixtureRequest, tmp_path: Path) -> Load:
    """Loads the same state anew each time it is called."""
    if request.param == "memory":
        return MemoryStore(program="six-month", now=MONDAY, epoch="e1", inbox_mark="7").load
    folder = new_state(tmp_path / "state")
    return lambda: store.open_store(folder, now=MONDAY).load()


def test_a_new_state_knows_what_init_said_and_nobody(load: Load) -> None:
    work: Cohort = load()
    assert load().meta.program == "six-month"
    assert load().meta.inbox_mark == "7"
    assert work.participant("p1") is None
    assert not work.pairings_of("p1")
    assert not list(work.due_pairings(MONDAY + 9999 * HOUR))


def test_what_is_staged_answers_every_question_at_once_and_after_a_commit_for_all(load: Load) -> None:
    work = load()
    ada, bob, both = person(1, aliases=("ada@home.example",)), person(2, due=MONDAY), pairing(1)
    work.stage([ada, bob, both, letter(1)])

    def answers(work: Work) -> list[object]:
        return [
            work.participant("p1") == ada,
            work.participant_at("ada@home.example") == ada,
            work.participant_at("person1@example.org") == ada,
            work.pairing("1") == both,
            work.pairings_of("p2") == (both,),
            work.letter_by_token(letter(1).token) == letter(1),
            work.letter_by_message_id(letter(1).message_id) == letter(1),
            work.letter_by_ref(letter(1).ref) == letter(1),
            work.letter(letter(1).id) == letter(1),
            work.meeting("1-1@example.org") == (both, both.meetings[0]),
            work.due_participants(MONDAY) == (bob,),
            work.outbox(MONDAY) == (letter(1),),
        ]

    assert all(answers(work))
    assert not any(answers(load()))
    work.commit()
    assert all(answers(load()))


def test_old_keys_of_a_changed_record_lead_nowhere(load: Load) -> None:
    work = load()
    ada = person(1, aliases=("ada@home.example",), due=MONDAY)
    both = pairing(1)
    work.stage([ada, person(2), person(3), both])
    work.commit()
    work = load()
    work.stage([raised(ada, address="new@example.org", aliases=(), due=None)])
    work.stage([raised(both, mentee="p3", meetings=(meeting(1, 2),), due=None)])
    work.commit()
    for seen in (work, load()):
        assert seen.participant_at("ada@home.example") is None
        assert seen.participant_at("new@example.org") is not None
        assert not seen.due_participants(MONDAY + HOUR)
        assert not seen.pairings_of("p2")
        assert len(seen.pairings_of("p3")) == 1
        assert seen.meeting("1-1@example.org") is None


def test_due_records_come_by_instant_then_id(load: Load) -> None:
    work = load()
    people = [person(number) for number in range(1, 9)]
    due = [MONDAY + 2 * HOUR, MONDAY, MONDAY + HOUR, MONDAY]
    pairs = [pairing(n + 1, f"p{2 * n + 1}", f"p{2 * n + 2}", due=due[n]) for n in range(4)]
    work.stage([*people, *pairs])
    assert [each.id for each in work.due_pairings(MONDAY + HOUR)] == ["2", "4", "3"]


def test_a_change_decided_on_an_older_version_is_stale_and_nothing_of_its_batch_is_put(load: Load) -> None:
    work = load()
    work.stage([person(1), person(2)])
    work.stage([raised(person(1), first_name="Ada")])
    with pytest.raises(StaleError, match="participants p1: version 2 was decided where version 3 is next"):
        work.stage([raised(person(2)), raised(person(1))])
    assert work.participant("p2") == person(2)
    with pytest.raises(StaleError):
        work.stage([person(3, version=2)])


def test_several_versions_of_one_record_may_come_in_one_batch(load: Load) -> None:
    work = load()
    work.stage([person(1), raised(person(1)), raised(raised(person(1)), first_name="Ada")])
    work.commit()
    ada = load().participant("p1")
    assert ada is not None
    assert (ada.version, ada.first_name) == (3, "Ada")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ([person(3, address="person1@example.org")], "p1 and p3 have the same address"),
        ([person(3, aliases=("person1@example.org",))], "p1 and p3 have the same address"),
        ([person(3), person(4, address="person3@example.org")], "p3 and p4 have the same address"),
        ([pairing(2, "p1", "p9")], "pairing 2: its mentee p9 is no participant"),
        ([pairing(2, "p1", "p2", advisors=("p9",))], "pairing 2: its advisor p9 is no participant"),
        ([pairing(2, "p1", "p2", advisors=("p1",))], "pairing 2: one person stands in it twice"),
        ([pairing(2, meetings=(meeting(1, 1),))], "1 and 2 have the same uid"),
        ([person(3, status="asleep")], "unknown status 'asleep' – one of active"),
        ([letter(7, state="gone")], "unknown state 'gone'"),
        ([letter(7, token=letter(1).token)], "have the same token"),
        ([held(1, id="../../etc/passwd")], "usable as a file name"),
        ([person(3, address="Ada@Example.org")], "small letters"),
    ],
)
def test_a_rule_between_records_is_kept_and_the_whole_batch_refused(
    load: Load, changes: list[object], fault: str
) -> None:
    work = load()
    work.stage([person(1), person(2), pairing(1), letter(1)])
    with pytest.raises(UnreadableError, match=fault) as caught:
        work.stage([raised(person(2), first_name="changed"), *changes])  # type: ignore[list-item]
    assert "example.org" not in str(caught.value)
    assert work.participant("p2") == person(2)


def test_two_people_may_exchange_addresses_in_one_batch(load: Load) -> None:
    work = load()
    work.stage([person(1), person(2)])
    work.stage([raised(person(1), address=person(2).address), raised(person(2), address=person(1).address)])
    found = work.participant_at("person1@example.org")
    assert found is not None
    assert found.id == "p2"


def test_an_instant_without_zone_is_refused_when_staged_and_spoils_nothing(load: Load) -> None:
    work = load()
    with pytest.raises(CoordinatorError, match="participants p1: cannot be written – an instant without a time zone"):
        work.stage([person(2), person(1, due=datetime(2026, 11, 22))])
    assert work.participant("p2") is None


def test_what_a_mail_may_bring_along_never_blocks_a_commit(load: Load) -> None:
    answers = tuple(
        pairing(1)
        .answers[0]
        .__class__(key="k", prompt="p", field=f"f{n}", by="p1", at=MONDAY, value=value, visibility="pair")
        for n, value in enumerate(["half \udce9 pair", 10**30, float("inf"), {"deep": ["\ud800"]}])
    )
    work = load()
    work.stage([person(1), person(2), pairing(1, answers=answers)])
    work.commit()
    found = load().pairing("1")
    assert found is not None
    values = [each.value for each in found.answers]
    assert values[0] in {"half ? pair", "half \udce9 pair"}


def test_a_dropped_record_leaves_every_question_and_is_found_in_the_archive(load: Load) -> None:
    work = load()
    work.stage([person(1), person(2), pairing(1), letter(1), letter(2)])
    work.commit()
    work.drop(letter(1))
    assert work.letter_by_token(letter(1).token) is None
    work.commit()
    work = load()
    assert work.letter(letter(1).id) is None
    assert work.letter(letter(2).id) == letter(2)
    found = work.archived("letters", letter(1).id)
    assert found is not None
    assert found["token"] == letter(1).token
    assert work.archived("letters", letter(2).id) is None
    assert [each["id"] for each in work.all_archived("letters")] == [letter(1).id]


def test_somebody_who_is_part_of_a_pairing_cannot_be_dropped(load: Load) -> None:
    work = load()
    work.stage([person(1), person(2), pairing(1)])
    with pytest.raises(UnreadableError, match="still part of a pairing"):
        work.drop(person(1))


def test_frozen_letters_keep_their_bytes_and_their_text(load: Load) -> None:
    work = load()
    work.stage([person(1), letter(1)])
    drafts = [draft(letter(1)), draft(letter(2)), draft(letter(3))]
    work.commit(drafts)
    for work_ in (work, load()):
        for each in drafts:
            there = work_.letter(each.letter.id)
            assert there is not None
            assert there.version == 1
            assert work_.draft_bytes(there) == each.raw
            assert work_.parent_text(there) == each.text
    assert work.draft_bytes(letter(9)) is None


def test_a_letter_of_an_earlier_commit_that_is_frozen_now_rises_by_one_version(load: Load) -> None:
    work = load()
    work.stage([person(1), letter(1)])
    work.commit()
    work.commit([draft(letter(1))])
    there = load().letter(letter(1).id)
    assert there is not None
    assert there.version == 2


def test_the_outbox_is_what_may_be_tried_now_oldest_first(load: Load) -> None:
    work = load()
    work.stage([person(1), letter(3), letter(1), letter(2, state="uncertain", retry=MONDAY + 2 * HOUR)])
    work.stage([letter(4, state="sent"), letter(5, state="dead"), letter(6, at=MONDAY + 9000 * HOUR)])
    assert [each.token[-1] for each in work.outbox(MONDAY)] == ["1", "3", "6"]
    assert [each.token[-1] for each in work.outbox(MONDAY + 2 * HOUR)] == ["1", "2", "3", "6"]


def test_letters_that_can_no_longer_be_answered_are_named_once_they_are_settled(load: Load) -> None:
    work = load()
    work.stage([person(1), letter(1, closes=MONDAY), letter(2, closes=MONDAY, state="sent"), letter(3, state="sent")])
    assert [each.id for each in work.expired(MONDAY)] == [letter(2).id]


def test_a_journal_line_waits_until_its_letter_was_staged(load: Load) -> None:
    work = load()
    work.stage([person(1), letter(1), letter(2)])
    work.commit()
    work.journal(letter(1).id, "sending", MONDAY)
    work.journal(letter(1).id, "sent", MONDAY, reply="250 ok")
    work.flush_journal()
    work.with_meta(inbox_mark="8")
    work.commit()
    work = load()
    assert [(line.letter, line.state) for line in work.journal_lines()] == [
        (letter(1).id, "sending"),
        (letter(1).id, "sent"),
    ]
    assert work.journal_lines()[1].more == {"reply": "250 ok"}
    work.stage([raised(letter(1), state="sent", sent=MONDAY)])
    work.commit()
    assert work.journal_lines() == ()
    assert load().journal_lines() == ()


def test_lines_about_a_settled_letter_are_cleared_though_nobody_folds_them(load: Load) -> None:
    work = load()
    work.stage([person(1), letter(1, state="sent")])
    work.commit()
    work.journal(letter(1).id, "sent", MONDAY)
    work.journal("of nobody", "sent", MONDAY)
    work.flush_journal()
    load().commit()
    assert load().journal_lines() == ()


def test_seen_messages_and_attempts_hold_from_the_commit_on(load: Load) -> None:
    work = load()
    assert [work.attempt("<poison@example.com>"), work.attempt("<poison@example.com>")] == [1, 2]
    assert work.attempt("<fine@example.com>") == 1
    work.see("<fine@example.com>", "print")
    assert work.has_seen("<fine@example.com>")
    assert not load().has_seen("<fine@example.com>")
    work.commit()
    work = load()
    assert work.has_seen("<other@example.com>", "print")
    assert not work.has_seen("<poison@example.com>")
    assert work.attempt("<poison@example.com>") == 3


def test_attempts_survive_a_tick_that_never_committed(load: Load) -> None:
    load().attempt("<poison@example.com>")
    assert load().attempt("<poison@example.com>") == 2


def test_old_digests_are_forgotten_on_request_and_others_stay(load: Load) -> None:
    work = load()
    work.see("<one@example.com>")
    work.commit()
    work.forget_seen(MONDAY.date())
    assert work.has_seen("<one@example.com>")
    work.forget_seen((MONDAY + 24 * HOUR).date())
    work.commit()
    assert not load().has_seen("<one@example.com>")


def test_held_messages_keep_their_bytes_until_they_are_dropped(load: Load) -> None:
    work = load()
    work.hold(held(1), b"raw")
    work.commit()
    work = load()
    assert work.held_bytes("h1") == b"raw"
    assert [each.id for each in work.all_held()] == ["h1"]
    work.drop(held(1))
    work.commit()
    assert load().held_bytes("h1") is None
    assert load().archived("held", "h1") is not None


def test_a_fork_sees_and_changes_everything_and_leaves_no_trace(load: Load) -> None:
    work = load()
    work.stage([person(1), person(2), pairing(1)])
    work.hold(held(1), b"raw")
    work.commit([draft(letter(1))])
    fork = load().fork()
    there = fork.letter(letter(1).id)
    assert there is not None
    assert fork.draft_bytes(there) == draft(letter(1)).raw
    assert fork.held_bytes("h1") == b"raw"
    fork.stage([raised(person(1), address="changed@example.org"), raised(pairing(1), mentee="p1", mentor="p2")])
    fork.see("<two@example.com>")
    fork.journal(letter(1).id, "sending", MONDAY)
    fork.flush_journal()
    fork.attempt("<poison@example.com>")
    fork.drop(there)
    fork.commit([draft(letter(2))])
    second = fork.letter(letter(2).id)
    assert second is not None
    assert fork.parent_text(second) == draft(letter(2)).text
    assert fork.participant_at("changed@example.org") is not None
    for untouched in (work, load()):
        assert untouched.participant_at("changed@example.org") is None
        assert untouched.participant_at("person1@example.org") == person(1)
        assert untouched.letter(letter(1).id) is not None
        assert not untouched.has_seen("<two@example.com>")
        assert not untouched.journal_lines()
        assert untouched.pairings_of("p2") == (pairing(1),)


def test_of_two_writers_the_second_is_refused_and_the_first_stands(load: Load) -> None:
    first, second = load(), load()
    first.stage([person(1)])
    second.stage([person(1, first_name="Other")])
    first.commit()
    with pytest.raises(StaleError):
        second.commit([Draft(letter=letter(1), raw=b"x", text="x")])
    assert load().participant("p1") == person(1)
    assert load().letter(letter(1).id) is None
    third = load()
    third.stage([raised(person(1), first_name="Third")])
    third.commit()
    with pytest.raises(StaleError):
        second.commit()


def test_meta_changes_and_the_last_tick_are_kept(load: Load) -> None:
    work = load()
    work.with_meta(next_participant=4, prompts=("debrief",), counters={"ticks": 2}, digest="d", last_tick=MONDAY)
    work.commit()
    meta = load().meta
    assert (meta.next_participant, meta.prompts, meta.counters, meta.digest) == (4, ("debrief",), {"ticks": 2}, "d")
    assert meta.last_tick == MONDAY
    assert meta.generation == work.meta.generation
