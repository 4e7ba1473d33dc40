"""Which machine, and which copy of the state, runs the program: the mailbox stops every other one."""

from collections.abc import Collection
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from coordinator.backends import Inbox
from coordinator.errors import ReplacedError, UnreadableError
from coordinator.formats.state_mail import Marker, marker, marker_mail, name_of, state_mail

FOLDER = "machine"
STATE = "snapshots"
"""Where the state itself is kept."""
MACHINE = Path("/etc/machine-id")
"""What tells one Linux machine from another; elsewhere machines are not told apart."""
_MOST = 20
"""Machines of before that a mark names."""
AHEAD = 8
"""So many of the next commits are looked for: those of commands are kept by the tick after them, all in one."""


def must_be_the_one(inbox: Inbox, epoch: str, address: str, now: datetime, *, restored: bool) -> bool:
    """Puts the mark of this state where there is none. ReplacedError when another one took over, or another machine.

    A folder that was moved to another machine is run there from its first tick on; of two copies the one that began
    later, also while both count alike. restored: this state was brought back by hand, so it takes over from any other.
    True: the mark names another machine, and ours is to take over once its state has proved to be the newest.
    """
    marks = [found for fetched in inbox.look(FOLDER) if (found := marker(fetched.raw or b""))]
    newest = max(marks, default=None)
    here = _this_machine()
    if newest and newest.epoch == epoch:
        if here in newest.before and not restored:
            raise _elsewhere(newest)
        return here not in ("", newest.machine)
    if newest and not restored:
        raise ReplacedError(
            f"the mailbox says that another machine runs this program since {newest.at[:10]}, so nothing was read or"
            " sent – take coordinator out of cron here, give a second program a mailbox of its own, or bring this one"
            " back to this machine with coordinator restore --from-mailbox --replace"
        )
    take_over(inbox, epoch, address, now)
    return False


def _this_machine() -> str:
    try:
        return blake2b(MACHINE.read_bytes().strip(), digest_size=8, person=b"coordinator").hexdigest()
    except OSError:
        return ""


def _elsewhere(mark: Marker) -> ReplacedError:
    return ReplacedError(
        f"the mailbox says that another machine runs a copy of this very folder since {mark.at[:10]}, so nothing was"
        " read or sent – take coordinator out of cron here, or bring the program back to this machine with coordinator"
        " restore --from-mailbox --replace"
    )


def must_be_the_newest(inbox: Inbox, epoch: str, generation: int, kept: Collection[int]) -> bool:
    """Whether the mailbox still holds these generations of this state, which were put there.

    UnreadableError when it holds a later one: ours was put back by hand, or is a copy.
    """
    later, ours = (
        {name_of(epoch, each) for each in generations}
        for generations in (range(generation + 1, generation + 1 + AHEAD), kept)
    )
    held = inbox.holding(STATE, sorted(later | ours))
    if held & later:
        raise _older()
    return ours <= held


def must_be_the_newest_of_all(inbox: Inbox, epoch: str, generation: int) -> None:
    """The same for a state that may be weeks old: the commits after it are gone, and all that is kept is read."""
    for fetched in inbox.look(STATE):
        kept = state_mail(fetched.raw or b"")
        if kept and kept.epoch == epoch and kept.generation > generation:
            raise _older()


def _older() -> UnreadableError:
    return UnreadableError(
        "state: the mailbox holds a newer one, so nothing was read or sent – an older copy of it was put back by"
        " hand (then coordinator restore --from-mailbox --replace brings the newest), or another copy of this"
        " folder runs (then take coordinator out of cron in one of the two)"
    )


def take_over(inbox: Inbox, epoch: str, address: str, now: datetime) -> None:
    """From now on the state of this epoch counts. First the new mark, then the old ones go: there is always one."""
    old = {fetched.handle: marker(fetched.raw or b"") for fetched in inbox.look(FOLDER)}
    last, here = max((each for each in old.values() if each), default=None), _this_machine()
    before = (*last.before, last.machine) if last and last.epoch == epoch and last.machine not in ("", here) else ()
    others = tuple(dict.fromkeys(each for each in before if each != here))[-_MOST:]
    mine = Marker(turn=last.turn + 1 if last else 1, epoch=epoch, at=now.isoformat(), machine=here, before=others)
    inbox.append(FOLDER, marker_mail(mine, address, now))
    if old:
        inbox.remove(FOLDER, list(old))
