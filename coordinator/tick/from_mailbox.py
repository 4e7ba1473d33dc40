"""The state as the mailbox holds it: the newest whole snapshot and every commit after it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from coordinator.backends import Inbox
from coordinator.errors import UnreadableError
from coordinator.formats.state_mail import StateMail, marker, state_mail
from coordinator.store.redo import Redo, unpacked
from coordinator.tick.machine import FOLDER as MACHINE
from coordinator.tick.machine import STATE


@dataclass(frozen=True, kw_only=True)
class Found:
    """snapshot: as `snapshots.taken` made it. redos: the commits since. missing: those after a gap."""

    snapshot: bytes = field(repr=False)
    redos: tuple[Redo, ...] = field(repr=False)
    generation: int
    missing: int = 0


def marked(inbox: Inbox) -> str:
    """The epoch that the mailbox's mark names, "" = there is none."""
    marks = [found for fetched in inbox.look(MACHINE) if (found := marker(fetched.raw or b""))]
    return max(marks).epoch if marks else ""


def found_in(inbox: Inbox, *, epoch: str) -> Found:
    """epoch: of the state that the mailbox's mark names, which is preferred. UnreadableError when there is none."""
    wholes = _wholes(each for fetched in inbox.look(STATE) if (each := state_mail(fetched.raw or b"")))
    snapshots = [key for key in wholes if key[0] == "snapshot"]
    if not snapshots:
        raise UnreadableError(
            "the mailbox holds no snapshot of a state – take a file that coordinator backup made and run coordinator"
            " restore FILE, or begin with coordinator init"
        )
    newest = max(snapshots, key=lambda key: (key[1] == epoch, key[2]))
    _, life, generation = newest
    redos: list[Redo] = []
    while ("change", life, generation + 1) in wholes:
        generation += 1
        redos.append(unpacked(wholes["change", life, generation]))
    later = [key for key in wholes if key[1] == life and key[2] > generation]
    return Found(snapshot=wholes[newest], redos=tuple(redos), generation=generation, missing=len(later))


def _wholes(mails: Iterable[StateMail]) -> dict[tuple[str, str, int], bytes]:
    """Kind, epoch, generation → content, of those of which every part is there; what came twice counts once."""
    parts: dict[tuple[str, str, int], dict[int, StateMail]] = {}
    for mail in mails:
        parts.setdefault((mail.kind, mail.epoch, mail.generation), {})[mail.part] = mail
    return {
        key: b"".join(each[number].content for number in sorted(each))
        for key, each in parts.items()
        if len(each) == next(iter(each.values())).of
    }
