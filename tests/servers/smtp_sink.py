"""An SMTP server that keeps what it accepts and fails when it is told to."""

import asyncio
import base64
import contextlib
import os
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.authority import authority
from tests.servers.ports import free_port

USER = "mentoring@example.org"
PASSWORD = "correct horse"
TOKEN = "ya29.a-token"


@dataclass(kw_only=True)
class Sink:
    """replies: what to answer instead of 250, by step ("MAIL", "RCPT", "DATA") or by "RCPT name@domain".

    hang_up: drop the connection "before" or "after" the mail was kept, right after its final dot. goodbye: close the
    connection after each mail. accepted: sender, recipients and bytes of each mail, in order. connections: so far.
    judge: whether a token is good; without one, `TOKEN` is. refusal: what is said to every token.
    onward: takes each mail to each of its recipients, as a mail server does.
    """

    folder: Path
    port: int
    ca: Path
    host: str = "127.0.0.1"
    replies: dict[str, str] = field(default_factory=dict)
    hang_up: str = ""
    goodbye: bool = False
    accepted: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    connections: int = 0
    logins: list[str] = field(default_factory=list)
    judge: Callable[[str], bool] | None = None
    refusal: str = ""
    onward: Callable[[str, bytes], None] | None = None

    def files(self) -> list[Path]:
        """What was accepted, each on the disk before it was acknowledged, in order."""
        return sorted(self.folder.glob("*.eml"))

    def reset(self) -> None:
        """Forget the script and what was accepted."""
        self.replies, self.hang_up, self.goodbye = {}, "", False
        self.accepted, self.logins, self.connections = [], [], 0
        self.judge, self.refusal, self.onward = None, "", None
        for path in self.files():
            path.unlink()


@contextlib.contextmanager
def running(
    folder: Path, *, mode: str = "plain", login: bool = False, pipelining: bool = True, bearer: str = ""
) -> Iterator[Sink]:
    """mode: "plain", "starttls" (required) or "tls". login: refuse mail until somebody logged in.

    bearer: the one mechanism that it takes, "XOAUTH2" or "OAUTHBEARER".
    """
    certificates = authority(folder / "sink-authority")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.certificate, certificates.key)
    kept = folder / "accepted"
    kept.mkdir(parents=True, exist_ok=True)
    sink = Sink(folder=kept, port=free_port(), ca=certificates.ca)
    options: dict[str, Any] = {"enable_SMTPUTF8": True, "decode_data": False, "hostname": "sink.example"}
    if mode == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if login:
        options |= {"authenticator": _authenticator(sink), "auth_required": True, "auth_require_tls": mode != "plain"}
    known = {"LOGIN", "PLAIN", "XOAUTH2", "OAUTHBEARER"}
    options["auth_exclude_mechanism"] = known - {bearer} if bearer else {"OAUTHBEARER"}

    def conversation() -> SMTP:
        sink.connections += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # loopback needs no TLS
            return SMTP(_Keeper(sink, pipelining=pipelining), **options)

    loop = asyncio.new_event_loop()
    listen = loop.create_server(conversation, sink.host, sink.port, ssl=context if mode == "tls" else None)
    server = loop.run_until_complete(listen)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


class _Keeper:
    """What aiosmtpd asks at each step."""

    def __init__(self, sink: Sink, *, pipelining: bool) -> None:
        self._sink = sink
        self._pipelining = pipelining

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self._pipelining else responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self._sink.replies.get("MAIL", "250 2.1.0 OK")
        if reply.startswith("250"):
            envelope.mail_from = address
        return reply

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self._sink.replies.get(f"RCPT {address}") or self._sink.replies.get("RCPT", "250 2.1.5 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        sink = self._sink
        reply = sink.replies.get("DATA", "250 2.0.0 kept")
        if sink.hang_up != "before" and reply.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            _keep(sink.folder / f"{len(sink.accepted) + 1:06d}.eml", content)
            sink.accepted.append((envelope.mail_from or "", list(envelope.rcpt_tos), content))
            for recipient in envelope.rcpt_tos if sink.onward else ():
                await asyncio.to_thread(sink.onward, recipient, content)
        if sink.hang_up:
            server.transport.abort()
        elif sink.goodbye:
            asyncio.get_running_loop().call_later(0.01, server.transport.close)
        return reply

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        return await self._bearer(server, args, f"user={USER}\1auth=Bearer ")

    async def auth_OAUTHBEARER(self, server: SMTP, args: list[str]) -> AuthResult:
        where = f"host={self._sink.host}\1port={self._sink.port}"
        return await self._bearer(server, args, f"n,a={USER},\1{where}\1auth=Bearer ")

    async def _bearer(self, server: SMTP, args: list[str], before: str) -> AuthResult:
        """As the large providers do: a refusal is a challenge first, which must be answered (by nothing)."""
        said = base64.b64decode(args[1]).decode() if len(args) > 1 else ""
        self._sink.logins.append(args[0])
        token = said.removeprefix(before).removesuffix("\1\1")
        judge = self._sink.judge or (lambda token: token == TOKEN)
        if self._sink.refusal:
            await server.push(self._sink.refusal)
            return AuthResult(success=False, handled=True)
        if said == f"{before}{token}\1\1" and judge(token):
            return AuthResult(success=True)
        await server.challenge_auth(base64.b64encode(b'{"status":"401"}'), encode_to_b64=False)
        return AuthResult(success=False, handled=False)


def _authenticator(sink: Sink) -> Any:
    def judge(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        sink.logins.append(mechanism)
        good = isinstance(data, LoginPassword) and data == LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    return judge


def _keep(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
