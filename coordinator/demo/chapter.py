"""A chapter folder with ten pairs of invented people in it, ready for its first tick."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from coordinator import config, store
from coordinator.backends import open_inbox
from coordinator.config import Settings
from coordinator.core.records import Consent, Pairing, Participant
from coordinator.simulate.cast import CHAPTER, PAIRS, Role
from coordinator.simulate.people import Persona

NAME = "Heartwood Mentoring"
ADDRESS = "mentoring@example.org"
COORDINATOR = "office@example.org"
ZONE = "America/Chicago"


def make(folder: Path, people: Mapping[str, Persona], *, program: str, months: int, now: datetime) -> Settings:
    """The folder with its configuration, mailboxes, roster and pairings. people: by address.

    FileExistsError where there is a chapter already; that one stays as it is.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    config.write_secret(folder)  # first, for it refuses where a chapter is already
    (folder / "config.toml").write_text(config.render(_answers(program)), encoding="utf-8")
    settings = config.load(folder)
    with open_inbox(*settings.inbox) as inbox:
        inbox.prepare()
        mark = inbox.mark()
    store.create(settings.state, program=program, now=now, epoch=secrets.token_hex(8), inbox_mark=mark)
    with store.lock(settings.state):
        work = store.open_store(settings.state, now=now).load()
        work.stage([*roster(people, now), *pairings(now.date(), months)])
        work.commit()
    return settings


def _answers(program: str) -> dict[str, object]:
    return {
        "program": program,
        "chapter.name": NAME,
        "chapter.address": ADDRESS,
        "chapter.sender_name": NAME,
        "chapter.coordinator": COORDINATOR,
        "chapter.timezone": ZONE,
        "inbox.durable": False,
        "outbox.durable": False,
    }


def roster(people: Mapping[str, Persona], now: datetime) -> Iterator[Participant]:
    for role in CHAPTER:
        persona = people[role.address]
        yield Participant(
            id=identity(role),
            version=1,
            address=persona.address,
            first_name=persona.first_name,
            last_name=persona.last_name,
            roles=tuple(role.roles.split()),
            timezone=persona.timezone,
            language=persona.language,
            consent=Consent(text="1", at=now, how="import"),
        )


def pairings(start: date, months: int) -> Iterator[Pairing]:
    ids = {role.first_name: identity(role) for role in CHAPTER}
    for number, (mentor, mentee, advisor) in enumerate(PAIRS, start=1):
        yield Pairing(
            id=f"p{number}",
            version=1,
            mentor=ids[mentor],
            mentee=ids[mentee],
            advisors=(ids[advisor],),
            start=start,
            end=later(start, months),
        )


def identity(role: Role) -> str:
    return role.address.partition("@")[0].replace(".", "-")


def later(day: date, months: int) -> date:
    """The same day of the month so many months on; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(year + (month == 11), 1 if month == 11 else month + 2, 1)
    last = (after - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
