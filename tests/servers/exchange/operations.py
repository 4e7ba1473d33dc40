"""The operations of Exchange Web Services that the double can do, each from a request to its answer."""

import base64
import copy
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tests.servers.exchange import meetings
from tests.servers.exchange.search import matches, ordered
from tests.servers.exchange.shapes import folder_shown, item_id, property_key, shown, wanted
from tests.servers.exchange.soap import Element, M, RefusedError, T, answer, local, m, message, t
from tests.servers.exchange.store import Folder, Item, Mailbox, message_values, written

if TYPE_CHECKING:
    from tests.servers.exchange import Double, Visitor

_EVENT_DEFAULTS = {
    "IsAllDayEvent": "false",
    "LegacyFreeBusyStatus": "Busy",
    "IsMeeting": "true",
    "IsCancelled": "false",
    "IsRecurring": "false",
    "CalendarItemType": "Single",
    "MyResponseType": "Organizer",
    "AppointmentSequenceNumber": "0",
    "AppointmentState": "1",
    "ConferenceType": "0",
    "AllowNewTimeProposal": "true",
}


def _folder(double: "Double", visitor: "Visitor", reference: Element) -> tuple[Mailbox, Folder]:
    if local(reference) == "DistinguishedFolderId":
        owner = reference.findtext(f"{{{T}}}Mailbox/{{{T}}}EmailAddress") or visitor.address
        box = double.opened(visitor, owner)
        return box, box.known(reference.get("Id"))
    for box in double.mailboxes.values():
        if reference.get("Id") in box.folders:
            return double.opened(visitor, box.address), box.folders[reference.get("Id")]
    raise RefusedError("ErrorFolderNotFound", "The specified folder could not be found in the store.")


def _item(double: "Double", visitor: "Visitor", reference: Element) -> tuple[Mailbox, Item]:
    for box in double.mailboxes.values():
        for folder in box.folders.values():
            for item in folder.items:
                if item.id == reference.get("Id"):
                    return double.opened(visitor, box.address), item
    raise RefusedError("ErrorItemNotFound", "The specified object was not found in the store.")


def _each(operation: str, references: Any, act: Callable[[Element], list[Element]]) -> Element:
    """One message for each part; a part that is refused refuses only itself."""
    messages = []
    for reference in references:
        try:
            messages.append(message(operation, *act(reference)))
        except RefusedError as error:
            parts = [m.Items()] if operation in {"GetItem", "CreateItem", "MoveItem", "UpdateItem"} else []
            messages.append(message(operation, *parts, error=error))
    return answer(operation, messages)


def get_folder(double: "Double", visitor: "Visitor", request: Element) -> Element:
    def one(reference: Element) -> list[Element]:
        return [m.Folders(folder_shown(*_folder(double, visitor, reference)))]

    return _each("GetFolder", request.find(f"{{{M}}}FolderIds"), one)


def find_folder(double: "Double", visitor: "Visitor", request: Element) -> Element:
    condition = request.find(f"{{{M}}}Restriction")

    def one(reference: Element) -> list[Element]:
        box, parent = _folder(double, visitor, reference)
        deep = request.get("Traversal") == "Deep"
        found = [one for one in box.folders.values() if one.parent is parent or (deep and _is_below(one, parent))]
        if condition is not None:
            constant = condition[0].find(f".//{{{T}}}Constant").get("Value")
            found = [one for one in found if one.name == constant]
        shown_ones = [folder_shown(box, one) for one in found]
        root = m.RootFolder(t.Folders(*shown_ones), TotalItemsInView=str(len(found)), IncludesLastItemInRange="true")
        return [root]

    return _each("FindFolder", request.find(f"{{{M}}}ParentFolderIds"), one)


def _is_below(folder: Folder, parent: Folder) -> bool:
    above = folder.parent
    while above is not None and above is not parent:
        above = above.parent
    return above is parent


def create_folder(double: "Double", visitor: "Visitor", request: Element) -> Element:
    box, parent = _folder(double, visitor, request.find(f"{{{M}}}ParentFolderId")[0])

    def one(described: Element) -> list[Element]:
        name = described.findtext(f"{{{T}}}DisplayName")
        if box.named(name):
            raise RefusedError("ErrorFolderExists", "A folder with the specified name already exists.")
        made = box.add(name, parent=parent)
        return [m.Folders(t.Folder(t.FolderId(Id=made.id, ChangeKey="AQAAAA==")))]

    return _each("CreateFolder", request.find(f"{{{M}}}Folders"), one)


