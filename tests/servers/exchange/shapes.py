"""How items and folders look in an answer: the asked-for properties, in the order that the schema wants."""

import base64
import copy
from collections.abc import Iterable
from typing import Any

from tests.servers.exchange.soap import Element, T, local, t
from tests.servers.exchange.store import Folder, Item, Mailbox, PropertyKey

_ITEM = [
    "MimeContent",
    "ItemId",
    "ParentFolderId",
    "ItemClass",
    "Subject",
    "Sensitivity",
    "Body",
    "Attachments",
    "DateTimeReceived",
    "Size",
    "Categories",
    "Importance",
    "InReplyTo",
    "IsSubmitted",
    "IsDraft",
    "IsFromMe",
    "IsResend",
    "IsUnmodified",
    "InternetMessageHeaders",
    "DateTimeSent",
    "DateTimeCreated",
    "ReminderDueBy",
    "ReminderIsSet",
    "ReminderMinutesBeforeStart",
    "DisplayCc",
    "DisplayTo",
    "DisplayBcc",
    "HasAttachments",
    "ExtendedProperty",
    "Culture",
    "LastModifiedName",
    "LastModifiedTime",
]
_MAIL = [
    "Sender",
    "ToRecipients",
    "CcRecipients",
    "BccRecipients",
    "IsReadReceiptRequested",
    "IsDeliveryReceiptRequested",
    "From",
    "InternetMessageId",
    "IsRead",
    "IsResponseRequested",
    "References",
    "ReplyTo",
]
_MEETING = [
    "AssociatedCalendarItemId",
    "IsDelegated",
    "IsOutOfDate",
    "HasBeenProcessed",
    "ResponseType",
    "UID",
    "DateTimeStamp",
]
_EVENT = [
    "Start",
    "End",
    "IsAllDayEvent",
    "LegacyFreeBusyStatus",
    "Location",
    "IsMeeting",
    "IsCancelled",
    "IsRecurring",
    "MeetingRequestWasSent",
    "IsResponseRequested",
    "CalendarItemType",
    "MyResponseType",
    "Organizer",
    "RequiredAttendees",
    "OptionalAttendees",
    "Resources",
    "AppointmentSequenceNumber",
    "AppointmentState",
    "StartTimeZone",
    "EndTimeZone",
    "ConferenceType",
    "AllowNewTimeProposal",
    "IsOnlineMeeting",
]
ORDER = {
    "Message": (*_ITEM, *_MAIL),
    "CalendarItem": (*_ITEM, "UID", "DateTimeStamp", *_EVENT),
    "MeetingRequest": (*_ITEM, *_MAIL, *_MEETING, "MeetingRequestType", "IntendedFreeBusyStatus", *_EVENT),
    "MeetingResponse": (*_ITEM, *_MAIL, *_MEETING, "Start", "End", "Location", "ProposedStart", "ProposedEnd"),
    "MeetingCancellation": (*_ITEM, *_MAIL, *_MEETING, "Start", "End", "Location"),
}
CLASSES = {
    "Message": "IPM.Note",
    "CalendarItem": "IPM.Appointment",
    "MeetingRequest": "IPM.Schedule.Meeting.Request",
    "MeetingResponse": "IPM.Schedule.Meeting.Resp.Pos",
    "MeetingCancellation": "IPM.Schedule.Meeting.Canceled",
}


def item_id(item: Item) -> Element:
    return t.ItemId(Id=item.id, ChangeKey=item.key)


def property_key(uri: Element) -> PropertyKey:
    """What an ExtendedFieldURI means."""
    if tag := uri.get("PropertyTag"):
        return ("tag", str(int(tag, 16)), uri.get("PropertyType"))
    place = uri.get("PropertySetId") or uri.get("DistinguishedPropertySetId")
    return (str(place).casefold(), uri.get("PropertyName") or uri.get("PropertyId"), uri.get("PropertyType"))


def wanted(shape: Element | None) -> tuple[set[str], list[Element]]:
    """Names of properties, and extended ones, that a shape asks for."""
    names, extended = {"ItemId"}, []
    if shape is None:
        return names, extended
    if (shape.findtext(f"{{{T}}}BaseShape") or "IdOnly") != "IdOnly":
        names |= {name for order in ORDER.values() for name in order} - {"MimeContent", "ExtendedProperty"}
    if (shape.findtext(f"{{{T}}}IncludeMimeContent") or "false") == "true":
        names.add("MimeContent")
    for uri in shape.findall(f"{{{T}}}AdditionalProperties/*"):
        if local(uri) == "FieldURI":
            names.add(uri.get("FieldURI").partition(":")[2])
        elif local(uri) == "ExtendedFieldURI":
            extended.append(uri)
    return names, extended


