"""Capacity is hard, whatever order yeses come in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.enrolment.office import Office, mentee, mentor


@settings(max_examples=12, deadline=None)
@given(capacity=st.integers(1, 2), mentees=st.integers(2, 4), order=st.randoms(use_true_random=False))
def test_no_mentor_ever_has_more_mentees_than_places_however_many_yeses_come_in_one_tick(capacity, mentees, order):
    from dataclasses import replace

    from coordinator.core.records import Candidate, Match

    office = Office()
    mona = mentor(office, "Mona", capacity=str(capacity))
    people = [mentee(office, f"Maya{n}") for n in range(mentees)]
    for n, person in enumerate(people):
        # All of them were asked at once, as if each had been asked while there still was room.
        candidate = Candidate(number=1, mentor=mona.id, state="asked", why="because it fits", since=office.now)
        office.stage(
            replace(
                Match(id=f"m{n + 1}", mentee=person.id, mode="chosen", opened=office.now, due=office.now),
                version=1,
                candidates=(candidate,),
            )
        )
    office.tick()
    letters = office.to("Mona", "would like you")
    order.shuffle(letters)
    for letter in letters:
        office.deliver(letter, {ask.number: "yes" for ask in letter.asks if "Will you mentor" in ask.words})
    office.tick(hours=0.25)
    mine = [p for p in office.pairings if p.mentor == mona.id and p.status != "ended"]
    assert len(mine) <= capacity
    asked = sum(1 for letter in letters for ask in letter.asks if "Will you mentor" in ask.words)
    assert asked == mentees
    assert len(mine) == min(capacity, asked)
