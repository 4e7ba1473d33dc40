"""The same three pairs in a chapter of folders, whose clock and mail server a test moves about."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from coordinator import config, store, tick
from coordinator.backends import open_inbox
from coordinator.config import Settings
from coordinator.simulate.posts import MaildirPost
from coordinator.store.work import Work
from coordinator.tick import Account
from tests.faults.chapter import ADDRESS, DAY, MONDAY, message_id, pairings, people


@dataclass(frozen=True, kw_only=True)
class Mail:
    at: datetime
    to: str
    id: str
    raw: bytes = field(repr=False)


@dataclass(kw_only=True)
class FolderChapter:
    """settings: may be replaced between two ticks. sent: every mail that went out, in order."""

    settings: Settings
    post: MaildirPost
    sent: list[Mail] = field(default_factory=list)

    def tick(self, now: datetime, *, confirm_gap: bool = False) -> Account:
        account = tick.run(self.settings, now, tick.Options(confirm_gap=confirm_gap))
        for raw in self.post.collect():
            to = raw.partition(b"\n")[0].decode().removeprefix("Delivered-To: ").strip()
            self.sent.append(Mail(at=now, to=to.partition("@")[0], id=message_id(raw), raw=raw))
        return account

    def ticks(self, moments: Iterable[datetime]) -> None:
        for now in moments:
            self.tick(now)

    def deliver(self, raw: bytes, at: datetime) -> None:
        self.post.deliver(raw, at)

    def to(self, name: str) -> list[Mail]:
        return [mail for mail in self.sent if mail.to == name]

    def work(self) -> Work:
        return store.open_store(self.settings.state, now=MONDAY).load()

    def with_limits(self, **limits: float) -> None:
        self.settings = replace(self.settings, limits=replace(self.settings.limits, **limits))

    def with_outbox(self, name: str, settings: object) -> None:
        self.settings = replace(self.settings, outbox=(name, settings))


def folder_chapter(folder: Path, *, zones: dict[str, str] | None = None) -> FolderChapter:
    """zones: whose wall clock differs from Chicago's."""
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(config.render(ANSWERS))
    # The same in every chapter, so that their letters have the same names.
    (folder / "secret.key").write_text("5a" * 32)
    (folder / "secret.key").chmod(0o600)
    settings = config.load(folder)
    with open_inbox(*settings.inbox) as inbox:
        inbox.prepare()
    store.create(settings.state, program="six-month", now=MONDAY - DAY, epoch="e1", inbox_mark="")
    with store.lock(settings.state):
        work = store.open_store(settings.state, now=MONDAY).load()
        there = zones or {}
        work.stage([replace(each, timezone=there.get(each.id, each.timezone)) for each in people()])
        work.stage([*pairings()])
        work.commit()
    post = MaildirPost(outbox=folder / "out", inbox=folder / "mail")
    return FolderChapter(settings=settings, post=post)


ANSWERS: dict[str, object] = {
    "program": "six-month",
    "chapter.name": "Elm",
    "chapter.address": ADDRESS,
    "chapter.sender_name": "Elm mentoring",
    "chapter.coordinator": "office@example.net",
    "chapter.timezone": "America/Chicago",
    "inbox.durable": False,
    "outbox.durable": False,
}
