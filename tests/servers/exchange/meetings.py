"""What Exchange does with meetings by itself: inviting, updating, cancelling, and taking in what people answer."""

import email
import email.policy
import re
import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from coordinator.simulate.calendar.clients import CLIENTS
from tests.servers.exchange.soap import Element, T, t
from tests.servers.exchange.store import Item, Mailbox, attendee, attendees, mailbox, message_values, written

if TYPE_CHECKING:
    from tests.servers.exchange import Double

RESPONSES = {"ACCEPTED": "Accept", "TENTATIVE": "Tentative", "DECLINED": "Decline", "NEEDS-ACTION": "Unknown"}
_CLASSES = {"Accept": "Pos", "Tentative": "Tent", "Decline": "Neg"}


def invite(double: "Double", organizer: Mailbox, item: Item, *, cancelled: bool = False) -> None:
    """Tells every attendee: in their mailbox here, or by mail elsewhere."""
    for address, name, _ in attendees(item):
        raw = request(organizer, item, address, name, at=double.now(), cancelled=cancelled)
        double.invitations.append((address, "CANCEL" if cancelled else "REQUEST", item.values["UID"]))
        theirs = double.mailboxes.get(address)
        if theirs is None:
            double.send_out(organizer.address, address, raw)
        else:
            _tell(double, theirs, item, raw, cancelled=cancelled)
            if theirs.address in double.rooms.values() and not cancelled:
                respond(double, theirs.address, item.values["UID"], "ACCEPTED")


def _tell(double: "Double", theirs: Mailbox, item: Item, raw: bytes, *, cancelled: bool) -> None:
    kind = "MeetingCancellation" if cancelled else "MeetingRequest"
    values = {**message_values(raw, double.now()), **_of_event(item)}
    inbox = theirs.known("inbox")
    inbox.items.append(Item(kind=kind, folder=inbox, raw=raw, received=double.now(), values=values))
    calendar = theirs.known("calendar")
    mine = theirs.meeting(item.values["UID"])
    if mine is None:
        mine = Item(kind="CalendarItem", folder=calendar, received=double.now(), values={})
        calendar.items.append(mine)
    mine.values.update(_of_event(item), MyResponseType="Unknown", LegacyFreeBusyStatus="Tentative")
    mine.values["Subject"] = item.values.get("Subject", "")
    mine.raw = raw
    if cancelled:
        mine.values.update(IsCancelled="true", LegacyFreeBusyStatus="Free")
    mine.touch()


def _of_event(item: Item) -> dict[str, Any]:
    names = ("UID", "Start", "End", "Location", "Organizer", "RequiredAttendees", "AppointmentSequenceNumber")
    return {name: item.values[name] for name in names if name in item.values}


@dataclass(frozen=True, kw_only=True)
class Said:
    partstat: str
    comment: str = ""
    proposed: tuple[datetime, datetime] | None = None
    delegate: str = ""


def respond(double: "Double", address: str, uid: str, partstat: str, **more: Any) -> None:
    """Somebody here answers an invitation in their calendar."""
    said = Said(partstat=partstat, **more)
    theirs = double.mailboxes[address]
    mine = theirs.meeting(uid)
    assert mine is not None, f"{address} has no meeting {uid}"
    mine.values["MyResponseType"] = RESPONSES[partstat]
    mine.values["LegacyFreeBusyStatus"] = {"ACCEPTED": "Busy", "DECLINED": "Free"}.get(partstat, "Tentative")
    mine.touch()
    raw = CLIENTS["exchange"](
        mine.raw,
        attendee=address,
        partstat=partstat,
        comment=said.comment,
        counter=said.proposed,
        now=double.now(),
        language="en",
    )
    if said.delegate:
        raw = raw.replace(b"\r\nTo:", b"\r\nSender: " + said.delegate.encode() + b"\r\nTo:", 1)
    organizer = _organizer(mine)
    if organizer in double.mailboxes:
        take_answer(double, double.mailboxes[organizer], raw, address, uid, said)
    else:
        double.send_out(address, organizer, raw)


def take_answer(double: "Double", organizer: Mailbox, raw: bytes, address: str, uid: str, said: Said) -> None:
    """An answer comes in: the meeting shows it, and the inbox holds it."""
    response = RESPONSES[said.partstat]
    item = organizer.meeting(uid)
    if item is not None and response != "Unknown":
        item.values["RequiredAttendees"] = t.RequiredAttendees(*_answered(double, item, address, response, said))
        item.touch()
    inbox = organizer.known("inbox")
    values = {**message_values(raw, double.now()), **(_of_event(item) if item is not None else {})}
    values.pop("RequiredAttendees", None)
    values.update(
        ResponseType=response,
        HasBeenProcessed="true",
        ItemClass=f"IPM.Schedule.Meeting.Resp.{_CLASSES.get(response, 'Pos')}",
    )
    if said.proposed:
        values.update(ProposedStart=written(said.proposed[0]), ProposedEnd=written(said.proposed[1]))
    inbox.items.append(Item(kind="MeetingResponse", folder=inbox, raw=raw, received=double.now(), values=values))


