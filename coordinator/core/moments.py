"""What is due when: the one list from which both today's decisions and the next due instant come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.core.agreement.obeyed import patience
from coordinator.core.frozen import replace
from coordinator.core.hours import at_local
from coordinator.core.program import Stage
from coordinator.core.records import Asked, Meeting, Pairing, Question
from coordinator.core.rhythm import Rhythm, parse
from coordinator.core.where import Where
from coordinator.core.zones import zone

SHEET = timedelta(days=7)
"""From so many days before the eve of a meeting a reminder waits for the mail that prepares it."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something that should have been said or settled by an instant.

    kind: "ask" (a prompt), "nudge" (a reminder of it), "tell" (a letter without record), "invite", "cancel",
    "refuse" (a proposed time) – letters; those of `core.settling` – settled silently. key: its name for good.
    recipient: "" for the silent ones.
    stale: from then on it is not worth saying; it is remembered as decided and left out. urgency: exempt from one
    mail a day (calendar). prompt: of the program; asked: the prompt's key where it differs from `key` (a nudge).
    patient: until then it waits for another letter to go with (None = it goes by itself).
    pairing: whose it is – a pairing's id, a match's id, "" = of one person alone.
    """

    at: datetime
    kind: str
    key: str
    stage: str
    pairing: str = ""
    recipient: str = ""
    prompt: str = ""
    asked: str = ""
    stale: datetime | None = None
    ordinal: int = 0
    urgent: bool = False
    patient: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """One moment of a letter with what it stands in and the questions it asks."""

    where: Where
    moment: Moment
    questions: tuple[Question, ...]


LETTERS = ("ask", "nudge", "tell", "invite", "cancel", "refuse")
CALENDAR = ("invite", "cancel", "refuse")
"""Letters with a calendar part."""


@dataclass(frozen=True, kw_only=True)
class Situation(Where):
    """One pairing with everything that its moments depend on."""

    pairing: Pairing

    @property
    def record(self) -> Pairing:
        return self.pairing

    def in_role(self, role: str) -> tuple[str, ...]:
        """Ids of those who hold a role in the pairing."""
        one = {"mentor": (self.pairing.mentor,), "mentee": (self.pairing.mentee,)}
        return one.get(role, self.pairing.advisors if role == "advisor" else ())

    @property
    def zone(self) -> str:
        """The wall clock of the pair's meetings: agreed, else the mentee's."""
        return self.pairing.terms.get("timezone") or self.zone_of(self.pairing.mentee)

    @property
    def rhythm(self) -> Rhythm:
        """What the two agreed; else that of their first meeting ("4th tuesday 12:00"); else the program's."""
        agreed = parse(self.pairing.terms.get("rhythm", ""))
        default = agreed or self._lived_rhythm() or parse(self.program.rhythm)
        if default is None:
            raise ValueError(f"program {self.program.id}: the rhythm {self.program.rhythm!r} is no rhythm")
        return self._at_their_distance(default)

    def _at_their_distance(self, rhythm: Rhythm) -> Rhythm:
        """A distance in weeks that was agreed wins over a monthly day: its weekday and hour stay (AHE-1)."""
        distance = self.pairing.terms.get("every", "")
        if "week" not in distance or rhythm.weekday is None:
            return rhythm
        return parse(f"{WEEKDAYS[rhythm.weekday]} {rhythm.hour:02}:{rhythm.minute:02}") or rhythm

    def _lived_rhythm(self) -> Rhythm | None:
        first = next((m for m in self.meetings if m.kind == "meeting"), None)
        if first is None:
            return None
        wall = first.start.astimezone(zone(first.zone))
        place = "last" if wall.day > 28 else ("1st", "2nd", "3rd", "4th")[(wall.day - 1) // 7]
        return parse(f"{place} {WEEKDAYS[wall.weekday()]} {wall:%H:%M}")

    @property
    def minutes(self) -> int:
        return int(self.pairing.terms.get("minutes", self.program.minutes))

    @property
    def every(self) -> str:
        return self.pairing.terms.get("every", self.program.every)

    @property
    def begin(self) -> datetime:
        """The first instant of the pairing's first day."""
        return at_local(self.pairing.start, 0, 0, self.zone)

    @property
    def last_day(self) -> datetime:
        """Its first instant: nobody is reminded of anything from then on."""
        return at_local(self.pairing.end, 0, 0, self.zone)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        return self.pairing.meetings


def opening(where: Situation, stage: Stage, person: str) -> datetime:
    """The morning on which a stage opens for somebody."""
    anchor = where.pairing.end if stage.opens.anchor == "end" else where.pairing.start
    day = anchor + timedelta(days=stage.opens.days)
    return at_local(day, where.program.mail_hour, 0, where.zone_of(person))


def nudges(where: Where, stage: Stage, asked: Asked) -> Iterator[Moment]:
    """The next reminder of an open prompt, counted from the instant its letter was accepted for sending."""
    if asked.closed or asked.sent is None or not asked.fields or asked.nudges >= len(stage.nudges):
        return
    wait = patience(where.pairing, stage.nudges[0]) if isinstance(where, Situation) else stage.nudges[0]
    since = asked.sent
    if asked.nudges:
        before = where.record.decided.get(f"{asked.key}/nudge-{asked.nudges}", asked.sent)
        since, wait = before, stage.nudges[asked.nudges] - stage.nudges[asked.nudges - 1]
    at = where.morning(since + wait, asked.recipient)
    away = where.person(asked.recipient).away_until
    if away and away > at:
        at = where.morning(away, asked.recipient, days=1)
    is_over = isinstance(where, Situation) and at >= where.last_day
    if where.is_responsive(asked.recipient, at) and not is_over:
        yield Moment(
            at=at,
            kind="nudge",
            key=f"{asked.key}/nudge-{asked.nudges + 1}",
            asked=asked.key,
            stage=stage.id,
            pairing=where.name,
            recipient=asked.recipient,
            prompt=asked.prompt,
            stale=where.last_day if isinstance(where, Situation) else None,
        )


def before_they_meet(where: Situation, nudge: Moment) -> Moment:
    """A reminder a few days before a meeting goes with the sheet for it, at the latest on the day before."""
    sheets = (where.morning(m.start, nudge.recipient, days=-1) for m in where.meetings if m.status == "invited")
    near = [at for at in sheets if nudge.at < at <= nudge.at + SHEET]
    return replace(nudge, patient=min(near)) if near else nudge


def closing(where: Where, stage: Stage, asked: Asked) -> Iterator[Moment]:
    """The instant at which silence becomes the answer."""
    if asked.closed or asked.sent is None or stage.closes is None:
        return
    yield Moment(
        at=asked.sent + stage.closes,
        kind="close",
        key=f"{asked.key}/closed",
        asked=asked.key,
        stage=stage.id,
        pairing=where.name,
    )
