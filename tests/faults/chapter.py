"""A chapter on real servers, an hour before a tick in which nearly everything happens at once."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from coordinator import config, store
from coordinator.config import Settings
from coordinator.core.records import Consent, Letter, Pairing, Participant, Record
from coordinator.simulate import shapes
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp_sink import Sink

ADDRESS = "mentoring@example.org"
MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""Nine in the morning in Chicago."""

DAY = timedelta(days=1)
BUSY = MONDAY + 4 * DAY
"""The instant of the tick that is killed."""

PAIRS = (("maya", "mona"), ("milo", "max"), ("nora", "nils"))
TEMPLATE_USER = "template"
POISON = "<poison@example.com>"

Tick = Callable[[Path, datetime], object]
"""Runs one tick on a chapter's folder."""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """folder: config.toml and state. user: whose mailbox on the server. expected: Message-ID → folder at the end."""

    folder: Path
    user: str
    server: Dovecot
    expected: Mapping[str, str]

    @property
    def settings(self) -> Settings:
        return config.load(self.folder)

    def mails(self, folder: str = "") -> list[bytes]:
        root = self.server.maildir(self.user) / (f".{folder}" if folder else "")
        return [path.read_bytes() for part in ("new", "cur") for path in sorted((root / part).glob("*"))]

    def ids(self, folder: str = "") -> list[str]:
        return sorted(message_id(raw) for raw in self.mails(folder))

    def twin(self, folder: Path, user: str) -> "Chapter":
        """The same in another folder with another mailbox, at the same place in time."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("heartbeat.json"))
        text = (folder / "config.toml").read_text().replace(f'username = "{self.user}"', f'username = "{user}"')
        (folder / "config.toml").write_text(text)
        mailbox = self.server.maildir(user)
        shutil.copytree(self.server.maildir(self.user), mailbox)
        owner = self.server.maildir(self.user).stat()
        for path in (mailbox, *mailbox.rglob("*")):
            _give(path, owner.st_uid, owner.st_gid)
        return replace(self, folder=folder, user=user)

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.server.maildir(self.user), ignore_errors=True)


def _give(path: Path, uid: int, gid: int) -> None:
    if path.stat().st_uid != uid:
        shutil.chown(path, uid, gid)


def message_id(raw: bytes) -> str:
    return str(message_from_bytes(raw, policy=policy.compat32)["Message-ID"] or "").strip()


def before_the_busy_tick(folder: Path, server: Dovecot, sink: Sink, tick: Tick) -> Chapter:
    chapter = founded(folder, server, sink, (*people(), *pairings()))
    expected = lead_up(
        chapter.settings,
        ticked=lambda now: mails_of_tick(chapter, sink, tick, now),
        deliver=lambda raw: server.deliver(chapter.user, raw),
    )
    sink.reset()
    return replace(chapter, expected=expected)


def lead_up(
    settings: Settings, *, ticked: Callable[[datetime], Mapping[str, bytes]], deliver: Callable[[bytes], object]
) -> Mapping[str, str]:
    """Three pairs since Monday; on Friday there are answers, a stranger, a call for help and a mail nobody can read.

    ticked: runs one and returns its mails by first name. Returns the folder in which each mail must end.
    """
    maya = ticked(MONDAY)["maya"]
    nora = ticked(MONDAY + DAY)["nora"]
    milo = ticked(MONDAY + 3 * DAY)["milo"]
    deliver(mail("nora@example.com", "I never arrive", "Nothing to see.", POISON, reply_to=nora))
    for hour in (1, 2):
        ticked(MONDAY + 3 * DAY + timedelta(hours=hour))
    _close_a_letter(settings)
    mails = (
        answer(maya, "maya", {1: "a"}, BUSY - timedelta(hours=20)),
        answer(milo, "milo", {1: "Speak in public\nFinish the thesis"}, BUSY - timedelta(hours=19)),
        mail("stranger@example.net", "Buy now", "A very good price.", "<spam@example.net>"),
        mail("max@example.com", "HELP", "HELP\n\nWe cannot find a time.", "<help@example.com>"),
    )
    for each in mails:
        deliver(each)
    expected = {message_id(each): "Processed" for each in mails} | {"<spam@example.net>": "Quarantine"}
    return expected | {POISON: "Quarantine"}


def founded(folder: Path, server: Dovecot, sink: Sink, records: Iterable[Record], user: str = TEMPLATE_USER) -> Chapter:
    folder.mkdir(parents=True)
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o600)
    (folder / "config.toml").write_text(config.render(_answers(server, sink, user)))
    config.write_secret(folder)
    settings = config.load(folder)
    store.create(settings.state, program="six-month", now=MONDAY - DAY, epoch="e1", inbox_mark="")
    with store.lock(settings.state):
        work = store.open_store(settings.state, now=MONDAY).load()
        work.stage(records)
        work.commit()
    return Chapter(folder=folder, user=user, server=server, expected={})


def _answers(server: Dovecot, sink: Sink, user: str) -> dict[str, object]:
    return {
        "program": "six-month",
        "chapter.name": "Elm",
        "chapter.address": ADDRESS,
        "chapter.sender_name": "Elm mentoring",
        "chapter.coordinator": "office@example.net",
        "chapter.timezone": "America/Chicago",
        "inbox.backend": "imap",
        "inbox.host": server.host,
        "inbox.port": server.port,
        "inbox.plaintext": True,
        "inbox.username": user,
        "inbox.password_file": "password",
        "outbox.backend": "smtp",
        "outbox.host": sink.host,
        "outbox.port": sink.port,
        "outbox.plaintext": True,
    }


def people() -> Iterator[Participant]:
    consent = Consent(text="1", at=MONDAY, how="import")
    roles = {"adam": "advisor"} | {
        name: role for pair in PAIRS for name, role in zip(pair, ("mentee", "mentor"), strict=True)
    }
    for name, role in roles.items():
        yield Participant(
            id=name,
            version=1,
            address=f"{name}@example.com",
            first_name=name.title(),
            roles=(role,),
            timezone="America/Chicago",
            consent=consent,
            due=MONDAY if role == "advisor" else None,
        )


def pairings() -> Iterator[Pairing]:
    for number, (mentee, mentor) in enumerate(PAIRS, start=1):
        yield Pairing(
            id=f"p{number}",
            version=1,
            mentor=mentor,
            mentee=mentee,
            advisors=("adam",),
            start=date(2026, 3, 3 if mentee == "nora" else 2),
            end=date(2026, 9, 2),
            due=MONDAY - DAY,
        )


def mails_of_tick(chapter: Chapter, sink: Sink, tick: Tick, now: datetime) -> dict[str, bytes]:
    """The mails of one tick by the first names of those who got them."""
    before = len(sink.accepted)
    tick(chapter.folder, now)
    return {recipients[0].partition("@")[0]: raw for _, recipients, raw in sink.accepted[before:]}


def _close_a_letter(settings: Settings) -> None:
    """One that nobody can answer any more, for the archive."""
    with store.lock(settings.state):
        work = store.open_store(settings.state, now=BUSY - DAY).load()
        old = next(letter for letter in work.letters() if letter.recipient == "mona")
        work.stage([_closed(old)])
        work.commit()


def _closed(letter: Letter) -> Letter:
    return replace(letter, closes=BUSY - timedelta(hours=3), version=letter.version + 1)


def answer(raw: bytes, name: str, said: str | Mapping[int, str], now: datetime) -> bytes:
    """A reply as Thunderbird writes it."""
    sender = (name.title(), f"{name}@example.com")
    return shapes.reply(raw, said, client="thunderbird", style="top", sender=sender, now=now)


def mail(sender: str, subject: str, text: str, id_: str, *, reply_to: bytes = b"") -> bytes:
    written = EmailMessage()
    parent = message_from_bytes(reply_to, policy=policy.default) if reply_to else {}
    written["From"] = sender
    written["To"] = str(parent.get("Reply-To") or ADDRESS)
    written["Subject"] = subject
    written["Message-ID"] = id_
    written["Date"] = BUSY - timedelta(hours=18)
    written.set_content(text)
    return written.as_bytes(policy=policy.SMTP)
