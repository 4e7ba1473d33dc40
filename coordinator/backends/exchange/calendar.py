"""Our meetings in a calendar on Exchange, which invites by itself, follows the answers, and knows who is free.

A meeting carries its UID and what we put there last in two properties of ours, so that doing it again does nothing.
"""

import contextlib
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from exchangelib import Attendee, Body, CalendarItem, EWSDateTime, EWSTimeZone, Mailbox
from exchangelib import errors as ews
from exchangelib.folders import Calendar, DeletedItems
from exchangelib.items import SEND_TO_ALL_AND_SAVE_COPY

from coordinator.backends import Kept, Response
from coordinator.backends.exchange import Settings
from coordinator.backends.exchange.account import Connection
from coordinator.backends.exchange.properties import STATE, UID, register
from coordinator.backends.portions import Closing
from coordinator.core.effects import Invite
from coordinator.errors import BackendError
from coordinator.faults import point

PARTSTATS = {"Accept": "ACCEPTED", "Decline": "DECLINED", "Tentative": "TENTATIVE"}
_FIELDS = (
    ("start", "end"),
    ("subject", "body", "location", "resources"),
    ("required_attendees",),
)
"""What changes together. What did not change is not sent: naming people anew would forget what they answered."""
_STALE = (ews.ErrorIrresolvableConflict, ews.ErrorInvalidChangeKey, ews.ErrorStaleObject, ews.ErrorChangeKeyRequired)
_NO_CALENDAR = (ews.ErrorFolderNotFound, ews.ErrorNonExistentMailbox)
_TRIES = 3

register()


class ExchangeCalendar(Closing):
    def __init__(self, settings: Settings, connection: Connection) -> None:
        self._settings = settings
        self._on = connection
        self._folder = connection.folder(Calendar)
        self._deleted = connection.folder(DeletedItems)
        self._rooms: Mapping[str, str] | None = None

    def book(self, invite: Invite) -> bool:
        with self._told():
            for left in reversed(range(_TRIES)):
                found = self._found(self._folder, invite.uid)
                try:
                    return self._cancelled(invite, found) if invite.method == "CANCEL" else self._put(invite, found)
                except ews.ErrorItemNotFound:
                    # Somebody deleted it since we looked.
                    continue
                except _STALE:
                    if not left:
                        raise
        raise BackendError(f"{self._settings.place}: a meeting changes while we change it – the next run tries again")

    def kept(self, since: datetime) -> Kept:
        with self._told():
            point("exchange.calendar.look")
            mine = self._folder.filter(end__gte=_ews(since), **{f"{UID}__exists": True})
            found = [item for item in mine.only("id", UID, STATE) if getattr(item, UID)]
            away = self._deleted.filter(end__gte=_ews(since), **{f"{UID}__exists": True})
            here = {str(getattr(item, UID)) for item in found}
            gone = {
                str(getattr(item, UID))
                for item in away.only("id", UID, STATE)
                if not isinstance(item, Exception) and not str(getattr(item, STATE) or "").startswith("CANCEL")
            }
            answers = self._on.account.fetch(
                ids=[(item.id, item.changekey) for item in found],
                folder=self._folder,
                only_fields=["required_attendees", UID, STATE],
            )
            responses = [one for item in answers if not isinstance(item, Exception) for one in _responses(item)]
        return Kept(responses=tuple(responses), gone=tuple(sorted(gone - here)))

    def busy(
        self, addresses: Sequence[str], start: datetime, end: datetime
    ) -> Mapping[str, tuple[tuple[datetime, datetime], ...]]:
        asked = list(dict.fromkeys(addresses))
        if not asked:
            return {}
        with self._told():
            point("exchange.calendar.busy")
            views = self._on.account.protocol.get_free_busy_info(
                accounts=[(address, "Required", False) for address in asked],
                start=_ews(start),
                end=_ews(end),
                merged_free_busy_interval=30,
                requested_view="FreeBusyMerged",
            )
            known = {}
            for address, view in zip(asked, views, strict=True):
                # Somebody outside the organisation, or whose calendar is hidden.
                if not isinstance(view, Exception) and view.view_type != "None":
                    known[address] = _taken(view)
        return known

    def rooms(self) -> Mapping[str, str]:
        if self._rooms is None:
            self._rooms = {}
            if self._settings.rooms:
                with self._told():
                    found = self._on.account.protocol.get_rooms(self._settings.rooms)
                    self._rooms = {str(room.name): str(room.email_address) for room in found}
        return self._rooms

    def close(self) -> None:
        self._on.close()

    @contextlib.contextmanager
    def _told(self) -> Any:
        with self._on.told():
            try:
                yield
            except _NO_CALENDAR:
                way = 'give it one, or set calendar = "imip"'
                text = f"{self._settings.place}: this mailbox has no calendar – {way}"
                raise BackendError(text, later=False) from None

    def _found(self, folder: Any, uid: str) -> CalendarItem | None:
        point("exchange.calendar.find")
        found = list(folder.filter(**{UID: uid}).only("id", "changekey", STATE))
        return next((item for item in found if not isinstance(item, Exception)), None)

    def _put(self, invite: Invite, found: CalendarItem | None) -> bool:
        state = _state(invite)
        if found is None:
            if invite.sequence > 0 and self._found(self._deleted, invite.uid) is None:
                # Invited by mail before this calendar was used; a second entry with the same name would confuse.
                return False
            point("exchange.calendar.create")
            item = CalendarItem(account=self._on.account, folder=self._folder, uid=invite.uid, **self._values(invite))
            item.save(send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY)
        elif getattr(found, STATE) != state:
            point("exchange.calendar.update")
            before = str(getattr(found, STATE) or "")
            for name, value in self._values(invite).items():
                setattr(found, name, value)
            found.account, found.folder = self._on.account, self._folder
            changed = _changed(before, state)
            found.save(update_fields=changed, send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY)
        point("exchange.calendar.booked")
        return True

    def _cancelled(self, invite: Invite, found: CalendarItem | None) -> bool:
        if found is None:
            return self._found(self._deleted, invite.uid) is not None
        point("exchange.calendar.cancel")
        # First the note that we did it: what lies among deleted things without it was deleted by hand.
        setattr(found, STATE, _state(invite))
        found.account, found.folder = self._on.account, self._folder
        found.save(update_fields=[STATE])
        found.cancel(new_body=Body(invite.description[:2000] or invite.summary))
        point("exchange.calendar.cancelled")
        return True

    def _values(self, invite: Invite) -> dict[str, Any]:
        room = {name.casefold(): address for name, address in self.rooms().items()}.get(invite.place.strip().casefold())
        return {
            "subject": invite.summary[:250],
            "body": Body(invite.description),
            "start": _zoned(invite.start, invite.zone),
            "end": _zoned(invite.end, invite.zone),
            "location": invite.place[:250] or None,
            # Explicit: a bare address would be sent as somebody who has accepted already.
            "required_attendees": [_attendee(one.name, one.address) for one in invite.attendees],
            "resources": [_attendee(invite.place.strip(), room)] if room else None,
            "is_response_requested": True,
            "reminder_is_set": True,
            "reminder_minutes_before_start": 15,
            "legacy_free_busy_status": "Busy",
            "allow_new_time_proposal": True,
            UID: invite.uid,
            STATE: _state(invite),
        }


