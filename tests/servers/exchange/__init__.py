"""A double of Microsoft Exchange on loopback: stateful mailboxes and calendars behind real Exchange Web Services.

Every request and every answer is checked against Microsoft's schema where that is at hand; a fault of either shows in
`Double.invalid`, which each test looks at in the end.
"""

import contextlib
import email
import email.utils
import http.server
import ssl
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.servers.exchange import directory, meetings, operations
from tests.servers.exchange.door import Endpoint
from tests.servers.exchange.soap import Element, RefusedError, T, envelope, fault, faults_of, local, parsed
from tests.servers.exchange.store import Item, Mailbox, message_values

PASSWORD = "correct horse"
OPERATIONS: dict[str, Callable[["Double", "Visitor", Element], Element]] = {
    "GetFolder": operations.get_folder,
    "FindFolder": operations.find_folder,
    "CreateFolder": operations.create_folder,
    "FindItem": operations.find_item,
    "GetItem": operations.get_item,
    "CreateItem": operations.create_item,
    "UpdateItem": operations.update_item,
    "MoveItem": operations.move_item,
    "DeleteItem": operations.delete_item,
    "GetUserAvailabilityRequest": directory.get_user_availability,
    "GetRoomLists": directory.get_room_lists,
    "GetRooms": directory.get_rooms,
    "ResolveNames": directory.resolve_names,
    "ConvertId": directory.convert_id,
    "GetServerTimeZones": directory.get_server_time_zones,
}


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who asks. address: whose mailbox they mean when they name none."""

    user: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something to go wrong once. on: an operation, "" = any. how: a status as "503", "hang", "cut", "drop", or a code.

    after: the operation is done all the same, and only the answer goes wrong. back_off: milliseconds.
    """

    how: str
    on: str = ""
    after: bool = False
    back_off: int = 0
    retry_after: int = 0
    body: str = ""


