"""One connection to an SMTP server, logged in: smtplib, with every way to fail told apart.

What counts is the final dot. Before it, a broken connection means "not sent"; after it, nobody knows.
"""

import base64
import contextlib
import re
import select
import smtplib
from collections.abc import Iterator, Sequence

from coordinator.backends import SendError
from coordinator.backends.secrets import Secret
from coordinator.backends.smtp import Settings
from coordinator.backends.smtp_replies import refusal
from coordinator.backends.wire import CONNECT_SECONDS, READ_SECONDS, encryption, faults_told, refused, tidy
from coordinator.errors import BackendError, LoginError
from coordinator.faults import point

AFTER_DOT_SECONDS = 600
"""RFC 5321 §4.5.3.2.6. Less makes duplicates: the server may be scanning a mail that it is about to accept."""

GOODBYE_SECONDS = 5
STEPS = ("MAIL", "RCPT", "DATA")
_ANY_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)

Reply = tuple[int, bytes]


class Session:
    """Connects and logs in. LoginError when that is refused; SendError with scope "server" when it fails."""

    def __init__(self, settings: Settings) -> None:
        self._place = settings.place
        secret = settings.secret
        try:
            self._smtp = self._entered(settings, secret.read() if secret else "")
        except LoginError:
            if secret is None or secret.grant is None:
                raise
            # The token that was kept may have been revoked; a new one tells.
            self._smtp = self._entered(settings, secret.read(fresh=True))

    def _entered(self, settings: Settings, value: str) -> smtplib.SMTP:
        with _as_send_errors(self._place):
            point("smtp.connect")
            return _connected(settings, value)

    def is_ready(self) -> bool:
        """Whether nobody has hung up. A server that speaks without being asked says goodbye."""
        sock = self._smtp.sock
        return sock is not None and not select.select([sock], [], [], 0)[0]

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        commands = self._envelope(sender, recipient, raw)
        with self._exchange():
            replies = self._ask(commands)
        fault = _first_fault(replies)
        if fault is not None:
            self._abandon(replies)
            raise refusal(self._place, *fault)
        with self._exchange():
            point("smtp.data")
            self._smtp.send(_as_data(raw))
        self._hear_verdict()
        point("smtp.accepted")

    def close(self) -> None:
        if self._smtp.sock is not None:
            with contextlib.suppress(OSError):
                self._smtp.sock.settimeout(GOODBYE_SECONDS)
                self._smtp.quit()
        self._smtp.close()

    @contextlib.contextmanager
    def _exchange(self) -> Iterator[None]:
        """A break in it ends the connection: what would be read next belongs to no command."""
        try:
            with _as_send_errors(self._place):
                yield
        except BaseException:
            self._smtp.close()
            raise

    def _envelope(self, sender: str, recipient: str, raw: bytes) -> Sequence[bytes]:
        sender, recipient = _with_ascii_domain(sender), _with_ascii_domain(recipient)
        options = f" SIZE={len(raw)}" if self._smtp.has_extn("size") else ""
        if not raw.isascii() and self._smtp.has_extn("8bitmime"):
            options += " BODY=8BITMIME"
        if not (sender + recipient).isascii():
            if not self._smtp.has_extn("smtputf8"):
                text = f"{self._place}: the server cannot send to an address with letters beyond ASCII"
                raise SendError(text, scope="recipient", status="5.6.7", later=False)
            options += " SMTPUTF8"
        commands = (f"MAIL FROM:<{sender}>{options}\r\n", f"RCPT TO:<{recipient}>\r\n", "DATA\r\n")
        return tuple(command.encode() for command in commands)

    def _ask(self, commands: Sequence[bytes]) -> list[Reply]:
        """Replies up to the first fault; all of them from a server that takes commands in one go (RFC 2920)."""
        if self._smtp.has_extn("pipelining"):
            point("smtp.envelope")
            self._smtp.send(b"".join(commands))
            return [self._reply_to(step) for step in STEPS]
        replies: list[Reply] = []
        for step, command in zip(STEPS, commands, strict=True):
            point("smtp.envelope")
            self._smtp.send(command)
            replies.append(self._reply_to(step))
            if _first_fault(replies):
                break
        return replies

    def _reply_to(self, step: str) -> Reply:
        point(f"smtp.{step.lower()}.answer")
        return self._smtp.getreply()

    def _abandon(self, replies: Sequence[Reply]) -> None:
        """Leave the connection fit for the next mail, or close it."""
        try:
            if any(code == 421 for code, _ in replies):
                self._smtp.close()
                return
            if len(replies) == len(STEPS) and replies[-1][0] == 354:
                # Sent ahead of the refusal; without recipients, an empty mail goes nowhere (RFC 2920 §3.1).
                self._smtp.send(b".\r\n")
                self._smtp.getreply()
            self._smtp.docmd("RSET")
        except OSError:
            self._smtp.close()

    def _hear_verdict(self) -> None:
        try:
            point("smtp.verdict")
            sock = self._smtp.sock
            assert sock is not None
            sock.settimeout(AFTER_DOT_SECONDS)
            code, text = self._smtp.getreply()
            sock.settimeout(READ_SECONDS)
        except OSError as error:
            self._smtp.close()
            said = f"{self._place}: the connection broke after the mail was complete – it may have been sent"
            raise SendError(said, scope="uncertain") from error
        except BaseException:
            self._smtp.close()
            raise
        if not 200 <= code < 300:
            fault = refusal(self._place, "message", code, text)
            if fault.scope == "uncertain" or code == 421:
                self._smtp.close()
            raise fault


