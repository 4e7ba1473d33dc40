"""Who is free when, which rooms there are, who somebody is, and what time it is elsewhere."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.servers.exchange.soap import Element, M, RefusedError, T, answer, m, message, t
from tests.servers.exchange.store import Mailbox, instant, mailbox

if TYPE_CHECKING:
    from tests.servers.exchange import Double, Visitor

_DEGREES = {"Free": 0, "Tentative": 1, "Busy": 2, "OOF": 3}
_ZONES = {
    "UTC": ("(UTC) Coordinated Universal Time", "PT0S", None),
    "W. Europe Standard Time": ("(UTC+01:00) Amsterdam, Berlin", "-PT1H", ("3", "10")),
    "Eastern Standard Time": ("(UTC-05:00) Eastern Time (US & Canada)", "PT5H", ("3", "11")),
}


def get_user_availability(double: "Double", visitor: "Visitor", request: Element) -> Element:
    window = request.find(f"{{{T}}}FreeBusyViewOptions/{{{T}}}TimeWindow")
    bias = int(request.findtext(f"{{{T}}}TimeZone/{{{T}}}Bias") or "0")
    begins, ends = (_local(window.findtext(f"{{{T}}}{name}"), bias) for name in ("StartTime", "EndTime"))
    step = int(request.findtext(f"{{{T}}}FreeBusyViewOptions/{{{T}}}MergedFreeBusyIntervalInMinutes") or "30")
    views = []
    for asked in request.find(f"{{{M}}}MailboxDataArray"):
        address = asked.findtext(f"{{{T}}}Email/{{{T}}}Address").casefold()
        box = double.mailboxes.get(address)
        if box is None:
            error = m.ResponseMessage(
                m.MessageText("Unable to resolve e-mail address."),
                m.ResponseCode("ErrorMailRecipientNotFound"),
                m.DescriptiveLinkKey("0"),
                ResponseClass="Error",
            )
            views.append(m.FreeBusyResponse(error, m.FreeBusyView(t.FreeBusyViewType("None"))))
            continue
        views.append(
            m.FreeBusyResponse(
                m.ResponseMessage(m.ResponseCode("NoError"), ResponseClass="Success"),
                _view(box, begins, ends, step, bias),
            )
        )
    return m.GetUserAvailabilityResponse(m.FreeBusyResponseArray(*views))


def _local(text: str, bias: int) -> datetime:
    """Times of this operation are on the clock of the time zone that came with it."""
    return instant(text + ("" if text.endswith("Z") else "Z")) + timedelta(minutes=bias)


def _view(box: Mailbox, begins: datetime, ends: datetime, step: int, bias: int) -> Element:
    taken = [
        (item.start, item.end, item.values.get("LegacyFreeBusyStatus", "Busy"))
        for item in box.known("calendar").items
        if item.start < ends and item.end > begins and item.values.get("LegacyFreeBusyStatus") != "Free"
    ]
    merged, at = "", begins
    while at < ends:
        until = at + timedelta(minutes=step)
        merged += str(max((_DEGREES[how] for start, end, how in taken if start < until and end > at), default=0))
        at = until
    shift = timedelta(minutes=bias)
    events = [
        t.CalendarEvent(
            t.StartTime(f"{start - shift:%Y-%m-%dT%H:%M:%S}"),
            t.EndTime(f"{end - shift:%Y-%m-%dT%H:%M:%S}"),
            t.BusyType(how),
        )
        for start, end, how in sorted(taken)
    ]
    parts = [t.FreeBusyViewType("FreeBusyMerged"), t.MergedFreeBusy(merged)]
    if events:
        parts.append(t.CalendarEventArray(*events))
    return m.FreeBusyView(*parts)


def get_room_lists(double: "Double", visitor: "Visitor", request: Element) -> Element:
    lists = [t.Address(t.Name("Rooms"), t.EmailAddress(double.room_list))] if double.rooms else []
    return m.GetRoomListsResponse(m.ResponseCode("NoError"), m.RoomLists(*lists), ResponseClass="Success")


def get_rooms(double: "Double", visitor: "Visitor", request: Element) -> Element:
    if request.findtext(f".//{{{T}}}EmailAddress") != double.room_list:
        raise RefusedError("ErrorNameResolutionNoResults", "There is no such room list.")
    rooms = [
        t.Room(t.Id(t.Name(name), t.EmailAddress(address), t.RoutingType("SMTP"), t.MailboxType("Mailbox")))
        for name, address in double.rooms.items()
    ]
    return m.GetRoomsResponse(m.ResponseCode("NoError"), m.Rooms(*rooms), ResponseClass="Success")


def resolve_names(double: "Double", visitor: "Visitor", request: Element) -> Element:
    asked = (request.findtext(f"{{{M}}}UnresolvedEntry") or "").removeprefix("smtp:").casefold()
    found = [box for box in double.mailboxes.values() if asked in box.address or asked in box.name.casefold()]
    if not found:
        return answer(
            "ResolveNames", [message("ResolveNames", error=RefusedError("ErrorNameResolutionNoResults", "No results."))]
        )
    resolutions = [t.Resolution(mailbox(box.address, box.name)) for box in found]
    many = m.ResolutionSet(*resolutions, TotalItemsInView=str(len(found)), IncludesLastItemInRange="true")
    return answer("ResolveNames", [message("ResolveNames", many)])


def get_server_time_zones(double: "Double", visitor: "Visitor", request: Element) -> Element:
    asked = [one.text for one in request.findall(f"{{{M}}}Ids/{{{T}}}Id")] or list(_ZONES)
    definitions = [_zone(id_) for id_ in asked if id_ in _ZONES]
    return answer("GetServerTimeZones", [message("GetServerTimeZones", m.TimeZoneDefinitions(*definitions))])


def _zone(id_: str) -> Element:
    name, bias, changes = _ZONES[id_]
    standard = t.Period(Bias=bias, Name="Standard", Id=f"{id_}/Standard")
    if changes is None:
        return t.TimeZoneDefinition(
            t.Periods(standard),
            t.TransitionsGroups(t.TransitionsGroup(t.Transition(t.To(f"{id_}/Standard", Kind="Period")), Id="0")),
            t.Transitions(t.Transition(t.To("0", Kind="Group"))),
            Id=id_,
            Name=name,
        )
    hours = int(bias.strip("-PTH")) * (1 if bias.startswith("-") else -1) + 1
    daylight = t.Period(Bias=f"{'-' if hours > 0 else ''}PT{abs(hours)}H", Name="Daylight", Id=f"{id_}/Daylight")
    group = t.TransitionsGroup(
        *(
            t.RecurringDayTransition(
                t.To(f"{id_}/{kind}", Kind="Period"),
                t.TimeOffset("PT2H"),
                t.Month(month),
                t.DayOfWeek("Sunday"),
                t.Occurrence("-1"),
            )
            for kind, month in (("Daylight", changes[0]), ("Standard", changes[1]))
        ),
        Id="0",
    )
    return t.TimeZoneDefinition(
        t.Periods(standard, daylight),
        t.TransitionsGroups(group),
        t.Transitions(t.Transition(t.To("0", Kind="Group"))),
        Id=id_,
        Name=name,
    )


def convert_id(double: "Double", visitor: "Visitor", request: Element) -> Element:
    """The same id in every format; clients ask to learn whose mailbox it is."""
    converted = []
    for asked in request.find(f"{{{M}}}SourceIds"):
        made = m.AlternateId(Format=request.get("DestinationFormat"), Id=asked.get("Id"), Mailbox=visitor.address)
        made.set("{http://www.w3.org/2001/XMLSchema-instance}type", "t:AlternateIdType")
        converted.append(message("ConvertId", made))
    return answer("ConvertId", converted)
