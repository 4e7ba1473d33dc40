"""Who an invented person is, what they remember, and what they have in mind to send: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from coordinator.simulate.letters import Received


@dataclass(frozen=True, kw_only=True)
class Temperament:
    """How somebody deals with mail.

    client, style: see `shapes`. voice: "plain", "terse", "chatty" or "prose" (one paragraph for everything).
    hours: fastest and slowest answer. answers: how likely a letter is answered. accepts: how likely an invitation is.
    Months count from the day of joining, from 1: away_month (out of office for two weeks of it), dead_month (the
    address bounces from then on), help_month (writes HELP once), declines (months in which an invitation is
    declined). last_month: answers the month's letter only when the next one comes. corrects: sends a `fix` after
    a receipt. copies: writes to the partner with the program in copy. ends_month, stop_month: wishes to end it, or for
    no more mail, once from then on. renews: what they say about going on (None = as they feel).
    about: what one would say of them.
    """

    name: str
    about: str
    client: str
    style: str
    voice: str = "plain"
    hours: tuple[float, float] = (2, 30)
    answers: float = 1.0
    accepts: float = 1.0
    away_month: int = 0
    dead_month: int = 0
    help_month: int = 0
    declines: tuple[int, ...] = ()
    last_month: bool = False
    corrects: bool = False
    copies: bool = False
    ends_month: int = 0
    stop_month: int = 0
    renews: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody with a name. joined: the day from which their months count. partner: (name, address), if known.

    luck: 0 to 1, how well things go. meets: how likely the two meet in a month, the same for both. signature: what
    stands below their mails.
    """

    first_name: str
    last_name: str
    address: str
    temperament: Temperament
    joined: date
    timezone: str = "America/Chicago"
    language: str = "en"
    work: str = "supply"
    luck: float = 0.6
    meets: float = 0.85
    greeting: str = ""
    signature: str = ""
    numbering: str = "{n}. {answer}"
    partner: tuple[str, str] = ("", "")

    @property
    def sender(self) -> tuple[str, str]:
        return (f"{self.first_name} {self.last_name}".strip(), self.address)

    def month(self, now: datetime) -> int:
        """Months since joining, from 1."""
        return max(1, (now.date() - self.joined).days // 30 + 1)

    def away(self, now: datetime) -> date | None:
        """The day on which they are back, while they are away."""
        if not self.temperament.away_month:
            return None
        left = self.joined + timedelta(days=30 * (self.temperament.away_month - 1) + 3)
        back = left + timedelta(days=14)
        return back if left <= now.date() < back else None


@dataclass(frozen=True, kw_only=True)
class Planned:
    """Something that will arrive at the program. kind: one of `events.CAME`.

    gist: what it means, for whoever tells the story; answers: what was put into it, by question number.
    to: the Message-ID that it answers, "" = the letter that it was planned on.
    """

    at: datetime
    raw: bytes
    kind: str = "reply"
    gist: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)
    to: str = ""


@dataclass(frozen=True, kw_only=True)
class Past:
    """A letter that came earlier. asks: its questions' words. done: kinds of what was planned on it.

    answered: Message-IDs of older letters answered on that occasion. mail: kept by those who may still answer it.
    """

    at: datetime
    asks: frozenset[str]
    done: frozenset[str]
    answered: frozenset[str] = frozenset()
    mail: Received | None = None
