"""A store without a file, for simulation and tests: the same unit of work, the same refusals."""

from datetime import datetime
from pathlib import Path
from typing import Self

from coordinator.core.forgetting import Forgotten, left_of
from coordinator.core.frozen import replace
from coordinator.errors import StaleError
from coordinator.store.contents import Contents, tables_of_nothing
from coordinator.store.meta import SCHEMA, Meta, Side
from coordinator.store.overlay import Memory
from coordinator.store.seen import Seen
from coordinator.store.shelf import Batch
from coordinator.store.work import Work


class MemoryStore:
    """One cohort in memory. `at` moves its clock; `load` gives a unit of work on what was last committed."""

    def __init__(self, *, program: str, now: datetime, epoch: str = "memory", inbox_mark: str = "") -> None:
        meta = Meta(generation=0, schema=SCHEMA, program=program, epoch=epoch, created=now, inbox_mark=inbox_mark)
        self._now = now
        self._all = Contents(meta=meta, tables=tables_of_nothing(), seen=Seen({}), attempts={})
        self._shelf = Memory(accept=self._accept)
        self._side: Side | None = None

    def at(self, now: datetime) -> Self:
        self._now = now
        return self

    def earliest(self) -> Side | None:
        """None before the first commit, and while a journal waits to be folded."""
        return None if self._shelf.lines else self._side

    def load(self) -> Work:
        contents = self._all.copy()
        contents.journal = tuple(self._shelf.lines)
        contents.attempts = dict(self._shelf.attempts)
        return Work(self._shelf, contents, now=self._now)

    def note_idle(self, now: datetime) -> None:
        if self._side is not None:
            self._side = replace(self._side, last_tick=now)

    def forget(self, whom: Forgotten, digests: tuple[str, ...], *, now: datetime) -> tuple[Path, ...]:
        work = self.at(now).load()
        work.rewrite(lambda table, record: left_of(table, record, whom))
        work.with_meta(forgotten=tuple(dict.fromkeys((*work.meta.forgotten, *digests))))
        work.commit()
        return ()

    def fade(self, before: datetime) -> None:
        """What is archived is gone."""

    def check_room(self) -> None:
        """Memory is never too full to begin."""

    def _accept(self, batch: Batch) -> None:
        expected = self._all.meta.generation + batch.hot
        if batch.meta.generation != expected:
            raise StaleError("somebody else committed since this state was loaded – load again and decide again")
        self._all = Contents(meta=batch.meta, tables=batch.tables, seen=batch.seen, attempts={}).copy()
        self._side = batch.side