@contextlib.contextmanager
def _as_send_errors(place: str) -> Iterator[None]:
    try:
        with faults_told(place):
            yield
    except BackendError as error:
        raise SendError(str(error), scope="server", later=error.later) from error


def _connected(settings: Settings, value: str) -> smtplib.SMTP:
    """Greeted, encrypted, logged in; or an error, and closed."""
    try:
        smtp = _opened(settings)
    except smtplib.SMTPConnectError as error:
        raise BackendError(f"{settings.place}: the server is not available now: {error.smtp_code}") from error
    try:
        _greet(smtp, settings)
        if settings.secret:
            _log_in(smtp, settings, settings.secret, value)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _opened(settings: Settings) -> smtplib.SMTP:
    context = encryption(settings)
    # A name of our own choosing: asking the network for one may take half a minute.
    hello = settings.hello or settings.username.rpartition("@")[2] or "localhost"
    where, seconds = (settings.host, settings.port), CONNECT_SECONDS
    if context is None or settings.starttls:
        return smtplib.SMTP(*where, local_hostname=hello, timeout=seconds)
    return smtplib.SMTP_SSL(*where, local_hostname=hello, timeout=seconds, context=context)


def _greet(smtp: smtplib.SMTP, settings: Settings) -> None:
    assert smtp.sock is not None
    smtp.sock.settimeout(READ_SECONDS)
    smtp.ehlo_or_helo_if_needed()
    if settings.starttls:
        if not smtp.has_extn("starttls"):
            text = f"{settings.place}: the server, or somebody between, does not offer STARTTLS – nothing was sent"
            raise BackendError(text, later=False)
        smtp.starttls(context=encryption(settings))
        smtp.ehlo_or_helo_if_needed()


def _log_in(smtp: smtplib.SMTP, settings: Settings, secret: Secret, value: str) -> None:
    user = settings.username
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    challenges: list[bytes] = []
    if secret.kind == "token":
        code, text = _with_token(smtp, settings, value, offered, challenges)
    elif "PLAIN" in offered:
        code, text = _authenticated(smtp, "PLAIN", f"\0{user}\0{value}")
    elif "LOGIN" in offered:
        code, text = _authenticated(smtp, "LOGIN", None, user, value)
    else:
        raise LoginError(f"{settings.place}: the server offers no login that we know – check port and starttls")
    if code in {235, 503}:
        return
    said = tidy(text, value, user)
    if 400 <= code < 500:
        raise BackendError(f"{settings.place}: the server is not available now: {code} {said}")
    words = text.decode("utf-8", "replace")
    raise refused(settings.place, f"{code} {said}", secret, value, user, b"".join(challenges), words=words)


def _with_token(
    smtp: smtplib.SMTP, settings: Settings, token: str, offered: Sequence[str], challenges: list[bytes]
) -> Reply:
    """Fills `challenges` with what the server says of a token that it refuses."""
    from coordinator.backends.oauth.sasl import ending, mechanism, opening

    name = mechanism(offered)
    said = opening(name, user=settings.username, token=token, host=settings.host, port=settings.port)
    code, text = _authenticated(smtp, name, said)
    if code == 334:
        challenges.append(text)
        code, text = smtp.docmd(_base64(ending(name)))
    return code, text


def _authenticated(smtp: smtplib.SMTP, mechanism: str, first: str | None, *answers: str) -> Reply:
    """The last reply to AUTH (RFC 4954); smtplib's own refuses letters beyond ASCII and tries one way after another."""
    opening = mechanism if first is None else f"{mechanism} {_base64(first)}"
    code, text = smtp.docmd("AUTH", opening)
    for answer in answers:
        if code != 334:
            break
        code, text = smtp.docmd(_base64(answer))
    return code, text


def _first_fault(replies: Sequence[Reply]) -> tuple[str, int, bytes] | None:
    for step, (code, text) in zip(STEPS, replies, strict=False):
        if not (code == 354 if step == "DATA" else 200 <= code < 300):
            return step, code, text
    return None


def _as_data(raw: bytes) -> bytes:
    """CRLF only, since a lone line end is how commands are smuggled (RFC 5321 §2.3.8); leading dots doubled."""
    pairs = raw.count(b"\r\n")
    body = raw if raw.count(b"\n") == pairs == raw.count(b"\r") else _ANY_LINE_END.sub(b"\r\n", raw)
    body = _LEADING_DOT.sub(b"..", body) if body.startswith(b".") or b"\n." in body else body
    return body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n")


def _with_ascii_domain(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return local + at + domain.encode("idna").decode("ascii")
    except UnicodeError:
        return address


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
