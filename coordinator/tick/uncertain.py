"""Letters that may or may not have arrived: sent again, or, of kinds that shall never come twice, held for a human."""

from datetime import datetime

from coordinator.core.frozen import replace
from coordinator.core.records import Letter
from coordinator.core.wanted import is_overtaken
from coordinator.store.work import Work
from coordinator.tick.retrying import LIFE

WAITS = "the server's answer to it was lost, so that it may have arrived or not"


def is_held(work: Work, letter: Letter, kinds: tuple[str, ...]) -> bool:
    """Whether it waits for a human. kinds: purposes of letters that are not to come twice.

    So does an invitation whose meeting was cancelled meanwhile: as it was it would undo that, and a second copy that
    says something else is none.
    """
    return letter.state == "uncertain" and (letter.purpose in kinds or is_overtaken(work, letter))


def held_letters(work: Work, kinds: tuple[str, ...]) -> tuple[Letter, ...]:
    """Oldest first."""
    return tuple(sorted((each for each in work.unsent() if is_held(work, each, kinds)), key=lambda it: (it.at, it.id)))


def until(letter: Letter) -> datetime:
    """When it is given up unless somebody decides."""
    return letter.at + LIFE


def send_again(work: Work, letter: Letter) -> None:
    """By the next tick."""
    work.stage((replace(letter, state="queued", retry=None, version=letter.version + 1),))