def _attendee(name: str, address: str) -> Attendee:
    return Attendee(mailbox=Mailbox(name=name, email_address=address), response_type="Unknown")


def _state(invite: Invite) -> str:
    """What people are told, in short: method, sequence, and for each of `_FIELDS` whether it is the same."""
    people = sorted(one.address.casefold() for one in invite.attendees)
    told = (
        (invite.start.isoformat(), invite.end.isoformat()),
        (invite.summary, invite.description, invite.place),
        people,
    )
    shorts = (hashlib.sha256(chr(0).join(part).encode()).hexdigest()[:12] for part in told)
    return "/".join((invite.method, str(invite.sequence), *shorts))


def _changed(before: str, after: str) -> list[str]:
    """Everything, where it is not known what was there before."""
    old, new = before.split("/")[2:], after.split("/")[2:]
    same = [a == b for a, b in zip(old, new, strict=True)] if len(old) == len(new) else [False] * len(new)
    return [STATE, *(name for names, kept in zip(_FIELDS, same, strict=True) if not kept for name in names)]


def _responses(item: CalendarItem) -> Iterable[Response]:
    sequence = str(getattr(item, STATE) or "").split("/")
    for one in item.required_attendees or ():
        partstat = PARTSTATS.get(one.response_type or "")
        if partstat and one.last_response_time and one.mailbox.email_address:
            yield Response(
                uid=str(getattr(item, UID)),
                sequence=int(sequence[1]) if len(sequence) > 1 and sequence[1].isdigit() else 0,
                address=one.mailbox.email_address.casefold(),
                partstat=partstat,
                at=_utc(one.last_response_time),
                start=_utc(one.proposed_start) if one.proposed_start and one.proposed_end else None,
                end=_utc(one.proposed_end) if one.proposed_start and one.proposed_end else None,
            )


def _taken(view: Any) -> tuple[tuple[datetime, datetime], ...]:
    """Tentative counts: somebody who may come elsewhere is not asked to come here."""
    events = view.calendar_events or ()
    return tuple(sorted((_utc(one.start), _utc(one.end)) for one in events if one.busy_type not in {"Free", "NoData"}))


def _zoned(instant: datetime, zone: str) -> EWSDateTime:
    """In the meeting's own zone, so that it keeps its hour when a government changes the rules."""
    try:
        home = EWSTimeZone(zone)
        home.ms_id  # noqa: B018 - a zone that Exchange has no name for
    except (ews.EWSError, ValueError, KeyError, LookupError):
        home = EWSTimeZone("UTC")
    return EWSDateTime.from_datetime(instant).astimezone(home)


def _ews(instant: datetime) -> EWSDateTime:
    return EWSDateTime.from_datetime(instant.astimezone(UTC))


def _utc(instant: Any) -> datetime:
    return datetime.fromtimestamp(instant.timestamp(), tz=UTC)
