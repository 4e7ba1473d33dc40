"""What somebody answers in their calendar, and the pieces that several programs write alike."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from coordinator.core.zones import zone
from coordinator.simulate.calendar.invitation import Invitation, invitation

PARTSTATS = ("ACCEPTED", "DECLINED", "TENTATIVE")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One click on a button, with what stood around it.

    address: whom the program takes the attendee for (an alias may stand here). delegate: who clicked instead, "" =
    the attendee. counter: the time proposed instead. without: names of properties that this program leaves out.
    instance: it speaks of one instance, as of a series.
    """

    invitation: Invitation
    name: str
    address: str
    partstat: str
    comment: str
    counter: tuple[datetime, datetime] | None
    now: datetime
    delegate: str
    language: str
    without: frozenset[str]
    instance: bool = False

    @property
    def method(self) -> str:
        return "COUNTER" if self.counter else "REPLY"

    @property
    def start(self) -> datetime:
        return self.counter[0] if self.counter else self.invitation.start

    @property
    def end(self) -> datetime:
        return self.counter[1] if self.counter else self.invitation.end

    @property
    def sender(self) -> str:
        """The address in From."""
        return self.delegate or self.address

    @property
    def sent_by(self) -> str:
        return f';SENT-BY="mailto:{self.delegate}"' if self.delegate else ""

    @property
    def id(self) -> str:
        """Of this click: the same for the same answer, so that a season can be played again."""
        said = (self.invitation.uid, self.sender, self.partstat, self.comment, str(self.counter), self.now.isoformat())
        return hashlib.sha256("\0".join(said).encode()).hexdigest()


class Client(Protocol):
    """A calendar program: takes the mail that it got, returns the mail that it sends, CRLF.

    attendee: the address that was invited and that the program answers for. counter: (start, end) proposed instead.
    alias: another address of theirs, which the program puts in its place. delegate: somebody who answers for them.
    language: of subject and text. without: properties left out ("ORGANIZER", "METHOD", "SEQUENCE", "DTSTAMP",
    "DTEND", "END" for the last line). instance: with a RECURRENCE-ID. ValueError for a mail without an invitation.
    """

    def __call__(
        self,
        raw_invite_mail: bytes,
        *,
        attendee: str,
        partstat: str,
        comment: str = "",
        counter: tuple[datetime, datetime] | None = None,
        now: datetime,
        alias: str = "",
        delegate: str = "",
        language: str = "en",
        without: Collection[str] = (),
        instance: bool = False,
    ) -> bytes: ...


def client(write: Callable[[Answer], bytes]) -> Client:
    """The program that writes its answers so."""

    def answer(
        raw_invite_mail: bytes,
        *,
        attendee: str,
        partstat: str,
        comment: str = "",
        counter: tuple[datetime, datetime] | None = None,
        now: datetime,
        alias: str = "",
        delegate: str = "",
        language: str = "en",
        without: Collection[str] = (),
        instance: bool = False,
    ) -> bytes:
        if partstat not in PARTSTATS:
            raise ValueError(f"nobody can answer {partstat!r}")
        taken = invitation(raw_invite_mail)
        return write(
            Answer(
                invitation=taken,
                name=taken.names.get(attendee.casefold(), ""),
                address=alias or attendee,
                partstat=partstat,
                comment=comment,
                counter=counter,
                now=now,
                delegate=delegate,
                language=language,
                without=frozenset(without),
                instance=instance,
            )
        )

    return answer


def utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def local(instant: datetime, name: str) -> str:
    return f"{instant.astimezone(zone(name)):%Y%m%dT%H%M%S}"


def timed(answer: Answer, called: str, instant: datetime) -> str:
    """A property of that time, in the invitation's own zone where that came with rules, else in UTC."""
    invited = answer.invitation
    if zone_lines(answer):
        return f"{called};TZID={invited.zone}:{local(instant, invited.zone)}"
    return f"{called}:{utc(instant)}"


def zone_lines(answer: Answer) -> tuple[str, ...]:
    """The invitation's VTIMEZONE, handed back as it came."""
    return tuple(answer.invitation.zone_lines.splitlines())


def escaped(text: str) -> str:
    """A TEXT value (RFC 5545 §3.3.11)."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def calendar_text(
    answer: Answer, head: Sequence[str], event: Sequence[str], tail: Sequence[str] = (), *, width: int = 75
) -> str:
    """One calendar with one event, folded, less what the answer is to be without; empty lines are left out."""
    which = (f"RECURRENCE-ID:{utc(answer.invitation.start)}",) if answer.instance else ()
    lines = ("BEGIN:VCALENDAR", *head, "BEGIN:VEVENT", *which, *event, "END:VEVENT", *tail, "END:VCALENDAR")
    kept = [line for line in lines if line and _name(line) not in answer.without]
    if "END" in answer.without:
        del kept[-1]
    return "".join(f"{folded(line, width)}\r\n" for line in kept)


def _name(line: str) -> str:
    name = line.partition(":")[0].partition(";")[0].upper()
    return "" if name == "END" else name


def folded(line: str, width: int) -> str:
    """By octets, never inside a character."""
    pieces, used = [""], 0
    for sign in line:
        size = len(sign.encode())
        if used + size > width:
            pieces.append(" ")
            used = 1
        pieces[-1] += sign
        used += size
    return "\r\n".join(pieces)
