"""Meetings in a calendar whose server invites by itself: handed over, answers taken back, and who is taken when.

Without such a calendar invitations are mails, and none of this happens.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from coordinator.backends import Calendar, Outbox, Response, SendError
from coordinator.core.effects import Invite
from coordinator.core.reading import CalendarReply, Envelope, Reading
from coordinator.core.receive import receive
from coordinator.core.records import Letter, Participant
from coordinator.errors import BackendError, CoordinatorError, RefusedError
from coordinator.faults import point
from coordinator.tick.round import Round

HORIZON = timedelta(days=60)
"""How far ahead it is asked who is taken; servers answer for 62 days at most."""
SAME = timedelta(minutes=10)
"""An answer that came by mail and stands in the calendar is one answer."""
PAST = timedelta(days=1)

Span = tuple[datetime, datetime]


class Agenda:
    """calendar: opened when it is first needed; None when invitations go by mail."""

    def __init__(self, opened: Callable[[], Calendar | None]) -> None:
        self._opened = opened
        self._is_open = False
        self._calendar: Calendar | None = None
        self._taken: dict[str, tuple[Span, ...]] = {}

    @property
    def calendar(self) -> Calendar | None:
        if not self._is_open:
            self._is_open = True
            self._calendar = self._opened()
        return self._calendar

    def _give_up(self, round_: Round, error: CoordinatorError) -> None:
        """For the rest of the tick invitations go by mail."""
        self._is_open, self._calendar = True, None
        round_.account.news.append(f"{error}; invitations go by mail until then")

    def send(self, round_: Round, outbox: Outbox, letter: Letter, raw: bytes) -> None:
        """A letter goes out; what it asks of people's calendars is asked by the calendar itself where there is one."""
        # Here, because most letters carry no calendar.
        from coordinator.formats.ical_own import invite_in, without_calendar

        invite = invite_in(raw) if letter.uid and self.calendar is not None else None
        if invite is not None and self._booked(round_, invite):
            raw = without_calendar(raw)
        outbox.send(sender=round_.settings.chapter.address, recipient=letter.address, raw=raw)

    def _booked(self, round_: Round, invite: Invite) -> bool:
        calendar = self.calendar
        assert calendar is not None
        try:
            return calendar.book(invite)
        except (RefusedError, BackendError) as error:
            if isinstance(error, BackendError) and error.later:
                raise SendError(str(error), scope="server") from error
            self._give_up(round_, error)
            return False

    def take_back(self, round_: Round) -> None:
        """What people answered in their calendars, as if they had written it; and what somebody deleted by hand."""
        calendar = self.calendar
        if calendar is None:
            return
        try:
            kept = calendar.kept(round_.now - PAST)
        except (RefusedError, BackendError) as error:
            if isinstance(error, BackendError) and error.later:
                round_.account.trouble = error
            else:
                self._give_up(round_, error)
            return
        for response in kept.responses:
            _take(round_, response)
        for uid in kept.gone:
            _tell_gone(round_, uid)
        point("answers decided")
        round_.commit()

    def taken(self, round_: Round, person: Participant) -> tuple[Span, ...]:
        """When somebody has something else, as their own calendar says; nothing where that is not known."""
        if self.calendar is None:
            return ()
        if person.id not in self._taken:
            try:
                found = self.calendar.busy([person.address], round_.now, round_.now + HORIZON)
            except CoordinatorError:
                # Whoever offers times can do without; the next mail to that server tells what is wrong with it.
                found = {}
            self._taken[person.id] = found.get(person.address, ())
        return self._taken[person.id]


def _take(round_: Round, response: Response) -> None:
    person = round_.work.participant_at(response.address)
    if person is None or _is_known(round_, person, response):
        return
    reading = _reading(response)
    if round_.work.has_seen(reading.envelope.fingerprint):
        return
    round_.work.see(reading.envelope.fingerprint)
    try:
        decision = receive(round_.program, round_.settings.chapter, round_.work, reading, round_.now)
    except CoordinatorError:
        raise
    except Exception as error:  # noqa: BLE001 - one strange answer never stops the others
        round_.account.failed += 1
        round_.account.news.append(f"an answer in the calendar could not be taken ({type(error).__name__})")
        return
    round_.take(decision)
    round_.account.count(decision.outcome)


def _is_known(round_: Round, person: Participant, response: Response) -> bool:
    """Whether the same answer came by mail already, or concerns nothing that is to come."""
    found = round_.work.meeting(response.uid)
    call = round_.work.call(response.uid)
    meeting = found[1] if found else call[1].meeting if call else None
    if meeting is None or meeting.status != "invited":
        return True
    stamp = meeting.stamps.get(person.id)
    if stamp is None or stamp[0] != response.sequence:
        return response.sequence < meeting.sequence
    return stamp[1] >= response.at or response.at - stamp[1] < SAME


def _reading(response: Response) -> Reading:
    parts = (response.uid, str(response.sequence), response.address, response.partstat, response.at.isoformat())
    name = hashlib.sha256("\0".join((*parts, str(response.start))).encode()).hexdigest()
    reply = CalendarReply(
        method="COUNTER" if response.start else "REPLY",
        uid=response.uid,
        attendee=response.address,
        partstat=response.partstat,
        sequence=response.sequence,
        stamp=response.at,
        start=response.start,
        end=response.end,
    )
    envelope = Envelope(message_id=None, fingerprint=name, sender=response.address, date=response.at, auth="pass")
    return Reading(kind="calendar", envelope=envelope, calendar=reply)


def _tell_gone(round_: Round, uid: str) -> None:
    """Once for each time that it was put there."""
    found = round_.work.meeting(uid)
    if found is None or found[1].status != "invited" or found[1].start <= round_.now:
        return
    pairing, meeting = found
    name = hashlib.sha256(f"gone/{uid}/{meeting.sequence}".encode()).hexdigest()
    if not round_.work.has_seen(name):
        round_.work.see(name)
        day = f"{meeting.start:%Y-%m-%d}"
        round_.account.news.append(
            f"the meeting of {pairing.id} on {day} was deleted from the program's calendar by hand, and still stands:"
            " its next change puts it back; whoever wants it called off answers its invitation"
        )
