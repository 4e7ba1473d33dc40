"""A chapter with a mailbox, played against: letters come out, replies go in, ticks run at hours of one's choice."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, Self
from zoneinfo import ZoneInfo

from coordinator import config
from coordinator.core.records import Held, Pairing, Participant
from coordinator.simulate import rsvp as calendar
from coordinator.simulate import shapes
from coordinator.simulate.letters import Received, received
from coordinator.simulate.posts import MaildirPost
from coordinator.store import open_store
from coordinator.store.work import Work
from coordinator.tick import Account, Options
from coordinator.tick import run as tick
from tests.cli.running import with_pair
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import Sink

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 1, 12, 8, 5, tzinfo=UTC)
MONA, MAYA, ADAM = "mona@example.com", "maya@example.com", "adam@example.com"
NAMES = {MONA: "Mona Ek", MAYA: "Maya Roy", ADAM: "Adam Poe"}


class Mail(Protocol):
    """Where a chapter's mail passes."""

    def collect(self) -> Sequence[bytes]:
        """What was sent since the last call, with `Delivered-To` on top."""

    def deliver(self, raw: bytes, at: datetime) -> None: ...
    def waiting(self) -> list[bytes]:
        """What still lies in the inbox."""

    def processed(self) -> list[bytes]: ...
    def quarantined(self) -> list[bytes]: ...


class MaildirMail(MaildirPost):
    """Two Maildir folders inside the chapter."""

    def waiting(self) -> list[bytes]:
        return self._all(self.inbox)

    def processed(self) -> list[bytes]:
        return self._all(self.inbox / ".Processed")

    def quarantined(self) -> list[bytes]:
        return self._all(self.inbox / ".Quarantine")

    def _all(self, folder: Path) -> list[bytes]:
        return [p.read_bytes() for sub in ("new", "cur") for p in sorted((folder / sub).glob("*"))]


@dataclass
class ServerMail:
    """A real IMAP server that mail comes into, and an SMTP server that takes what is sent."""

    server: Dovecot
    sink: Sink
    user: str
    taken: int = 0

    def collect(self) -> Sequence[bytes]:
        new = self.sink.accepted[self.taken :]
        self.taken = len(self.sink.accepted)
        return [b"Delivered-To: " + to[0].encode() + b"\r\n" + raw for _, to, raw in new]

    def deliver(self, raw: bytes, at: datetime) -> None:
        self.server.deliver(self.user, raw)

    def waiting(self) -> list[bytes]:
        return self.server.mails(self.user)

    def processed(self) -> list[bytes]:
        return self.server.mails(self.user, "Processed")

    def quarantined(self) -> list[bytes]:
        return self.server.mails(self.user, "Quarantine")


