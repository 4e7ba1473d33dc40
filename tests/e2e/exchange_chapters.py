"""A chapter whose mailbox, and perhaps calendar, is on Exchange; and one whose servers take access tokens alone."""

import email
import email.policy
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coordinator import config
from coordinator.backends.oauth.cache import keep
from coordinator.backends.oauth.tokens import Tokens
from coordinator.simulate import rsvp
from coordinator.simulate.letters import Received
from coordinator.tick import Account
from tests.cli.running import with_pair
from tests.e2e.chapters import ADAM, MONA, Chapter, ServerMail
from tests.servers.dovecot import Dovecot
from tests.servers.exchange import PASSWORD, Double
from tests.servers.oauth import CLIENT, Provider
from tests.servers.smtp_sink import Sink

_QUARTER = timedelta(minutes=15)
OURS, CHIEF = "mentoring@example.org", "chief@example.org"
HERE = {MONA: "Mona Ek", ADAM: "Adam Poe", CHIEF: "Chief"}
"""People of the organisation; Maya is elsewhere."""


@dataclass
class ExchangeMail:
    """taken: how many of the mails that went out were seen."""

    double: Double
    taken: int = 0

    def collect(self) -> Sequence[bytes]:
        """Letters of the program, without what Exchange sends by itself."""
        new = self.double.sent[self.taken :]
        self.taken = len(self.double.sent)
        letters = [(to, raw) for _, to, raw in new if b"\r\nX-Coordinator-Id:" in raw]
        return [b"Delivered-To: " + to.encode() + b"\r\n" + raw for to, raw in letters]

    def deliver(self, raw: bytes, at: datetime) -> None:
        self.double.deliver(OURS, raw, at)

    def waiting(self) -> list[bytes]:
        return self.double.mails(OURS)

    def processed(self) -> list[bytes]:
        return self.double.mails(OURS, "Processed")

    def quarantined(self) -> list[bytes]:
        return self.double.mails(OURS, "Quarantine")


@dataclass
class ExchangeChapter(Chapter):
    """Answers to invitations are given in people's calendars, where those are on Exchange."""

    double: Any = None

    def tick(self, now: datetime | None = None, **options: Any) -> Account:
        self.double.clock = now or self.now
        return super().tick(now, **options)

    def rsvp(self, letter: Received, partstat: str, *, client: str = "outlook_web", **more: Any) -> Account:
        if config.load(self.folder).calendar is None:
            return super().rsvp(letter, partstat, client=client, **more)
        who, uid = letter.parent.recipient, self.uid_of(letter)
        self.double.clock = self.now
        if who in self.double.mailboxes:
            answer = {"ACCEPTED": self.double.accept, "DECLINED": self.double.decline}[partstat]
            answer(who, uid, **more)
        else:
            raw = rsvp.answer(
                self.invitation(who, uid), client, attendee=who, partstat=partstat, comment=more.get("comment", ""),
                now=self.now,
            )  # fmt: skip
            self.double.deliver(OURS, raw, self.now)
        return self.tick(self.now + _QUARTER)

    def uid_of(self, letter: Received) -> str:
        found = self.work().letter_by_message_id(letter.parent.message_id)
        assert found is not None
        return found.uid

    def invitation(self, who: str, uid: str) -> bytes:
        """The newest that Exchange sent to somebody elsewhere."""
        return [raw for _, to, raw in self.double.sent if to == who and _mentions(raw, uid)][-1]


def _mentions(raw: bytes, uid: str) -> bool:
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [part for part in parsed.walk() if part.get_content_type() == "text/calendar"]
    return any(uid in part.get_content().replace("\n ", "").replace("\r\n ", "") for part in parts)


def on_exchange(folder: Path, double: Double, *, calendar: str = "exchange", secret: bytes = b"") -> ExchangeChapter:
    """calendar: who invites. secret: the chapter's key, so that two chapters give the same names."""
    for address, name in {OURS: "Elm", **HERE}.items():
        double.add(address, name)
    chapter = with_pair(folder, "--no-login")
    os.environ["COORDINATOR_TEST_PASSWORD_EWS"] = PASSWORD
    table = f'[exchange]\naddress = "{OURS}"\nendpoint = "{double.endpoint}"\nplaintext = true\n'
    doors = '[inbox]\nbackend = "exchange"\n[outbox]\nbackend = "exchange"\n'
    configure(folder, f'{doors}{table}password_env = "COORDINATOR_TEST_PASSWORD_EWS"\n', calendar=calendar)
    if secret:
        (folder / "secret.key").write_bytes(secret)
    return ExchangeChapter(chapter, ExchangeMail(double), double=double)


def configure(folder: Path, doors: str, *, calendar: str = "imip") -> None:
    path = folder / "config.toml"
    head = path.read_text().partition("[inbox]")[0].replace('# calendar = "imip"', f'calendar = "{calendar}"')
    path.write_text(head + doors)


def on_bearer(folder: Path, server: Dovecot, sink: Sink, provider: Provider, *, secret: bytes = b"") -> Chapter:
    """Signed in, on servers that take access tokens alone."""
    chapter = with_pair(folder, "--no-login")
    doors = "".join(
        f'[{door}]\nbackend = "{backend}"\nhost = "127.0.0.1"\nport = {port}\nplaintext = true\n'
        f'username = "{OURS}"\noauth = true\n'
        for door, backend, port in (("inbox", "imap", server.port), ("outbox", "smtp", sink.port))
    )
    grant = f'[oauth]\nclient_id = "{CLIENT}"\ntoken_url = "{provider.url}/token"\nscopes = ["mail"]\n'
    configure(folder, f'{doors}{grant}device_url = "{provider.url}/device"\n')
    if secret:
        (folder / "secret.key").write_bytes(secret)
    known = config.load(folder).grant
    assert known is not None
    keep(known, Tokens.of(provider.issue(refresh=True)))
    return Chapter(chapter, ServerMail(server, sink, OURS))