def _answered(double: "Double", item: Item, address: str, response: str, said: Said) -> list[Element]:
    """The attendees with one answer changed; whoever was not invited is added, as the real one does."""
    listed = []
    known = False
    for one in item.values["RequiredAttendees"]:
        theirs = one.findtext(f"{{{T}}}Mailbox/{{{T}}}EmailAddress").casefold()
        if theirs == address:
            known = True
            name = one.findtext(f"{{{T}}}Mailbox/{{{T}}}Name")
            listed.append(attendee(address, name, response, double.now(), said.proposed))
        else:
            listed.append(one)
    return listed if known else [*listed, attendee(address, address, response, double.now(), said.proposed)]


def from_outside(double: "Double", organizer: Mailbox, raw: bytes) -> bool:
    """Takes a mail that answers an invitation; False when it is an ordinary mail."""
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    part = next((part for part in parsed.walk() if part.get_content_type() == "text/calendar"), None)
    if part is None:
        return False
    text = re.sub(r"\r?\n[ \t]", "", part.get_payload(decode=True).decode("utf-8", "replace"))
    method = re.search(r"^METHOD:(\w+)", text, re.MULTILINE)
    uid = re.search(r"^UID:(.+?)\r?$", text, re.MULTILINE)
    person = re.search(
        r"^ATTENDEE[^\r\n]*?PARTSTAT=([\w-]+)[^\r\n]*?:mailto:([^\r\n]+)", text, re.MULTILINE | re.IGNORECASE
    )
    if not (method and uid and person) or method.group(1) not in {"REPLY", "COUNTER"}:
        return False
    take_answer(
        double, organizer, raw, person.group(2).strip().casefold(), uid.group(1), Said(partstat=person.group(1).upper())
    )
    return True


def changed(item: Item, before: dict[str, Any]) -> bool:
    """Whether people must answer anew; then their answers are reset and the sequence grows."""
    if all(item.values.get(name) == before.get(name) for name in ("Start", "End")):
        return False
    item.values["AppointmentSequenceNumber"] = str(int(item.values.get("AppointmentSequenceNumber", "0")) + 1)
    for name in ("RequiredAttendees", "OptionalAttendees", "Resources"):
        listed = attendees(item, name)
        if listed:
            item.values[name] = getattr(t, name)(*(attendee(address, shown, "Unknown") for address, shown, _ in listed))
    return True


def _organizer(item: Item) -> str:
    return str(item.values["Organizer"].findtext(f"{{{T}}}Mailbox/{{{T}}}EmailAddress")).casefold()


def organizer_of(box: Mailbox) -> Element:
    return t.Organizer(mailbox(box.address, box.name))


def request(organizer: Mailbox, item: Item, address: str, name: str, *, at: datetime, cancelled: bool = False) -> bytes:
    """The mail of an invitation, as Exchange writes it: no attachment, text/calendar last and in base64."""
    method = "CANCEL" if cancelled else "REQUEST"
    subject = f"{'Canceled: ' if cancelled else ''}{item.values.get('Subject', '')}"
    body = item.values.get("Body")
    text = (body.text or "") if body is not None else ""
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"] = f'"{organizer.name}" <{organizer.address}>'
    mail["To"] = f'"{name}" <{address}>'
    mail["Subject"] = subject
    mail["Date"] = at
    mail["Message-ID"] = f"<{item.serial}.{item.key[4:-1]}.{abs(hash(address))}@exchange.example>"
    mail.set_content(text or " ")
    mail.add_alternative(f"<html><body>{text}</body></html>", subtype="html")
    lines = [
        "BEGIN:VCALENDAR",
        f"METHOD:{method}",
        "PRODID:Microsoft Exchange Server 2010",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        f"ORGANIZER;CN={organizer.name}:mailto:{organizer.address}",
        *(
            f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN={shown}:mailto:{other}"
            for other, shown, _ in attendees(item)
        ),
        f"DESCRIPTION;LANGUAGE=en-US:{_escaped(text)}",
        f"UID:{item.values['UID']}",
        f"SUMMARY;LANGUAGE=en-US:{_escaped(subject)}",
        f"DTSTART:{item.start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{item.end:%Y%m%dT%H%M%SZ}",
        f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        f"SEQUENCE:{item.values.get('AppointmentSequenceNumber', '0')}",
        f"LOCATION;LANGUAGE=en-US:{_escaped(str(item.values.get('Location', '')))}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    ics = "".join(f"{_folded(line)}\r\n" for line in lines).encode()
    mail.add_alternative(ics, maintype="text", subtype="calendar", params={"method": method, "charset": "utf-8"})
    return mail.as_bytes()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    pieces, raw = [], line
    while len(raw.encode()) > 74:
        cut = 70
        while len(raw[:cut].encode()) > 74:
            cut -= 1
        pieces.append(raw[:cut])
        raw = " " + raw[cut:]
    return "\r\n".join([*pieces, raw])


def sent(host: str, port: int, sender: str, recipient: str, raw: bytes) -> None:
    with smtplib.SMTP(host, port, local_hostname="exchange.example") as smtp:
        smtp.sendmail(sender, [recipient], raw)
