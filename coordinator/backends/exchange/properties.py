"""Properties of Exchange items that the library does not know by itself."""

from exchangelib import CalendarItem, ExtendedProperty, Message

OURS = "6e0f3a0e-6b1c-4f0b-9c55-3f4c1a8d2e71"
"""The set in which our own properties stand."""
HEADERS = "transport_headers"
UID, STATE = "coordinator_uid", "coordinator_state"


class TransportHeaders(ExtendedProperty):  # type: ignore[misc]
    """PidTagTransportMessageHeaders: the headers of a mail as they came."""

    property_tag = 0x007D
    property_type = "String"


class MessageFlags(ExtendedProperty):  # type: ignore[misc]
    """PidTagMessageFlags: 1 = read, and no draft."""

    property_tag = 0x0E07
    property_type = "Integer"


class MeetingUid(ExtendedProperty):  # type: ignore[misc]
    """The UID of a meeting of ours: the server's own cannot be searched for."""

    property_set_id = OURS
    property_name = "coordinator-uid"
    property_type = "String"


class MeetingState(ExtendedProperty):  # type: ignore[misc]
    """What we put there last, so that doing it again does nothing."""

    property_set_id = OURS
    property_name = "coordinator-state"
    property_type = "String"


def register() -> None:
    """Makes them fields, once."""
    for kind, name, property_ in (
        (Message, HEADERS, TransportHeaders),
        (Message, "message_flags", MessageFlags),
        (CalendarItem, UID, MeetingUid),
        (CalendarItem, STATE, MeetingState),
    ):
        if name not in {field.name for field in kind.FIELDS}:
            kind.register(name, property_)
