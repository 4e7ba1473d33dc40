"""What a tick did, in counts; nothing in it says what anybody wrote."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coordinator.core.records import Letter


@dataclass(kw_only=True)
class Account:
    """One tick. Each message that was read is in one of applied, held, quarantined, bounces and ignored.

    failed: letters that a server refused or did not take. trouble: what kept the tick from its end; mute: that no
    letters go out.

    news: lines for the coordinator, without a word of any message. due_next: None = nothing more is planned.
    blocked: nothing new is decided until a human has looked at the clock.
    """

    now: datetime
    read: int = 0
    applied: int = 0
    held: int = 0
    quarantined: int = 0
    bounces: int = 0
    ignored: int = 0
    sent: int = 0
    failed: int = 0
    due_next: datetime | None = None
    letters: list[dict[str, str]] = field(default_factory=list)
    news: list[str] = field(default_factory=list)
    trouble: Exception | None = None
    mute: bool = False
    idle: bool = False
    blocked: bool = False

    def count(self, outcome: str) -> None:
        """Counts one message by what became of it; one that waits for its writer's yes counts as applied."""
        name = {"bounce": "bounces", "unconfirmed": "applied"}.get(outcome, outcome)
        setattr(self, name, getattr(self, name) + 1)

    def wrote(self, letter: "Letter", prompts: tuple[str, ...]) -> None:
        self.letters.append(
            {
                "key": letter.id,
                "prompt": "+".join(dict.fromkeys(prompts)),
                "to": letter.address,
                "message_id": letter.message_id,
            }
        )

    def plain(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "now": self.now.isoformat(),
            "read": self.read,
            "applied": self.applied,
            "held": self.held,
            "quarantined": self.quarantined,
            "bounces": self.bounces,
            "ignored": self.ignored,
            "sent": self.sent,
            "failed": self.failed,
            "due_next": self.due_next.isoformat() if self.due_next else None,
            "letters": self.letters,
        }

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing that a person would want to read about this tick."""
        return not (self.read or self.sent or self.failed or self.letters or self.trouble or self.news)