@dataclass
class Chapter:
    """now: moved on by `wait`. letters: all that were sent, oldest first, each with when.

    itself: it is played, never taken from a copy of another one, whose key and names would differ.
    """

    folder: Path
    mail: Mail
    now: datetime = MONDAY
    letters: list[tuple[datetime, Received]] = field(default_factory=list)
    itself: bool = False

    @classmethod
    def at(cls, folder: Path) -> Self:
        """On the Maildir folders inside it."""
        return cls(folder, MaildirMail(outbox=folder / "out", inbox=folder / "mail"))

    def copy_over(self, other: Self) -> None:
        """Makes the other chapter, on folders as well, the same as this one."""
        assert isinstance(self.mail, MaildirMail)
        assert isinstance(other.mail, MaildirMail)
        shutil.rmtree(other.folder, ignore_errors=True)
        shutil.copytree(
            self.folder, other.folder, ignore=shutil.ignore_patterns("heartbeat.json")
        )  # it names the folder
        other.now, other.letters = self.now, list(self.letters)
        other.mail.seen, other.mail.count = set(self.mail.seen), self.mail.count

    def tick(self, now: datetime | None = None, **options: Any) -> Account:
        self.now = now or self.now
        try:
            return tick(config.load(self.folder), self.now, Options(**options))
        finally:
            self.letters += [(self.now, received(raw)) for raw in self.mail.collect()]

    def wait(self, days: float = 0, *, until: datetime | None = None) -> None:
        """Ticks at nine and at fifteen of Berlin on every day in between."""
        end = until or self.now + timedelta(days=days)
        day = self.now.date()
        while day <= end.date():
            for hour in (9, 15):
                at = datetime(day.year, day.month, day.day, hour, 10, tzinfo=BERLIN).astimezone(UTC)
                if self.now < at <= end:
                    self.tick(at)
            day += timedelta(days=1)
        self.now = end

    def wait_for(self, address: str, words: str, *, days: int = 40) -> Received:
        """Ticks until a letter with these words comes to that address."""
        before = len(self.to(address, words))
        end = self.now + timedelta(days=days)
        while len(self.to(address, words)) == before:
            assert self.now < end, f"no letter with {words!r} in {days} days; {[x.subject for x in self.to(address)]}"
            self.wait(days=1)
        return self.last(address, words)

    def deliver(self, raw: bytes) -> Account:
        """A mail comes in, and the next tick reads it."""
        self.mail.deliver(raw, self.now)
        return self.tick(self.now + timedelta(minutes=15))

    def to(self, address: str, words: str = "") -> list[Received]:
        """Letters to that address with these words in their subject or text, oldest first."""
        return [
            letter
            for _, letter in self.letters
            if letter.parent.recipient == address and (words in letter.subject or words in letter.parent.text)
        ]

    def last(self, address: str, words: str = "") -> Received:
        found = self.to(address, words)
        assert found, f"no letter to {address} with {words!r}; there are {[x.subject for x in self.to(address)]}"
        return found[-1]

    def reply(
        self, letter: Received, new: Any, *, client: str = "gmail_web", style: str = "top", **more: Any
    ) -> Account:
        return self.deliver(self.answered(letter, new, client=client, style=style, **more))

    def answered(
        self, letter: Received, new: Any, *, client: str = "gmail_web", style: str = "top", **more: Any
    ) -> bytes:
        address = more.pop("sender", letter.parent.recipient)
        person = (NAMES.get(address, "A Stranger"), address)
        now = self.now.astimezone(BERLIN)
        return shapes.reply(letter.raw, new, client=client, style=style, sender=person, now=now, **more)

    def new_mail(self, said: str, subject: str, *, sender: str = MAYA, client: str = "gmail_web", **more: Any) -> bytes:
        """A mail to the program that answers none of its letters."""
        to, now = more.pop("to", [("Elm", "mentoring@example.org")]), self.now.astimezone(BERLIN)
        person = (NAMES.get(sender, "Eve"), sender)
        return shapes.fresh(said, client=client, sender=person, to=to, subject=subject, now=now, **more)

    def rsvp(self, letter: Received, partstat: str, *, client: str = "outlook_web", **more: Any) -> Account:
        raw = calendar.answer(
            letter.raw, client, attendee=letter.parent.recipient, partstat=partstat, comment=more.pop("comment", ""),
            now=self.now, **more,
        )  # fmt: skip
        return self.deliver(raw)

    def work(self) -> Work:
        return open_store(self.folder / "state", now=self.now).load()

    @property
    def pair(self) -> Pairing:
        found = self.work().pairing("p1")
        assert found is not None
        return found

    def person(self, address: str) -> Participant:
        found = self.work().participant_at(address)
        assert found is not None
        return found

    def held(self) -> list[Held]:
        return [h for h in self.work().all_held() if h.state == "waiting"]


def number(letter: Received, words: str) -> int:
    """The number under which a letter asks what has these words."""
    found = [ask.number for ask in letter.asks if words.casefold() in ask.words.casefold()]
    assert found, f"no question {words!r} in {[a.words for a in letter.asks]}"
    return found[0]


def on_maildir(folder: Path, *, founded: str = "2026-01-12T08:00") -> Chapter:
    return Chapter.at(with_pair(folder, now=founded))


def on_servers(folder: Path, server: Dovecot, sink: Sink, user: str, *, founded: str = "2026-01-12T08:00") -> Chapter:
    password = folder.parent / "password"
    password.write_text(server.password)
    password.chmod(0o600)
    flags = [
        "--imap", f"127.0.0.1:{server.port}", "--smtp", f"127.0.0.1:{sink.port}", "--plaintext",
        "--username", user, "--password-file", str(password),
    ]  # fmt: skip
    chapter = with_pair(folder, *flags, now=founded)
    settings = chapter / "config.toml"
    head, outbox, tail = settings.read_text().partition("[outbox]")
    lines = [x for x in tail.splitlines() if not x.startswith(("username", "password_file"))]
    settings.write_text(head + outbox + "\n".join(lines))
    return Chapter(folder, ServerMail(server, sink, user))


def day(text: str, hour: int = 9) -> datetime:
    """An hour of that day in Berlin."""
    at = date.fromisoformat(text)
    return datetime(at.year, at.month, at.day, hour, 10, tzinfo=BERLIN).astimezone(UTC)
