"""The copy that somebody may ask for holds what is theirs and nothing that the other one of the pair kept back."""

import pytest

from coordinator.core.own_data import own


def record(visibility: str) -> dict[str, object]:
    skill = {"number": 1, "name": "saying no", "visibility": visibility}
    answers = [
        {"by": "u2", "value": "Saying no; listening", "field": "skill"},
        {"by": "u1", "value": "patience", "field": "gains"},
    ]
    return {"id": "p1", "mentor": "u1", "mentee": "u2", "skills": [skill], "answers": answers}


@pytest.mark.parametrize(("visibility", "person", "has_it"), [
    ("private", "u1", False), ("private", "u2", True), ("pair", "u1", True),
])  # fmt: skip
def test_a_skill_that_one_of_the_two_keeps_private_is_in_their_copy_alone(visibility: str, person: str, has_it: bool):
    assert ("saying no" in str(own(record(visibility), person)["skills"])) is has_it
