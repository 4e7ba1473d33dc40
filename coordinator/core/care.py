"""What advisors look after and what they did about it; these values live inside participants, pairings and letters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

MOST_WORDS = 4000
"""Characters of somebody's words that are kept."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """What an advisor did about one thing that needed them.

    item: its key (see `core.attention`). verb: a key of `core.verbs.VERBS`. by: the advisor's id.
    until: from then on it may show again, None = settled for good, unless it begins anew after `at`.
    """

    item: str
    verb: str
    by: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that one of the two asked of their advisor, from the line that said so until it is done.

    key: its name for good. kind: "need", "question", "concern", "help", "conflict", "parting" (a kind end is
    wished for), "call" (one to be logged) or "text_them" (a message the advisor sends).
    text: the words, "" when there are none or they are gone. visibility: who may read them, as the writer chose.
    """

    key: str
    kind: str
    by: str
    at: datetime
    text: str = ""
    visibility: str = "advisor"
    done: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Plea:
    """A call for help, until somebody has answered it.

    key: its name for good. alerted: id of whoever was told → when ("coordinator" among them).
    heard: when one of them answered, None = not yet.
    """

    key: str
    at: datetime
    alerted: Mapping[str, datetime] = field(default_factory=dict)
    heard: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Idea:
    """Somebody's suggestion for the program. named: they may be named with it."""

    at: datetime
    text: str
    named: bool = False


@dataclass(frozen=True, kw_only=True)
class Care:
    """All of it for one participant or one pairing.

    absent: first and last day on which an advisor is covered by the others, None = never.
    """

    acts: tuple[Act, ...] = ()
    needs: tuple[Need, ...] = ()
    pleas: tuple[Plea, ...] = ()
    ideas: tuple[Idea, ...] = ()
    absent: tuple[date, date] | None = None

    def is_absent(self, day: date) -> bool:
        return self.absent is not None and self.absent[0] <= day <= self.absent[1]


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """One numbered line of a letter to an advisor, so that `3 snooze 2w` means what that letter showed.

    key, kind: of the item (see `core.attention`), or "confirm" for a verb that asks once more. pairing, person: ids of
    what it is about, "" = neither. wish: of a verb that asks once more: its name and arguments, as plain text.
    """

    number: int
    key: str
    kind: str
    pairing: str = ""
    person: str = ""
    wish: Mapping[str, str] = field(default_factory=dict)
