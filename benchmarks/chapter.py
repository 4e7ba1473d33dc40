"""A chapter on real servers: so many pairs, their first prompts sent, and a mailbox full of replies to them."""

import itertools
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.measure import ROOT
from coordinator import config, store
from coordinator.core.records import Consent, Letter, Pairing, Participant
from coordinator.simulate import shapes
from coordinator.simulate.letters import Ask, received
from coordinator.simulate.remarks import remarks, topic
from tests.servers.dovecot import PASSWORD, Dovecot

MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""Nine in the morning in Chicago."""

LATER = MONDAY + timedelta(hours=24)
"""When the replies are read."""

PAIRS_OF_AN_ADVISOR = 20
SEED = 11
JOURNEY = (
    "I came to this field late, after ten years in another one, and I would like to find my feet.",
    "Mostly I want to get better at speaking up in meetings. My manager says the same.",
    "I am in my second year and thinking about what comes next – more people, or more depth?",
)


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """folder: config.toml and state. user: whose mailbox on the server."""

    folder: Path
    user: str
    server: Dovecot

    def twin(self, number: int) -> "Chapter":
        """The same once more, with a mailbox of its own, at the same place in time."""
        folder, user = self.folder.with_name(f"{self.folder.name}-{number}"), f"{self.user}-{number}"
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("heartbeat.json"))
        path = folder / "config.toml"
        path.write_text(path.read_text().replace(f'username = "{self.user}"', f'username = "{user}"'))
        source, mailbox = self.server.maildir(self.user), self.server.maildir(user)
        shutil.copytree(source, mailbox)
        owner = source.stat()
        for each in (mailbox, *mailbox.rglob("*")):
            shutil.chown(each, owner.st_uid, owner.st_gid)
        return Chapter(folder=folder, user=user, server=self.server)

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.server.maildir(self.user), ignore_errors=True)

    def put(self, raws: Sequence[bytes]) -> None:
        """Into the mailbox's folder for new mail, as a mail server's delivery does."""
        new = self.server.maildir(self.user) / "new"
        owner = self.server.maildir(self.user).stat()
        for number, raw in enumerate(raws):
            path = new / f"{int(LATER.timestamp()) + number}.M{number:06d}P1.bench"
            path.write_bytes(raw)
            shutil.chown(path, owner.st_uid, owner.st_gid)

    def left(self) -> int:
        """Messages that are still in the inbox."""
        home = self.server.maildir(self.user)
        return sum(1 for part in ("new", "cur") for _ in (home / part).iterdir())


def founded(folder: Path, server: Dovecot, port: int, *, pairs: int, user: str = "base") -> Chapter:
    """Everybody is on the roster and consented; nothing was sent yet. port: of the SMTP server."""
    folder.mkdir(parents=True)
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o600)
    answers: dict[str, object] = {
        "program": "six-month",
        "chapter.name": "Elm",
        "chapter.address": "mentoring@example.org",
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
        "outbox.host": server.host,
        "outbox.port": port,
        "outbox.plaintext": True,
        "limits.messages": max(2000, 2 * pairs),
        "limits.letters": max(2000, 4 * pairs),
    }
    (folder / "config.toml").write_text(config.render(answers))
    config.write_secret(folder)
    settings = config.load(folder)
    store.create(settings.state, program="six-month", now=MONDAY - timedelta(days=1), epoch="e1", inbox_mark="")
    with store.lock(settings.state):
        work = store.open_store(settings.state, now=MONDAY).load()
        work.stage(everybody(pairs))
        work.stage(pairings(pairs))
        work.commit()
    return Chapter(folder=folder, user=user, server=server)


def everybody(pairs: int) -> Iterator[Participant]:
    yield from (_person(f"advisor{n}", "advisor") for n in range(-(-pairs // PAIRS_OF_AN_ADVISOR)))
    for number in range(pairs):
        yield _person(f"mentee{number}", "mentee")
        yield _person(f"mentor{number}", "mentor")


def _person(id_: str, role: str) -> Participant:
    return Participant(
        id=id_,
        version=1,
        address=f"{id_}@example.com",
        first_name=id_.title(),
        last_name="Ångström" if id_.endswith("7") else "Ashdown",
        roles=(role,),
        timezone="America/Chicago",
        consent=Consent(text="1", at=MONDAY, how="import"),
    )


def pairings(pairs: int) -> Iterator[Pairing]:
    for number in range(pairs):
        yield Pairing(
            id=f"p{number}",
            version=1,
            mentor=f"mentor{number}",
            mentee=f"mentee{number}",
            advisors=(f"advisor{number // PAIRS_OF_AN_ADVISOR}",),
            start=date(2026, 3, 2),
            end=date(2026, 9, 2),
            due=MONDAY - timedelta(days=1),
        )


def asking_letters(folder: Path) -> Iterator[tuple[Letter, bytes]]:
    """Letters that were sent and ask something, with their bytes."""
    work = store.open_store(config.load(folder).state, now=LATER).load()
    for letter in work.letters():
        raw = work.draft_bytes(letter) if letter.questions and letter.state == "sent" else None
        if raw is not None:
            yield letter, raw


def replies(folder: Path, most: int) -> list[bytes]:
    """Answers to the first so many letters that ask something, from every client in every style."""
    dice = random.Random(SEED)
    written = []
    shaped = [(client, style) for client in sorted(shapes.CLIENTS) for style in shapes.STYLES]
    dice.shuffle(shaped)
    for (letter, raw), (client, style) in zip(
        itertools.islice(asking_letters(folder), most), itertools.cycle(shaped), strict=False
    ):
        when = LATER - timedelta(seconds=dice.randrange(60, 60_000))
        sender = (letter.recipient.title(), letter.address)
        written.append(
            shapes.reply(raw, _said(raw, dice), client=client, style=style, sender=sender, now=when, signature="")
        )
    return written


def _said(raw: bytes, dice: random.Random) -> dict[int, str]:
    """What somebody answers to each question, by its kind as it reads."""
    return {ask.number: _answer(ask, dice) for ask in received(raw).asks}


def _answer(ask: Ask, dice: random.Random) -> str:
    match ask.kind:
        case "options":
            return dice.choice([letter for letter, _ in ask.options])
        case "yes_no":
            return dice.choice(["Yes", "Yes, we did", "no"])
        case "minutes":
            return dice.choice(["45", "an hour", "30 minutes"])
        case "scale" | "number":
            return str(dice.randrange(4, 9))
        case _:
            about = topic(ask.words)
            return dice.choice(JOURNEY if about == "about" else remarks(about, "en"))


__all__ = ["LATER", "MONDAY", "ROOT", "Chapter", "asking_letters", "everybody", "founded", "pairings", "replies"]
