"""Examples of goals that suit their reader, by the words of their own profile; none is noted as theirs (AAHA-20)."""

from coordinator.core.answers_text import tokens
from coordinator.core.matching.read_profile import KEYS
from coordinator.core.moments import Situation
from coordinator.core.records import Participant
from coordinator.core.stages.checkin import bank

BANK = "goal-examples"
_TELLING = ("field", "role", "wanted", "sought", "experience")
"""What of a profile says which goals are near."""


def example(where: Situation, me: Participant) -> str:
    """The line of the bank that shares most words with what somebody wrote of themselves; else its first."""
    if BANK not in where.program.prompts:
        return ""
    language = me.language or where.chapter.language
    lines = [line.partition(":") for line in bank(where.program.prompt(BANK, language).body)]
    said = frozenset(tokens(" ".join(_told(me))).texts)
    best = max(lines, key=lambda line: len(said & frozenset(tokens(line[0]).texts)), default=("", "", ""))
    return best[2].strip()


def sought(me: Participant) -> list[str]:
    """What somebody named when they joined, for them to take up or to leave."""
    return [line.strip() for line in _said(me, "sought").splitlines() if line.strip()][:3]


def _told(me: Participant) -> list[str]:
    return [_said(me, name) for name in _TELLING]


def _said(me: Participant, name: str) -> str:
    return next((text for key in KEYS[name] if (text := me.profile.get(key, ""))), "")
