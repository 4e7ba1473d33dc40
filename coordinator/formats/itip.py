"""Calendar answers in: what Outlook, Google, Apple, Thunderbird and the others say when somebody answers an invite.

Whose meeting it is, who may answer it and which answer is newer is for others to decide; nothing recurs here, whatever
rule a calendar holds.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coordinator.core.reading import CalendarReply
from coordinator.formats import itip_times
from coordinator.formats.itip_lines import LARGEST, Component, Document, Property, document, text_of, unescaped
from coordinator.formats.itip_times import Moment, moment

ANSWERS = frozenset({"REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"})
PARTSTATS = frozenset({"NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"})

_MOST_PARTS, _MOST_EVENTS, _MOST_ATTENDEES = 8, 20, 50
_HIGHEST_SEQUENCE = 10_000
_LONGEST_UID, _LONGEST_COMMENT = 400, 2000
_FIRST_YEAR = 2000
"""Before which no Date header is true."""


def read_calendar(
    parts: Sequence[bytes], *, sender: str | None, sent: datetime | None
) -> tuple[CalendarReply | None, tuple[str, ...]]:
    """The answer in a mail's calendar parts, decoded and in the order of the mail, and what was odd about them.

    None where no part holds an answer; then the problems say why, "a calendar invitation (REQUEST), no answer" among
    them. Problems never quote the mail. sender: the sound From address, casefolded; sent: the Date header; both help
    where a client leaves something out. start and end are those that a COUNTER proposes.
    """
    reply: CalendarReply | None = None
    problems: list[str] = []
    for raw in dict.fromkeys(parts[:_MOST_PARTS]):
        read = _read(raw, sender, sent)
        if reply is None:
            reply = read.reply
            problems += read.problems
        elif read.reply is not None and _says(read.reply) != _says(reply):
            problems.append("the calendar parts contradict each other; the first one counts")
    return reply, tuple(dict.fromkeys(problems))


def _says(reply: CalendarReply) -> tuple[object, ...]:
    return reply.method, reply.uid, reply.attendee, reply.partstat, reply.start


@dataclass(kw_only=True)
class _Read:
    """One part, as far as it was read."""

    reply: CalendarReply | None = None
    problems: list[str] = field(default_factory=list)

    def odd(self, problem: str) -> None:
        self.problems.append(problem)


def _read(raw: bytes, sender: str | None, sent: datetime | None) -> _Read:
    read = _Read()
    if len(raw) > LARGEST:
        read.odd("a calendar of more than 64 KB, not read")
        return read
    found = document(text_of(raw))
    event = _the_event(found, read)
    if event is None:
        return read
    attendees = event.all("ATTENDEE")
    if len(attendees) > _MOST_ATTENDEES:
        read.odd("more than 50 attendees, not read")
        return read
    method = _method(found, event, attendees, sender)
    if method not in ANSWERS:
        read.odd(_no_answer(method))
        return read
    read.reply = _reply(method, found, event, _Writer(sender=sender, sent=sent), read)
    return read


def _the_event(found: Document, read: _Read) -> Component | None:
    """The one event that counts: the first that is not a single instance of a series."""
    if len(found.events) > _MOST_EVENTS:
        read.odd("more than 20 events, not read")
        return None
    if not found.events:
        read.odd("a calendar without an event")
        return None
    whole = [event for event in found.events if not event.value("RECURRENCE-ID")]
    event = (whole or found.events)[0]
    if len(found.events) > 1:
        read.odd("several events; the first one counts")
    if "RRULE" in event.lines or "RDATE" in event.lines:
        read.odd("a repeated event; its repetition is not followed")
    return event


def _method(found: Document, event: Component, attendees: Sequence[Property], sender: str | None) -> str:
    """As said (the last time, if more than once), else REPLY where just the sender or the only attendee answered."""
    said = found.calendar.all("METHOD") or event.all("METHOD")
    if said:
        return said[-1].value.strip().upper()
    answered = [each for each in attendees if _partstat(each) not in {"", "NEEDS-ACTION"}]
    if len(answered) == 1 and (len(attendees) == 1 or address_of(answered[0]) == sender):
        return "REPLY"
    return ""


def _no_answer(method: str) -> str:
    known = {"REQUEST": "invitation", "CANCEL": "cancellation", "PUBLISH": "publication", "ADD": "addition"}
    if method in known:
        return f"a calendar {known[method]} ({method}), no answer"
    return "a calendar of an unknown method, no answer" if method else "a calendar that does not say what it is for"


@dataclass(frozen=True, kw_only=True)
class _Writer:
    sender: str | None
    sent: datetime | None


def _reply(method: str, found: Document, event: Component, writer: _Writer, read: _Read) -> CalendarReply | None:
    uid = "".join(event.value("UID").split())
    if not uid or len(uid) > _LONGEST_UID:
        read.odd("a calendar answer without a usable UID")
        return None
    person = _person(method, event.all("ATTENDEE"), writer.sender, read)
    if person is None:
        return None
    start, end = _proposal(found, event, read) if method == "COUNTER" else (None, None)
    return CalendarReply(
        method=method,
        uid=shown(uid),
        attendee=_who(person, writer.sender, read),
        partstat=_answer(method, person, read),
        sequence=_sequence(event, read),
        stamp=_stamp(found, event, writer.sent, read),
        start=start,
        end=end,
        comment=_comment(event, person),
    )


def _person(method: str, attendees: Sequence[Property], sender: str | None, read: _Read) -> Property | None:
    """The attendee whose answer it is: the only one, else the sender, else the only one who answered."""
    if len(attendees) == 1:
        return attendees[0]
    if not attendees and method in {"REFRESH", "DECLINECOUNTER"} and sender:
        return Property(name="ATTENDEE", value=f"mailto:{sender}")
    answered = [each for each in attendees if _partstat(each) not in {"", "NEEDS-ACTION"}]
    for group in ([each for each in attendees if sender in _addresses(each)], answered):
        if len(group) == 1:
            return group[0]
    read.odd("an answer that names several attendees" if attendees else "an answer that names no attendee")
    return None


_MAIL = re.compile(r"[^\s<>\"',;:@]{1,64}@[^\s<>\"',;:@]{1,250}")


def address_of(person: Property) -> str:
    """Casefolded; "" where the value is no mail address (an X.500 path, a principal's URI)."""
    # "SENT-BY=mailto:…" without quotation marks can leave parameters in the value: the address is always last.
    value = person.value.strip().casefold()
    plain = value.rpartition("mailto:")[2].partition("?")[0].strip(" <>\"'")
    return plain if _MAIL.fullmatch(plain) else ""


def _addresses(person: Property) -> tuple[str, ...]:
    """Every address that an attendee line gives for the person, the delegate's last."""
    named = (person.params.get(name, "") for name in ("EMAIL", "X-EMAIL", "CN", "SENT-BY"))
    others = (address_of(Property(name="", value=said)) for said in named)
    return tuple(filter(None, (address_of(person), *others)))


def _who(person: Property, sender: str | None, read: _Read) -> str:
    if person.params.get("SENT-BY"):
        read.odd("answered by somebody else on behalf of the attendee")
    if found := _addresses(person):
        return found[0]
    read.odd("an attendee without a mail address; the sender is taken")
    return sender or ""


def _partstat(person: Property) -> str:
    return person.params.get("PARTSTAT", "").strip().upper()


def _answer(method: str, person: Property, read: _Read) -> str:
    said = _partstat(person)
    if said in PARTSTATS:
        return said
    if said or method == "REPLY":
        read.odd("an answer that is none of accepted, declined and tentative")
    return "NEEDS-ACTION"


def _sequence(event: Component, read: _Read) -> int | None:
    # Exchange counts its own changes in SEQUENCE and keeps ours in a property of its own.
    said = event.value("X-MICROSOFT-CDO-APPT-SEQUENCE") or event.value("SEQUENCE")
    if re.fullmatch(r"\+?[0-9]{1,9}", said) and int(said) <= _HIGHEST_SEQUENCE:
        return int(said)
    if said:
        read.odd("a sequence out of range, not counted")
    return None


def _stamp(found: Document, event: Component, sent: datetime | None, read: _Read) -> datetime | None:
    """DTSTAMP where it says UTC and can be true, else the mail's date."""
    stamp = moment(event.first("DTSTAMP"), found.zones).at
    if stamp is None:
        return sent
    # Some clients hand our own stamp back, and some clocks run years ahead: such an answer would lose or win for ever.
    if sent is not None and sent.year > _FIRST_YEAR and abs(stamp - sent) > timedelta(days=1):
        read.odd("a stamp far from the date of the mail, which is taken instead")
        return sent
    return stamp


def _proposal(found: Document, event: Component, read: _Read) -> tuple[datetime | None, datetime | None]:
    usual = found.calendar.value("X-WR-TIMEZONE")

    def said(name: str) -> Moment:
        return moment(event.first(name), found.zones, usual)

    start = said("DTSTART")
    end = itip_times.length(said("DTEND"), start, event.value("DURATION"))
    before, until = said("X-MS-OLK-ORIGINALSTART").at, said("X-MS-OLK-ORIGINALEND").at
    if start.at and end is None and before and until and before < until:
        end = start.at + (until - before)
    if start.at is None:
        read.odd(f"a proposal with {start.problem}")
    elif (start.at, end) == (before, until):
        read.odd("a proposal of the time that stands already")
    return start.at, end


_HIDDEN = {"Cc", "Cs", "Cf"}
_JOINERS = "\u200c\u200d"
"""Format characters that belong to a script or an emoji."""


def shown(text: str) -> str:
    return "".join(sign for sign in text if sign in _JOINERS or unicodedata.category(sign) not in _HIDDEN)


def _comment(event: Component, person: Property) -> str:
    said = "\n".join(unescaped(line.value) for line in event.all("COMMENT"))
    if not said.strip():
        # Google keeps the note in a parameter, escaped for a calendar and then for a web page.
        said = _without_entities(unescaped(person.params.get("X-RESPONSE-COMMENT", "")))
    lines = (shown(line).rstrip() for line in said[: 2 * _LONGEST_COMMENT].splitlines())
    return "\n".join(lines).strip()[:_LONGEST_COMMENT]


def _without_entities(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape  # a table of two thousand names, for few messages

    return unescape(text)