def find_item(double: "Double", visitor: "Visitor", request: Element) -> Element:
    names, extended = wanted(request.find(f"{{{M}}}ItemShape"))
    condition = request.find(f"{{{M}}}Restriction")
    view = request.find(f"{{{M}}}IndexedPageItemView")
    window = request.find(f"{{{M}}}CalendarView")
    order = request.find(f"{{{M}}}SortOrder")

    def one(reference: Element) -> list[Element]:
        _, folder = _folder(double, visitor, reference)
        found = [item for item in folder.items if condition is None or matches(item, condition[0])]
        if window is not None:
            found = [item for item in found if _overlaps(item, window)]
        found = ordered(found, order)
        start = int(view.get("Offset", "0")) if view is not None else 0
        most = int(view.get("MaxEntriesReturned", "1000")) if view is not None else 1000
        page = found[start : start + min(most, 1000)]
        options = {"TotalItemsInView": str(len(found))}
        if view is not None:
            options["IndexedPagingOffset"] = str(start + len(page))
        options["IncludesLastItemInRange"] = "true" if start + len(page) >= len(found) else "false"
        searchable = names - {"MimeContent", "RequiredAttendees", "OptionalAttendees", "Resources", "Body"}
        items = t.Items(*(shown(item, searchable, extended) for item in page))
        return [m.RootFolder(items, **options)]

    return _each("FindItem", request.find(f"{{{M}}}ParentFolderIds"), one)


def _overlaps(item: Item, window: Element) -> bool:
    from tests.servers.exchange.store import instant

    begins, ends = instant(window.get("StartDate")), instant(window.get("EndDate"))
    return item.kind == "CalendarItem" and item.start < ends and item.end > begins


def get_item(double: "Double", visitor: "Visitor", request: Element) -> Element:
    names, extended = wanted(request.find(f"{{{M}}}ItemShape"))

    def one(reference: Element) -> list[Element]:
        _, item = _item(double, visitor, reference)
        if "MimeContent" in names and item.raw in double.unreadable:
            raise RefusedError("ErrorMimeContentConversionFailed", "The conversion of the MIME content failed.")
        return [m.Items(shown(item, names, extended))]

    return _each("GetItem", request.find(f"{{{M}}}ItemIds"), one)


def move_item(double: "Double", visitor: "Visitor", request: Element) -> Element:
    _, target = _folder(double, visitor, request.find(f"{{{M}}}ToFolderId")[0])

    def one(reference: Element) -> list[Element]:
        _, item = _item(double, visitor, reference)
        item.folder.items.remove(item)
        item.folder = target
        target.items.append(item)
        item.rename()
        item.touch()
        return [m.Items(getattr(t, item.kind)(item_id(item)))]

    return _each("MoveItem", request.find(f"{{{M}}}ItemIds"), one)


def delete_item(double: "Double", visitor: "Visitor", request: Element) -> Element:
    def one(reference: Element) -> list[Element]:
        box, item = _item(double, visitor, reference)
        if item.kind == "CalendarItem" and request.get("SendMeetingCancellations", "SendToNone") != "SendToNone":
            meetings.invite(double, box, item, cancelled=True)
        discard(box, item, hard=request.get("DeleteType") == "HardDelete")
        return []

    return _each("DeleteItem", request.find(f"{{{M}}}ItemIds"), one)


def discard(box: Mailbox, item: Item, *, hard: bool = False) -> None:
    item.folder.items.remove(item)
    if not hard:
        item.folder = box.known("deleteditems")
        item.folder.items.append(item)
        item.rename()
        item.touch()


def create_item(double: "Double", visitor: "Visitor", request: Element) -> Element:
    target = request.find(f"{{{M}}}SavedItemFolderId")
    disposition = request.get("MessageDisposition", "SaveOnly")
    telling = request.get("SendMeetingInvitations", "SendToNone") != "SendToNone"

    def one(described: Element) -> list[Element]:
        box = double.opened(visitor, visitor.address)
        if local(described) == "CancelCalendarItem":
            return _cancel(double, visitor, described)
        if local(described) == "CalendarItem":
            return _create_meeting(double, box, described, telling=telling)
        raw = base64.b64decode(described.findtext(f"{{{T}}}MimeContent") or "")
        if len(raw) > double.largest:
            raise RefusedError("ErrorMessageSizeExceeded", "The message exceeds the maximum supported size.")
        if disposition != "SaveOnly":
            double.transport(box, described, raw)
            if disposition == "SendOnly":
                return [m.Items()]
        _, folder = _folder(double, visitor, target[0]) if target is not None else (box, box.known("drafts"))
        return [m.Items(t.Message(item_id(_saved(double, box, folder, described, raw))))]

    return _each("CreateItem", request.find(f"{{{M}}}Items"), one)