def shown(item: Item, names: Iterable[str], extended: Iterable[Element]) -> Element:
    """The element of an item."""
    element = getattr(t, item.kind)()
    asked = set(names)
    for name in ORDER[item.kind]:
        if name == "ExtendedProperty":
            for uri in extended:
                value = property_of(item, property_key(uri))
                if value is not None:
                    element.append(t.ExtendedProperty(copy.deepcopy(uri), t.Value(value)))
        elif name in asked:
            part = _part(item, name)
            if part is not None:
                element.append(part)
    return element


_IMAP_UID, _SIZE, _FLAGS = (
    ("tag", str(0x0E23), "Integer"),
    ("tag", str(0x0E08), "Integer"),
    ("tag", str(0x0E07), "Integer"),
)


def property_of(item: Item, key: PropertyKey) -> str | None:
    """An extended property; some are the same as ordinary ones under another name."""
    if key[1] == "urn:schemas:calendar:instancetype":
        return "0" if item.kind == "CalendarItem" else None
    if key == ("tag", str(0x10F3), "String"):
        return f"{item.serial}.EML"
    if key == _IMAP_UID:
        return str(item.serial)
    if key == _SIZE:
        return str(len(item.raw))
    if key == _FLAGS:
        return item.properties.get(key, "1" if item.values.get("IsRead") == "true" else "0")
    if key == ("tag", str(0x007D), "String"):
        head = item.raw.partition(b"\r\n\r\n")[0].decode("latin-1")
        return "".join(c for c in head if c in "\r\n\t" or c.isprintable()) + "\r\n\r\n" if item.raw else None
    return item.properties.get(key)


def _part(item: Item, name: str) -> Any:
    if name == "ItemId":
        return item_id(item)
    if name == "ParentFolderId":
        return t.ParentFolderId(Id=item.folder.id, ChangeKey="AQAAAA==")
    if name == "MimeContent" and item.kind == "CalendarItem":
        return t.MimeContent(base64.b64encode(as_calendar(item)).decode(), CharacterSet="UTF-8")
    if name == "MimeContent":
        return t.MimeContent(base64.b64encode(item.raw).decode(), CharacterSet="UTF-8") if item.raw else None
    if name == "ItemClass":
        return t.ItemClass(item.values.get("ItemClass", CLASSES[item.kind]))
    value = item.values.get(name)
    if value is None:
        return None
    return getattr(t, name)(value) if isinstance(value, str) else copy.deepcopy(value)


def as_calendar(item: Item) -> bytes:
    """A meeting as iCalendar, as Exchange gives it out where a mail would be its MIME."""
    lines = [
        "BEGIN:VCALENDAR",
        "METHOD:PUBLISH",
        "PRODID:Microsoft Exchange Server 2010",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        f"UID:{item.values.get('UID', item.id)}",
        f"SUMMARY:{item.values.get('Subject', '')}",
        f"DTSTART:{item.start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{item.end:%Y%m%dT%H%M%SZ}",
        f"DTSTAMP:{item.received:%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{item.values.get('AppointmentSequenceNumber', '0')}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def folder_shown(mailbox: Mailbox, folder: Folder) -> Element:
    kind = {"calendar": t.CalendarFolder, "contacts": t.ContactsFolder, "tasks": t.TasksFolder}.get(
        folder.known, t.Folder
    )
    children = sum(1 for other in mailbox.folders.values() if other.parent is folder)
    parts = [t.FolderId(Id=folder.id, ChangeKey="AQAAAA==")]
    if folder.parent is not None:
        parts.append(t.ParentFolderId(Id=folder.parent.id, ChangeKey="AQAAAA=="))
    parts += [
        t.FolderClass(folder.klass),
        t.DisplayName(folder.name),
        t.TotalCount(str(len(folder.items))),
        t.ChildFolderCount(str(children)),
    ]
    if folder.known not in {"calendar", "contacts"}:
        unread = sum(1 for item in folder.items if item.values.get("IsRead") != "true")
        parts.append(t.UnreadCount(str(unread)))
    return kind(*parts)