@dataclass(kw_only=True)
class Double:
    """mailboxes: by address. people who may open other mailboxes: `rights`; in anybody's name: `impersonators`.

    requests: every operation so far. invitations: (address, method, UID) of each that went out. largest: bytes of a
    mail. judge: whether a token is good; is_app: whether it is of a program, not of a person. clock: what time it is, None = the real one. plus: mail to name+word@
    reaches name@, as in Exchange Online; in one's own house it does not.
    """

    port: int
    ca: Path | None = None
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    rights: dict[str, set[str]] = field(default_factory=dict)
    impersonators: set[str] = field(default_factory=set)
    passwords: dict[str, str] = field(default_factory=dict)
    judge: Callable[[str], bool] = field(default=lambda _: False)
    is_app: Callable[[str], bool] = field(default=lambda _: False)
    rooms: dict[str, str] = field(default_factory=dict)
    room_list: str = "rooms@example.org"
    sink: Any = None
    faults: deque[Fault] = field(default_factory=deque)
    requests: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    invitations: list[tuple[str, str, str]] = field(default_factory=list)
    sent: list[tuple[str, str, bytes]] = field(default_factory=list)
    unreadable: set[bytes] = field(default_factory=set)
    largest: int = 35_000_000
    stale: int = 0
    plus: bool = False
    clock: datetime | None = None
    lock: Any = field(default_factory=threading.RLock)
    auths: tuple[str, ...] = ("basic", "ntlm", "bearer")
    last: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    @property
    def endpoint(self) -> str:
        return f"{'https' if self.ca else 'http'}://127.0.0.1:{self.port}/EWS/Exchange.asmx"

    def reset(self) -> None:
        """Forget everybody and every script."""
        with self.lock:
            self.__dict__.update(Double(port=self.port, ca=self.ca).__dict__ | {"lock": self.lock})

    def now(self) -> datetime:
        if self.clock is not None:
            return self.clock
        self.last = max(datetime.now(UTC).replace(microsecond=0), self.last)
        return self.last

    def add(self, address: str, name: str = "", *, calendar: bool = True) -> Mailbox:
        box = Mailbox(address, name or address.partition("@")[0].title(), calendar=calendar)
        self.mailboxes[address] = box
        self.passwords.setdefault(address, PASSWORD)
        return box

    def opened(self, visitor: Visitor, address: str) -> Mailbox:
        """A mailbox, if the visitor may look into it."""
        box = self.mailboxes.get(address.casefold())
        if box is None:
            raise RefusedError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
        if address.casefold() != visitor.address and visitor.user not in self.rights.get(address.casefold(), set()):
            raise RefusedError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
        return box

    def deliver(self, address: str, raw: bytes, at: datetime | None = None) -> None:
        """A mail comes in from outside."""
        with self.lock:
            if at is not None:
                self.clock = at
            box = self.mailboxes[address]
            if meetings.from_outside(self, box, raw):
                return
            inbox = box.known("inbox")
            values = message_values(raw, self.now())
            inbox.items.append(Item(kind="Message", folder=inbox, raw=raw, received=self.now(), values=values))

    def mails(self, address: str, folder: str = "Inbox") -> list[bytes]:
        with self.lock:
            known = {"Sent": "Sent Items", "": "Inbox", "INBOX": "Inbox"}.get(folder, folder)
            found = self.mailboxes[address].named(known)
            return [item.raw for item in found.items] if found else []

    def transport(self, box: Mailbox, described: Element, raw: bytes) -> None:
        """Sends a mail on, to people here and elsewhere."""
        named = described.findall(f"{{{T}}}ToRecipients/{{{T}}}Mailbox/{{{T}}}EmailAddress")
        recipients = [one.text for one in named] or in_headers(raw)
        for recipient in recipients:
            if recipient.startswith("nobody@"):
                raise RefusedError("ErrorInvalidRecipients", "At least one recipient is not valid.")
            self.send_out(box.address, recipient, raw)

    def send_out(self, sender: str, recipient: str, raw: bytes) -> None:
        self.sent.append((sender, recipient, raw))
        local, _, domain = recipient.casefold().rpartition("@")
        box = f"{local.partition('+')[0]}@{domain}" if self.plus else recipient.casefold()
        if box in self.mailboxes:
            self.deliver(box, raw)
        elif self.sink is not None:
            meetings.sent(self.sink.host, self.sink.port, sender, recipient, raw)

    def accept(self, address: str, uid: str, comment: str = "", **more: Any) -> None:
        self._respond(address, uid, "ACCEPTED", comment=comment, **more)

    def tentative(self, address: str, uid: str, comment: str = "", **more: Any) -> None:
        self._respond(address, uid, "TENTATIVE", comment=comment, **more)

    def decline(self, address: str, uid: str, comment: str = "", **more: Any) -> None:
        self._respond(address, uid, "DECLINED", comment=comment, **more)

    def propose(self, address: str, uid: str, start: datetime, end: datetime) -> None:
        self._respond(address, uid, "TENTATIVE", proposed=(start, end))

    def delegate(self, address: str, uid: str, by: str) -> None:
        """Somebody else accepts in this person's name."""
        self._respond(address, uid, "ACCEPTED", delegate=by)

    def delete_by_hand(self, address: str, uid: str) -> None:
        """In Outlook, without telling anybody."""
        with self.lock:
            box = self.mailboxes[address]
            item = box.meeting(uid)
            assert item is not None
            operations.discard(box, item)

    def take(self, address: str, start: datetime, end: datetime, how: str = "Busy") -> None:
        """Somebody has something else to do."""
        with self.lock:
            calendar = self.mailboxes[address].known("calendar")
            values = {"Start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "End": f"{end:%Y-%m-%dT%H:%M:%SZ}"}
            values.update(LegacyFreeBusyStatus=how, Subject="Something else")
            calendar.items.append(Item(kind="CalendarItem", folder=calendar, received=self.now(), values=values))

    def _respond(self, address: str, uid: str, partstat: str, **more: Any) -> None:
        with self.lock:
            meetings.respond(self, address, uid, partstat, **more)

    def counted(self) -> Counter[str]:
        return Counter(self.requests)

    def answered(self, user: str, raw: bytes) -> bytes:
        """One request to its answer; RefusedError becomes a fault of the whole."""
        request, header = parsed(raw)
        operation = local(request)
        self.requests.append(operation)
        self._check(f"request {operation}", request)
        try:
            visitor = self._visitor(user, header)
            made = OPERATIONS.get(operation, operations.cannot)(self, visitor, request)
        except RefusedError as error:
            return fault(error.code, error.text)
        except Exception as error:  # noqa: BLE001 - the test that asked fails by `invalid`
            self.invalid.append(f"{operation}: {error!r}")
            return fault("ErrorInternalServerError", "The double is broken.")
        self._check(f"answer to {operation}", made)
        return envelope(made)

    def _visitor(self, user: str, header: Element | None) -> Visitor:
        named = header.findtext(f".//{{{T}}}PrimarySmtpAddress") if header is not None else None
        if named is None:
            return Visitor(user=user, address=user)
        if user not in self.impersonators:
            raise RefusedError("ErrorImpersonateUserDenied", "The account does not have permission to impersonate.")
        if named.casefold() not in self.mailboxes:
            raise RefusedError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
        return Visitor(user=user, address=named.casefold())

    def _check(self, what: str, element: Element) -> None:
        self.invalid.extend(f"{what}: {one}" for one in faults_of(element))

    def fault_for(self, raw: bytes) -> Fault | None:
        for one in self.faults:
            if not one.on or b":" + one.on.encode() in raw:
                self.faults.remove(one)
                return one
        return None


def in_headers(raw: bytes) -> list[str]:
    """Whom a mail names itself."""
    parsed = email.message_from_bytes(raw.partition(b"\r\n\r\n")[0])
    fields = [value for name in ("To", "Cc", "Bcc") for value in parsed.get_all(name, [])]
    return [address for _, address in email.utils.getaddresses(fields) if "@" in address]


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is nothing to talk about."""


@contextlib.contextmanager
def running(folder: Path | None = None, *, tls: bool = False) -> Iterator[Double]:
    server = _Server(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    double = Double(port=server.server_address[1])
    if tls:
        from tests.servers.authority import authority

        assert folder is not None
        files = authority(folder / "exchange")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(files.certificate, files.key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        double.ca = files.ca
    server.RequestHandlerClass = type("Served", (Endpoint,), {"double": double})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
