"""What the page and the story show, as values: people, mails, meetings, summaries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from coordinator.simulate.events import Event
from coordinator.simulate.shapes.lines import no_link, plain
from coordinator.simulate.shapes.parent import read
from coordinator.simulate.shapes.tree import body, parse

KINDS = {
    "letter": "letter",
    "invite": "invitation",
    "cancel": "cancellation",
    "reply": "answer",
    "late_reply": "late answer",
    "accept": "accepted",
    "decline": "declined",
    "auto_reply": "auto-reply",
    "bounce": "returned",
    "help": "help",
    "fix": "correction",
    "copy": "in copy",
}


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody whose mail is shown. role: "mentee", "mentor", "advisor" … note: one line about them."""

    address: str
    name: str
    role: str = ""
    note: str = ""

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper() or "?"

    @property
    def anchor(self) -> str:
        return "p-" + "".join(char if char.isalnum() else "-" for char in self.address)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail in somebody's timeline. ours: sent by the program. at: with the zone to show it in."""

    at: datetime
    person: str
    ours: bool
    kind: str
    subject: str
    sender: str = ""
    to: str = ""
    gist: str = ""
    text: str = ""
    html: str = ""

    @property
    def label(self) -> str:
        return KINDS.get(self.kind, self.kind)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One meeting. pair: "Ana and Marcus". status: as records have it. partstats: name → PARTSTAT. goals: lines."""

    start: datetime
    pair: str
    status: str
    minutes: int | None = None
    place: str = ""
    partstats: Mapping[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """One word for the eye: "held", "missed", "cancelled", "declined", "accepted" or "open"."""
        if self.status in {"held", "missed", "cancelled"}:
            return self.status
        answers = {answer.upper() for answer in self.partstats.values()}
        if "DECLINED" in answers:
            return "declined"
        return "accepted" if answers == {"ACCEPTED"} else "open"


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A weekly summary as the advisor got it."""

    at: datetime
    advisor: str
    subject: str
    text: str
    html: str = ""


def mail_of(event: Event, zone: tzinfo) -> Mail:
    """An event with its mail opened; zone: of the times shown."""
    parent = read(event.raw)
    return Mail(
        at=event.at.astimezone(zone),
        person=event.person,
        ours=event.is_ours,
        kind=event.kind,
        subject=parent.subject,
        sender=f"{parent.name} <{parent.address}>" if parent.name else parent.address,
        to=parent.to,
        gist=event.gist,
        text=parent.text or _words(parent.html),
        # What people send is shown as text: their HTML repeats the whole letter below.
        html=parent.html if event.is_ours else "",
    )


def _words(html: str) -> str:
    return plain(body(parse(html)), link=no_link, width=0) if html else ""
