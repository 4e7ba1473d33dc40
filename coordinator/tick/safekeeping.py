"""The state, kept in the mailbox too: a snapshot, and after it each commit before its mails are put away.

A new snapshot follows once the changes since outweigh it, so that what is kept grows with what happens, and no faster.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from coordinator.backends import Inbox
from coordinator.config import Settings
from coordinator.core.frozen import replace
from coordinator.errors import CoordinatorError
from coordinator.formats.state_mail import state_mail, state_mails
from coordinator.store.kept import Kept, forget_kept, note_kept, read_kept
from coordinator.store.redo import Redo, packed
from coordinator.store.snapshots import stamp, taken
from coordinator.tick.account import Account
from coordinator.tick.machine import STATE, must_be_the_newest, must_be_the_newest_of_all

LEAST = 500_000
"""So many bytes of changes are no reason for a snapshot, however small the state."""
WEEK = timedelta(days=7)
"""After so long a new snapshot is made, and so long an earlier one stays beside it."""


class Safekeeping:
    """What a tick does for it. Whatever fails is said once, and the next tick begins with a whole snapshot."""

    def __init__(self, settings: Settings, inbox: Inbox, account: Account) -> None:
        self._settings = settings
        self._inbox = inbox
        self._account = account
        self._failed = False
        self._own = stamp(settings.folder)

    def begin(self, epoch: str, generation: int) -> None:
        """UnreadableError when the mailbox holds a newer state. Where it lost ours, it gets all of it once more."""
        kept = read_kept(self._settings.state)
        ours = {kept.generation, kept.snapshot or kept.generation} if kept and kept.epoch == epoch else set()
        if not must_be_the_newest(self._inbox, epoch, generation, ours):
            forget_kept(self._settings.state)
        if kept is None or self._is_old(kept):
            must_be_the_newest_of_all(self._inbox, epoch, generation)

    def told(self, redo: Redo) -> None:
        """A commit is durable here; now it becomes so in the mailbox."""
        if not self._failed:
            with self._trouble_told():
                self._keep(redo.meta.epoch, redo.meta.generation, redo)

    def end(self, epoch: str, generation: int, *, anew: bool) -> None:
        """What was committed without a word, by a command for one, is kept as well.

        anew: somebody is forgotten, so all that was kept until now goes.
        """
        if anew:
            self._begin_anew(epoch, generation)
            return
        kept = read_kept(self._settings.state)
        is_all = kept is not None and (kept.generation, kept.own) == (generation, self._own)
        if not self._failed and (kept is None or not is_all or self._is_outweighed(kept)):
            with self._trouble_told():
                self._keep(epoch, generation, None)

    def _begin_anew(self, epoch: str, generation: int) -> None:
        with self._trouble_told():
            old = [fetched.handle for fetched in self._inbox.look(STATE)]
            if old:
                self._inbox.remove(STATE, old)
            self._keep(epoch, generation, None)

    def _keep(self, epoch: str, generation: int, redo: Redo | None) -> None:
        kept = read_kept(self._settings.state)
        if redo is None or kept is None or (kept.epoch, kept.generation) != (epoch, generation - 1):
            self._keep_whole(epoch, generation)
            return
        change = packed(redo)
        self._append(state_mails("change", epoch, generation, change, *self._address))
        note_kept(self._settings.state, replace(kept, generation=generation, since=kept.since + len(change)))

    def _is_outweighed(self, kept: Kept) -> bool:
        """Whether the changes since the snapshot are more than it, or it is old."""
        return kept.since > max(kept.whole, LEAST) or self._is_old(kept)

    def _is_old(self, kept: Kept) -> bool:
        return date.fromisoformat(kept.day) + WEEK <= self._account.now.date()

    def _keep_whole(self, epoch: str, generation: int) -> None:
        whole = taken(self._settings.folder)
        self._append(state_mails("snapshot", epoch, generation, whole, *self._address))
        day = self._account.now.date().isoformat()
        kept = Kept(epoch=epoch, generation=generation, snapshot=generation, day=day, whole=len(whole), own=self._own)
        note_kept(self._settings.state, kept)
        self._remove_old(generation)

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        try:
            yield
        except CoordinatorError as error:
            self._failed = True
            self._account.news.append(f"the state could not be kept in the mailbox: {error}")

    @property
    def _address(self) -> tuple[str, datetime]:
        return self._settings.chapter.address, self._account.now

    def _append(self, mails: Iterable[bytes]) -> None:
        for raw in mails:
            self._inbox.append(STATE, raw)

    def _remove_old(self, generation: int) -> None:
        """Never what is newer than the snapshot that was just kept, whatever the clocks say."""
        old = []
        for fetched in self._inbox.look(STATE, before=self._account.now - WEEK):
            found = state_mail(fetched.raw or b"")
            if found is None or found.generation < generation:
                old.append(fetched.handle)
        if old:
            self._inbox.remove(STATE, old)
