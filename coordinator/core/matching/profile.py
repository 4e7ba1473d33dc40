"""What somebody offers and seeks, as plain values. Only what is named here can ever move a score.

Left out on purpose: names, ages, genders, cultures, and whatever else a profile may hold (IMA-3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import datetime

NUMBERS = ("years", "capacity", "offset")
TEXTS = ("field", "site", "role", "zone")
LISTS = ("wanted", "languages", "offered", "sought", "experience", "availability")
FLAGS = ("first_time",)
ATTRIBUTES: Mapping[str, str] = {
    **dict.fromkeys(NUMBERS, "number"),
    **dict.fromkeys(TEXTS, "text"),
    **dict.fromkeys(LISTS, "list"),
    **dict.fromkeys(FLAGS, "flag"),
}
"""What a rule may name → what sort of value it is."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One person as matching knows them; what nobody said is None or empty and counts nothing.

    wanted: the field they want to go to. offered: what they can help with, as a mentor. sought: their goals, as a
    mentee, the first first. offset: hours east of UTC. manager, conflicts: as written (address, id or name).
    earlier: ids of those they were paired with. waiting: since when without a mentor. capacity: mentees at once.
    taken: pairings that they mentor now. waived: ids of rules that an advisor waived for them, or "rule/person".
    """

    id: str
    years: float | None = None
    field: str = ""
    wanted: tuple[str, ...] = ()
    site: str = ""
    role: str = ""
    languages: tuple[str, ...] = ()
    zone: str = ""
    offset: float | None = None
    offered: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    experience: tuple[str, ...] = ()
    availability: tuple[str, ...] = ()
    manager: str = ""
    conflicts: tuple[str, ...] = ()
    barred: Mapping[str, str] = made(default_factory=dict)
    earlier: frozenset[str] = frozenset()
    waiting: datetime | None = None
    first_time: bool | None = None
    capacity: int = 1
    taken: int = 0
    waived: frozenset[str] = frozenset()

    @property
    def seats(self) -> int:
        """How many more mentees they can take."""
        return max(0, self.capacity - self.taken)
