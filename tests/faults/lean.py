"""A pair whose letters are a few lines: so little passes on the wire that it can be cut after every single byte."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from coordinator.core.records import Record
from tests.faults.chapter import (
    MONDAY,
    Chapter,
    Tick,
    founded,
    mail,
    mails_of_tick,
    message_id,
    pairings,
    people,
)
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import Sink

NAMES = {"maya", "mona", "adam", "p1"}
PROGRAM = """extends = "six-month"
title = "Elm"
"""
PAGE = """<!DOCTYPE html><html><head><title>{{ title }}</title></head><body>{{ body }}{{ footer }}</body></html>
"""
FRAME = """+++
+++
Hello,

{{ letter }}

---

{{ ref }}
"""


def before_the_lean_tick(folder: Path, server: Dovecot, sink: Sink, tick: Tick) -> Chapter:
    """One pair since Monday; on Friday one of them asks for a break, which is confirmed, and a stranger writes."""
    chapter = founded(folder, server, sink, _pair(), "lean")
    _shorten(folder)
    maya = mails_of_tick(chapter, sink, tick, MONDAY)["maya"]
    more = mail("stranger@example.net", "Buy", "A good price.", "<a@example.net>")
    spam = mail("stranger@example.net", "Re: Maya", "It is me.", "<b@example.net>", reply_to=maya)
    for hour in (26, 50, 74):
        tick(folder, MONDAY + timedelta(hours=hour))
    # So that the day's mail to the coordinator went out before: what a cut line gives to tell waits until tomorrow.
    server.deliver(chapter.user, spam)
    tick(folder, MONDAY + timedelta(hours=95))
    pause = mail("maya@example.com", "PAUSE", "PAUSE", "<pause@example.com>", reply_to=maya)
    for each in (pause, more):
        server.deliver(chapter.user, each)
    sink.reset()
    places = ((spam, "Processed"), (pause, "Processed"), (more, "Quarantine"))
    return replace(chapter, expected={message_id(raw): place for raw, place in places})


def _pair() -> Iterator[Record]:
    for each in (*people(), *pairings()):
        if each.id in NAMES:
            yield each


def _shorten(folder: Path) -> None:
    """Letters of a few words, in a page without clothes."""
    own = folder / "templates" / "six-month"
    own.mkdir(parents=True)
    (own / "program.toml").write_text(PROGRAM)
    (own / "layout.html").write_text(PAGE)
    (own / "layout.md").write_text(FRAME)