def _saved(double: "Double", box: Mailbox, folder: Folder, described: Element, raw: bytes) -> Item:
    if box.full:
        raise RefusedError("ErrorQuotaExceeded", "The mailbox is full.")
    values = {**message_values(raw, double.now()), "IsRead": described.findtext(f"{{{T}}}IsRead") or "false"}
    item = Item(kind="Message", folder=folder, raw=raw, received=double.now(), values=values)
    item.properties.update(_properties(described))
    folder.items.append(item)
    return item


def _properties(described: Element) -> Mapping[Any, str]:
    return {
        property_key(one.find(f"{{{T}}}ExtendedFieldURI")): one.findtext(f"{{{T}}}Value")
        for one in described.findall(f"{{{T}}}ExtendedProperty")
    }


def _create_meeting(double: "Double", box: Mailbox, described: Element, *, telling: bool) -> list[Element]:
    calendar = box.known("calendar")
    if box.full:
        raise RefusedError("ErrorQuotaExceeded", "The mailbox is full.")
    values = {**_EVENT_DEFAULTS, "Organizer": meetings.organizer_of(box), **_values(described)}
    values.setdefault("UID", f"040000008200E00074C5B7101A82E008{len(calendar.items):08x}")
    _blame_attendees(values)
    item = Item(kind="CalendarItem", folder=calendar, received=double.now(), values=values)
    item.values.update(DateTimeCreated=written(double.now()), DateTimeStamp=written(double.now()))
    item.properties.update(_properties(described))
    calendar.items.append(item)
    if telling:
        item.values["MeetingRequestWasSent"] = "true"
        meetings.invite(double, box, item)
    return [m.Items(t.CalendarItem(item_id(item)))]


def _blame_attendees(values: Mapping[str, Any]) -> None:
    for name in ("RequiredAttendees", "OptionalAttendees"):
        for address in values.get(name) if values.get(name) is not None else ():
            if "@" not in (address.findtext(f"{{{T}}}Mailbox/{{{T}}}EmailAddress") or ""):
                raise RefusedError("ErrorInvalidRecipients", "At least one recipient is not valid.")


def _values(described: Element) -> Iterator[Any]:
    found: dict[str, Any] = {}
    for part in described:
        name = local(part)
        if name not in {"ExtendedProperty", "MimeContent"}:
            found[name] = copy.deepcopy(part) if len(part) or part.attrib else part.text or ""
    return found  # type: ignore[return-value]


def _cancel(double: "Double", visitor: "Visitor", described: Element) -> list[Element]:
    box, item = _item(double, visitor, described.find(f"{{{T}}}ReferenceItemId"))
    if described.find(f"{{{T}}}ReferenceItemId").get("ChangeKey") != item.key:
        raise RefusedError("ErrorIrresolvableConflict", "The send or update operation could not be performed.")
    item.values["AppointmentSequenceNumber"] = str(int(item.values["AppointmentSequenceNumber"]) + 1)
    meetings.invite(double, box, item, cancelled=True)
    discard(box, item)
    return [m.Items(t.MeetingCancellation(item_id(item)))]


def update_item(double: "Double", visitor: "Visitor", request: Element) -> Element:
    telling = request.get("SendMeetingInvitationsOrCancellations", "SendToNone") != "SendToNone"

    def one(change: Element) -> list[Element]:
        box, item = _item(double, visitor, change[0])
        if double.stale > 0:
            double.stale -= 1
            item.touch()
            raise RefusedError("ErrorIrresolvableConflict", "The send or update operation could not be performed.")
        before = dict(item.values)
        for update in change.find(f"{{{T}}}Updates"):
            _apply(item, update)
        item.touch()
        if item.kind == "CalendarItem" and telling:
            meetings.changed(item, before)
            meetings.invite(double, box, item)
        return [m.Items(getattr(t, item.kind)(item_id(item))), m.ConflictResults(t.Count("0"))]

    return _each("UpdateItem", request.find(f"{{{M}}}ItemChanges"), one)


def _apply(item: Item, update: Element) -> None:
    uri = update[0]
    if local(uri) == "ExtendedFieldURI":
        if local(update) == "DeleteItemField":
            item.properties.pop(property_key(uri), None)
        else:
            item.properties.update(_properties(update[1]))
        return
    name = uri.get("FieldURI").partition(":")[2]
    if local(update) == "DeleteItemField":
        item.values.pop(name, None)
    else:
        item.values.update(_values(update[1]))  # type: ignore[call-overload]


def cannot(double: "Double", visitor: "Visitor", request: Element) -> Element:
    raise RefusedError("ErrorInvalidOperation", f"the double cannot {local(request)}")
