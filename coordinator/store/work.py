"""A unit of work: loaded once, asked and changed in memory, committed in one step per batch."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from coordinator.core.effects import Draft
from coordinator.core.frozen import replace
from coordinator.core.records import Held, Letter, Record
from coordinator.errors import UnreadableError
from coordinator.store import codec, jsons, lines, segments
from coordinator.store.contents import Contents
from coordinator.store.indexes import TABLE_OF, UNSENT
from coordinator.store.meta import JournalLine, Meta, Side
from coordinator.store.overlay import Memory
from coordinator.store.questions import ORDINALS, Questions
from coordinator.store.redo import Redo
from coordinator.store.seen import digest
from coordinator.store.shelf import Batch, Shelf
from coordinator.store.staging import put_all


class Work(Questions):
    """What may be changed of it.

    What is staged is seen by every question at once and by nobody else before `commit`. After a commit that failed,
    load again.
    """

    def __init__(self, shelf: Shelf, contents: Contents, *, now: datetime) -> None:
        super().__init__(shelf, contents)
        self._now = now
        self._staged: set[tuple[str, str]] = set()
        self._closed: list[bytes] = []
        self._given_up: list[str] = []
        self._noted = {line.letter for line in contents.journal}
        self._touched: set[tuple[str, str]] = set()
        self._put_aside: dict[str, bytes] = {}
        self.told: Callable[[Redo], None] | None = None
        """Is given each commit once it is durable, to do it again elsewhere."""

    def with_meta(self, **changes: Any) -> None:
        """Change what the state knows of itself; `last_tick` alone is no reason to write the hot file."""
        meta = replace(self._all.meta, **changes)
        if replace(meta, last_tick=None) != replace(self._all.meta, last_tick=None):
            self._all.changed = True
        self._all.meta = meta

    def stage(self, changes: Iterable[Record]) -> None:
        """Put whole new records in place, all or none. See `staging.put_all` for what is refused."""
        staged = put_all(self._all.tables, changes)
        self._staged |= staged.keys()
        self._touched |= staged.keys()
        self._noted -= {id_ for table, id_ in staged if table == "letters"}
        self._all.changed |= bool(staged)
        self._give_away(id_ for _, id_ in staged)

    def _give_away(self, ids: Iterable[str]) -> None:
        """Notes the ordinals that new records took."""
        taken: dict[str, int] = {}
        for id_ in ids:
            name, number = ORDINALS.get(id_[:1], ""), id_[1:]
            if name and number.isdecimal() and int(number) >= taken.get(name, getattr(self._all.meta, name)):
                taken[name] = int(number) + 1
        if taken:
            self.with_meta(**taken)

    def drop(self, record: Record) -> None:
        """Move a record to the archive, and with a held one give up its bytes."""
        table = TABLE_OF[type(record)]
        if table == "participants" and self._pairings.some("people", record.id):
            raise UnreadableError(f"participant {record.id}: still part of a pairing – end and drop that first")
        self._closed.append(lines.closed(table, self._all.tables[table].take(record.id)))
        self._staged.discard((table, record.id))
        self._touched.add((table, record.id))
        self._all.changed = True
        if table == "held":
            self._given_up.append(record.id)

    def rewrite(self, left: Callable[[str, dict[str, Any]], dict[str, Any] | None]) -> None:
        """Put what is left of each record in its place; nothing left = gone, and not into the archive either.

        left: table and plain record → plain record. Takes the drafts of letters whose place it clears with it.
        """
        for name, table in self._all.tables.items():
            for row in tuple(table.lines):
                plain = jsons.loads(table.lines[row].partition(b":")[2])
                kept = left(name, plain)
                if kept is None:
                    self._staged.discard((name, plain["id"]))
                    table.take(plain["id"])
                elif kept != plain:
                    record = codec.decode(table.cls, {**kept, "version": plain.get("version", 0) + 1})
                    table.put(record, table.line(record))
                    self._staged.add((name, plain["id"]))
        self._all.changed = True

    def redo(self, redo: Redo) -> None:
        """Do again, in memory until `commit`, what a commit of this state did; its files are laid down by then."""
        for name, rows in redo.rows.items():
            table = self._all.tables[name]
            for id_, line in rows.items():
                if line is not None:
                    table.put(codec.decode(table.cls, jsons.loads(line)), line)
                elif table.plain(id_) is not None:
                    table.take(id_)
        self._all.seen.recent.update(redo.seen)
        self._given_up.extend(redo.given_up)
        self._all.meta, self._all.changed = redo.meta, True

    def hold(self, held: Held, raw: bytes) -> None:
        """Keep a message's bytes and stage its record; both are durable with the next commit."""
        self.stage([held])
        self._shelf.hold(held.id, raw)
        self._put_aside[held.id] = raw

    def see(self, *keys: str) -> None:
        """These messages were taken; it holds from the same commit as their effects."""
        self._all.seen.add(keys, self._now.date())
        for each in map(digest, keys):
            self._all.attempts.pop(each, None)
        self._all.changed |= bool(keys)

    def forget_seen(self, before: date) -> None:
        """Keep 400 days at least: a message may be delivered again long after."""
        self._all.changed |= self._all.seen.forget_before(before)

    def attempts(self, key: str) -> int:
        """How often this message was begun and not taken."""
        return self._all.attempts.get(digest(key), 0)

    def attempt(self, key: str) -> int:
        """How often this message was begun, this time included. Remembered at once, whatever happens next."""
        each = digest(key)
        self._all.attempts[each] = count = self._all.attempts.get(each, 0) + 1
        self._shelf.count(each, count)
        return count

    def journal(self, letter_id: str, state: str, at: datetime, **more: str | float | bool | None) -> None:
        """Note what becomes of a letter, at once. Stage its record before the next commit."""
        self._shelf.journal(JournalLine(letter=letter_id, state=state, at=at, more=more))
        self._noted.add(letter_id)

    def flush_journal(self) -> None:
        """Make the lines durable. DiskError."""
        self._shelf.sync_journal()

    def commit(self, drafts: Sequence[Draft] = ()) -> None:
        """Make the batch durable in one step: frozen letters, closed records, the records themselves.

        Each draft's letter gets its place in the segment; take letters anew from here afterwards. StaleError when
        somebody else committed since this was loaded, DiskError when the disk refused: then nothing happened.
        """
        meta = self._all.meta
        entries = self._freeze(drafts, meta.generation + 1)
        if self._all.changed:
            meta = replace(meta, generation=meta.generation + 1)
        was_changed, batch = self._all.changed, self._batch(meta, entries)
        self._shelf.commit(batch)
        self._all.meta, self._all.changed = meta, False
        if was_changed and self.told:
            self.told(self._redo(batch))
        self._all.seen.committed()
        if self._is_folded():
            self._all.journal = ()
        for passed in (self._staged, self._touched, self._closed, self._given_up, self._put_aside):
            passed.clear()

    def fork(self) -> "Work":
        """The same to look at and to change, of which nothing ever reaches the disk: its commits stay in memory."""
        return Work(Memory(self._shelf), self._all.copy(), now=self._now)

    def _freeze(self, drafts: Sequence[Draft], generation: int) -> tuple[bytes, ...]:
        entries, offset = [], 0
        for draft in drafts:
            current = self.letter(draft.letter.id) or draft.letter
            is_new = self.letter(current.id) is None or ("letters", current.id) in self._staged
            placed = replace(current, segment=str(generation), offset=offset, length=len(draft.raw))
            self._place(placed if is_new else replace(placed, version=placed.version + 1))
            entries.append(segments.entry(draft))
            offset += len(entries[-1])
        return tuple(entries)

    def _place(self, letter: Letter) -> None:
        if self.letter(letter.id) is None:
            self.stage([letter])
            return
        self._letters.put(letter, self._letters.line(letter))
        self._touched.add(("letters", letter.id))
        self._all.changed = True

    def _batch(self, meta: Meta, entries: tuple[bytes, ...]) -> Batch:
        return Batch(
            meta=meta,
            tables=self._all.tables,
            seen=self._all.seen,
            side=self._side(meta),
            hot=self._all.changed,
            entries=entries,
            closed=tuple(self._closed),
            folded=self._is_folded(),
            attempts=self._all.attempts,
            given_up=tuple(self._given_up),
        )

    def _redo(self, batch: Batch) -> Redo:
        rows: dict[str, dict[str, bytes | None]] = {}
        for table, id_ in sorted(self._touched):
            rows.setdefault(table, {})[id_] = self._all.tables[table].plain(id_)
        return Redo(
            meta=batch.meta,
            rows=rows,
            seen={each: batch.seen.recent[each] for each in sorted(batch.seen.fresh)},
            entries=batch.entries,
            closed=b"".join(batch.closed),
            held=dict(self._put_aside),
            given_up=batch.given_up,
        )

    def _is_folded(self) -> bool:
        """Whether the records say all that the journal says: each letter was staged since, or is settled or gone."""
        left = (self.letter(id_) for id_ in self._noted)
        return not any(letter and letter.state in UNSENT for letter in left)

    def _side(self, meta: Meta) -> Side:
        indexes = (("participants", "due"), ("pairings", "due"), ("matches", "due"), ("letters", "unsent"))
        instants = (meta.wakes, *(self._all.tables[name].index.earliest(key) for name, key in indexes))
        return Side(
            due=min((due for due in instants if due is not None), default=None),
            digest=meta.digest,
            last_tick=meta.last_tick,
            inbox_mark=meta.inbox_mark,
            waiting=len(self._held.index.words["waiting"]),
            unsent=len(self._letters.index.instants["unsent"]),
            generation=meta.generation,
        )
