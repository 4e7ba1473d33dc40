"""What the double of Exchange remembers: mailboxes, their folders, and items whose keys change with every change."""

import email
import email.policy
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.servers.exchange.soap import Element, RefusedError, T, t

KNOWN = {
    "root": "Root",
    "msgfolderroot": "Top of Information Store",
    "inbox": "Inbox",
    "calendar": "Calendar",
    "sentitems": "Sent Items",
    "deleteditems": "Deleted Items",
    "drafts": "Drafts",
    "outbox": "Outbox",
    "junkemail": "Junk Email",
    "contacts": "Contacts",
    "tasks": "Tasks",
}
_serial = itertools.count(1)
PropertyKey = tuple[str, str, str]


@dataclass(kw_only=True)
class Item:
    """values: by the name of its element, text or an element. properties: extended ones. raw: MIME."""

    kind: str
    folder: "Folder"
    raw: bytes = b""
    received: datetime
    values: dict[str, Any] = field(default_factory=dict)
    properties: dict[PropertyKey, str] = field(default_factory=dict)
    id: str = ""
    key: str = ""
    serial: int = 0

    def __post_init__(self) -> None:
        self.rename()
        self.touch()

    def rename(self) -> None:
        """Moving an item gives it another id."""
        self.serial = next(_serial)
        self.id = f"AAMk{self.serial:08d}="

    def touch(self) -> None:
        """Every change gives it another change key."""
        self.key = f"CQAA{next(_serial):08d}="

    @property
    def start(self) -> datetime:
        return instant(self.values["Start"])

    @property
    def end(self) -> datetime:
        return instant(self.values["End"])


@dataclass(kw_only=True)
class Folder:
    id: str
    name: str
    known: str = ""
    parent: "Folder | None" = None
    items: list[Item] = field(default_factory=list)

    @property
    def klass(self) -> str:
        return {"calendar": "IPF.Appointment", "contacts": "IPF.Contact", "tasks": "IPF.Task"}.get(
            self.known, "IPF.Note"
        )


class Mailbox:
    """address: its own. client: how its owner's calendar answers when told to."""

    def __init__(self, address: str, name: str, *, calendar: bool = True) -> None:
        self.address, self.name = address, name
        self.full = False
        self.folders: dict[str, Folder] = {}
        for known, shown in KNOWN.items():
            if known != "calendar" or calendar:
                parent = {"root": None, "msgfolderroot": "root"}.get(known, "msgfolderroot")
                self.add(shown, known=known, parent=self.known(parent) if parent else None)

    def add(self, name: str, *, known: str = "", parent: Folder | None = None) -> Folder:
        folder = Folder(id=f"AAFd{next(_serial):08d}=", name=name, known=known, parent=parent)
        self.folders[folder.id] = folder
        return folder

    def known(self, name: str) -> Folder:
        for folder in self.folders.values():
            if folder.known == name:
                return folder
        raise RefusedError("ErrorFolderNotFound", f"There is no folder {name}.")

    def named(self, name: str) -> Folder | None:
        return next((folder for folder in self.folders.values() if folder.name == name), None)

    def item(self, id_: str) -> Item:
        for folder in self.folders.values():
            for item in folder.items:
                if item.id == id_:
                    return item
        raise RefusedError("ErrorItemNotFound", "The specified object was not found in the store.")

    def meeting(self, uid: str) -> Item | None:
        return next((item for item in self.known("calendar").items if item.values.get("UID") == uid), None)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def written(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def message_values(raw: bytes, received: datetime) -> dict[str, Any]:
    """The properties that Exchange makes of a mail."""
    head = raw.partition(b"\r\n\r\n")[0][:60_000]
    parsed = email.message_from_bytes(head, policy=email.policy.compat32)

    def shown(name: str) -> str:
        return "".join(c for c in str(parsed.get(name, "")) if c.isprintable())[:255]

    values: dict[str, Any] = {
        "Subject": shown("Subject"),
        "DateTimeReceived": written(received),
        "DateTimeSent": written(received),
        "DateTimeCreated": written(received),
        "InternetMessageId": shown("Message-ID"),
        "Size": str(len(raw)),
        "HasAttachments": "false",
        "IsRead": "false",
        "IsDraft": "false",
        "Importance": "Normal",
        "Sensitivity": "Normal",
    }
    sender = email.utils.parseaddr(shown("From"))
    if "@" in sender[1]:
        values["From"] = t.From(mailbox(sender[1], sender[0]))
        values["Sender"] = t.Sender(mailbox(sender[1], sender[0]))
    return {name: value for name, value in values.items() if value != ""}


def mailbox(address: str, name: str = "") -> Element:
    return t.Mailbox(t.Name(name or address), t.EmailAddress(address), t.RoutingType("SMTP"))


def attendee(address: str, name: str, response: str, at: datetime | None = None, proposed: Any = None) -> Element:
    made = t.Attendee(mailbox(address, name), t.ResponseType(response))
    if at is not None:
        made.append(t.LastResponseTime(written(at)))
    if proposed is not None:
        made.append(t.ProposedStart(written(proposed[0])))
        made.append(t.ProposedEnd(written(proposed[1])))
    return made


def attendees(item: Item, *names: str) -> list[tuple[str, str, str]]:
    """(address, name, response) of those in the lists of these names."""
    found = []
    for name in names or ("RequiredAttendees", "OptionalAttendees", "Resources"):
        listed = item.values.get(name)
        for one in listed if listed is not None else ():
            box = one.find(f"{{{T}}}Mailbox")
            found.append(
                (
                    box.findtext(f"{{{T}}}EmailAddress").casefold(),
                    box.findtext(f"{{{T}}}Name") or "",
                    one.findtext(f"{{{T}}}ResponseType") or "Unknown",
                )
            )
    return found
