"""Small values of the store: what it knows of itself, of a tick to come, and of what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

SCHEMA = 1
"""Of the state this code reads and writes. Raise it together with a step in `migrations`."""


@dataclass(frozen=True, kw_only=True)
class Meta:
    """What the state knows of itself.

    generation: raised by one with each commit. schema: see `SCHEMA`. epoch: names this state; a marker in the mailbox
    says the same. digest: of program, configuration, time-zone data and code, as the caller last gave it.
    forgotten: keyed digests of addresses whose people asked to be deleted, so that no old list brings them back.
    prompts: every prompt id that was ever used. counters: whatever the tick counts over time. wakes: when the tick has
    something to do that no record tells, None = nothing.
    next_participant, next_pairing, next_match: ordinals not yet given. inbox_mark: mail before it is never touched.
    restored_at: when a backup was restored and nothing was rebuilt from the mailbox since, None = it was not.
    """

    generation: int
    schema: int
    program: str
    epoch: str
    created: datetime
    last_tick: datetime | None = None
    next_pairing: int = 1
    next_participant: int = 1
    next_match: int = 1
    inbox_mark: str = ""
    digest: str = ""
    restored_at: datetime | None = None
    wakes: datetime | None = None
    forgotten: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    counters: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Side:
    """What a tick must know to see that it has nothing to do.

    due: the earliest instant at which a participant, a pairing, a match or an unsent letter is due, None = never.
    digest: as in `Meta`. waiting: held messages. unsent: letters queued, being sent or uncertain.
    inbox_mark, generation: as in `Meta`.
    """

    due: datetime | None = None
    digest: str = ""
    last_tick: datetime | None = None
    inbox_mark: str = ""
    waiting: int = 0
    unsent: int = 0
    generation: int = 0


@dataclass(frozen=True, kw_only=True)
class JournalLine:
    """What happened to one letter at one instant. more: plain values ("reply", "code")."""

    letter: str
    state: str
    at: datetime
    more: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)
