"""The first ticks of a state that came from a copy: what the mailbox knows better is learnt from it."""

from collections.abc import Iterator, Sequence

from coordinator.backends import Fetched, Inbox
from coordinator.formats import mime
from coordinator.tick.round import Round

BATCH = 100


def lost_since(round_: Round, inbox: Inbox) -> Iterator[Sequence[Fetched]]:
    """Messages that were put away after the copy was made, so that the state knows nothing of them."""
    batch: list[Fetched] = []
    for fetched in list(inbox.look("processed")):
        raw = fetched.raw or b""
        if not round_.work.has_seen(mime.parse(raw, round_.own).envelope.fingerprint):
            batch.append(fetched)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def end_restoring(round_: Round, inbox: Inbox) -> None:
    """Once everything was read and sent, the state knows as much as the mailbox does."""
    done = inbox.complete and round_.account.trouble is None and not round_.work.unsent()
    if round_.restored and done:
        round_.work.with_meta(restored_at=None)
        round_.commit()
