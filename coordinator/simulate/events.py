"""What happened in a season, as a list to look through afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

SENT = ("letter", "invite", "cancel")
CAME = ("reply", "late_reply", "accept", "decline", "auto_reply", "bounce", "help", "fix", "copy", "ending", "stop")


@dataclass(frozen=True, kw_only=True)
class Event:
    """One mail that was sent to, or came from, an invented person.

    kind: one of SENT (from the program) or CAME (to it). person: whose mailbox. gist: what it comes to, in a phrase.
    raw: the mail; b"" where a season keeps none. answers: what was put into a reply, by question number, for whoever
    measures what was understood.
    """

    at: datetime
    kind: str
    person: str
    subject: str = ""
    message_id: str = ""
    gist: str = ""
    raw: bytes = b""
    answers: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether the program sent it."""
        return self.kind in SENT
