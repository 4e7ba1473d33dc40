"""Whether somebody wants tips: a line of their profile, that `no tips` writes and `tips` takes away."""

from coordinator.core.frozen import replace
from coordinator.core.records import Participant

_LINE, _OFF = "tips", "off"


def wants_tips(person: Participant) -> bool:
    return person.profile.get(_LINE) != _OFF


def with_tips(person: Participant) -> Participant:
    return replace(person, profile={name: value for name, value in person.profile.items() if name != _LINE})


def without_tips(person: Participant) -> Participant:
    return replace(person, profile={**person.profile, _LINE: _OFF})
