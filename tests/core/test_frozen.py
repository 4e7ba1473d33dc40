"""Changed copies of frozen records."""

import dataclasses
from dataclasses import dataclass, field
from functools import cached_property

import pytest

from coordinator.core.frozen import replace
from tests.core.situations import pairing


@dataclass(frozen=True, kw_only=True)
class Counted:
    words: tuple[str, ...]
    more: dict[str, int] = field(default_factory=dict)

    @cached_property
    def number(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Narrow:
    left: int
    right: int = 0


@dataclass(frozen=True)
class Strict:
    number: int

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("below nothing")


def test_a_changed_copy_is_what_the_standard_library_makes_of_it():
    one = pairing()
    assert replace(one, version=7, ending="asked") == dataclasses.replace(one, version=7, ending="asked")
    assert replace(one) == one
    assert replace(one) is not one
    assert one.version != 7


def test_what_was_worked_out_of_the_old_record_is_not_taken_along():
    one = Counted(words=("a", "b"))
    assert one.number == 2
    assert replace(one, words=("a",)).number == 1


def test_a_field_that_a_record_does_not_have_is_refused():
    with pytest.raises(TypeError, match="Counted has no wrods"):
        replace(Counted(words=()), wrods=("a",))


def test_records_with_slots_or_with_a_check_of_their_own_are_made_as_ever():
    assert replace(Narrow(1), right=2) == Narrow(1, 2)
    with pytest.raises(ValueError, match="below nothing"):
        replace(Strict(1), number=-1)
