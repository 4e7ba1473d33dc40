"""What goes by itself once it is old: mails in the mailbox, and the words of pairings that are long over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.backends import Inbox
from coordinator.errors import CoordinatorError
from coordinator.formats import mime
from coordinator.store import Store
from coordinator.tick.round import Round

CHECKED = "aged"
"""Counts the day on which this was done last."""
WORDS = "words"
"""Counts the day from which on pairings in the archive keep their words; none ended before it."""


def age(round_: Round, store: Store, inbox: Inbox) -> None:
    """Once a day, in a tick that had something to do. A mailbox that refuses is asked again on another day."""
    today = round_.now.date().toordinal()
    if round_.options.dry or round_.work.meta.counters.get(CHECKED) == today:
        return
    round_.work.with_meta(counters={**round_.work.meta.counters, CHECKED: today})
    days = round_.settings.retention
    try:
        for folder, kept in (("processed", days.mail), ("sent", days.mail), ("quarantine", days.quarantine)):
            if kept:
                _remove_old(round_, inbox, folder, round_.now - timedelta(days=kept))
    except CoordinatorError as error:
        round_.account.news.append(f"old mails could not be removed from the mailbox: {error}")
    if days.words:
        _fade(round_, store, timedelta(days=days.words))


def _fade(round_: Round, store: Store, kept: timedelta) -> None:
    """Reads the archive on no other day than one on which a pairing in it is old enough."""
    counters, today = round_.work.meta.counters, round_.now.date()
    oldest = counters.get(WORDS, round_.work.meta.created.date().toordinal())
    if oldest + kept.days >= today.toordinal():
        return
    left = store.fade(round_.now - kept)
    round_.work.with_meta(counters={**counters, WORDS: (left.date() if left else today).toordinal()})


def _remove_old(round_: Round, inbox: Inbox, folder: str, before: datetime) -> None:
    old = list(_ours(round_, inbox, folder, before))
    if old:
        inbox.remove(folder, old)


def _ours(round_: Round, inbox: Inbox, folder: str, before: datetime) -> Iterator[str]:
    """Only what this program put there: a folder may be shared with a human."""
    for fetched in inbox.look(folder, before=before):
        message = mime.parse(fetched.raw or b"", round_.own)
        is_copy = message.kind == "own" or message.envelope.sender == round_.settings.chapter.address.casefold()
        if is_copy if folder == "sent" else round_.work.has_seen(message.envelope.fingerprint):
            yield fetched.handle
