"""`doctor --roundtrip`: the program writes to itself, by the two ways on which it finds what a reply answers."""

import base64
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coordinator.errors import BackendError, ConfigurationError

if TYPE_CHECKING:
    from coordinator.backends import Fetched, Inbox
    from coordinator.config import Settings

PAUSE = 1.0
"""Seconds between two looks into the inbox."""
GRACE = 10.0
"""So much longer than the plain mail the one to the plus-address may take."""
LOOKED_AT = 5000


@dataclass(kw_only=True)
class Probe:
    """One mail to ourselves. handles: where it lies in the inbox. took: seconds, None = it has not come."""

    address: str
    word: str
    code: str
    took: float | None = None
    has_code: bool = False
    handles: list[str] = field(default_factory=list)


def roundtrip(chapter: "Settings", *, wait: float, tick: Callable[[], float] = time.monotonic) -> str:
    """What came back, in one sentence. ConfigurationError when a setting is to be changed, BackendError otherwise.

    The mails are put away as read, so that no tick meets them. wait: seconds.
    """
    if chapter.outbox[0] == "maildir":
        return "not tried: the outbox is a folder, which sends nothing"
    from coordinator.backends import open_inbox, open_outbox
    from coordinator.backends.marks import fitting
    from coordinator.store import lock, open_store

    with ExitStack() as stack:
        stack.enter_context(lock(chapter.state, wait=wait))
        meta = open_store(chapter.state, now=datetime.now(UTC)).load().meta
        mark = fitting(meta.inbox_mark, chapter.inbox[0], lambda: meta.created)
        inbox = stack.enter_context(open_inbox(*chapter.inbox))
        outbox = stack.enter_context(open_outbox(*chapter.outbox))
        probes = _probes(chapter)
        sent = [probe for probe in probes if _sent(chapter, outbox.send, probe)]
        _watch(inbox, mark, sent, wait, tick)
        inbox.put_away([handle for probe in probes for handle in probe.handles], "processed")
    return _judged(probes, wait)


def _probes(chapter: "Settings") -> tuple[Probe, ...]:
    """The plain address last: it is what the other is compared with."""
    own = chapter.chapter.address
    local, _, domain = own.rpartition("@")
    words = [base64.b32encode(os.urandom(20)).decode().lower()[:26] for _ in range(2)]
    plain = Probe(address=own, word=words[0], code=words[0][:8].upper())
    plus = Probe(address=f"{local}+{words[1]}@{domain}", word=words[1], code=words[1][:8].upper())
    return (plus, plain) if chapter.chapter.plus_addressing else (plain,)


def _sent(chapter: "Settings", send: Callable[..., None], probe: Probe) -> bool:
    """False when the server refuses this recipient. BackendError for anything else."""
    from coordinator.backends import SendError

    try:
        send(sender=chapter.chapter.address, recipient=probe.address, raw=_mail(chapter, probe))
    except SendError as error:
        if error.scope != "recipient":
            raise
        return False
    return True


def _mail(chapter: "Settings", probe: Probe) -> bytes:
    """Marked as our own, so that a tick that should meet it all the same passes it over."""
    from coordinator.formats import letter_mime as mime
    from coordinator.formats.compose import shown_ref

    own = chapter.chapter
    headers = (
        ("From", mime.address_header(own.sender_name, own.address)),
        ("To", probe.address),
        ("Subject", f"A mail to myself (Ref: {shown_ref(probe.code)})"),
        ("Date", mime.date_header(datetime.now(UTC))),
        ("Message-ID", f"<{probe.word}@{own.address.rpartition('@')[2]}>"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Coordinator-Id", probe.word),
    )
    said = mime.text_part("plain", "coordinator doctor --roundtrip sent this to itself.\n")
    return mime.assembled(headers, mime.multipart("alternative", mime.boundary(probe.word, "a"), [said]))


def _watch(inbox: "Inbox", mark: str, probes: Sequence[Probe], wait: float, tick: Callable[[], float]) -> None:
    """Looks until all have come, or none is worth waiting for any longer."""
    begin = tick()
    end = begin + wait
    while any(probe.took is None for probe in probes):
        for fetched in _waiting(inbox, mark):
            _recognized(fetched, probes, tick() - begin)
        if probes[-1].took is not None:
            end = min(end, begin + probes[-1].took + GRACE)
        if tick() >= end:
            return
        if any(probe.took is None for probe in probes):
            time.sleep(min(PAUSE, max(end - tick(), 0)))


def _waiting(inbox: "Inbox", mark: str) -> Iterator["Fetched"]:
    for batch in inbox.fetch(mark=mark, limit=LOOKED_AT, largest=1):
        yield from batch


def _recognized(fetched: "Fetched", probes: Sequence[Probe], took: float) -> None:
    from coordinator.formats.mime import Own, envelope

    head = fetched.head if fetched.raw is None else fetched.raw
    seen = None
    for probe in probes:
        if probe.took is None and probe.word.encode() in head:
            seen = seen or envelope(head, Own(address="", domain=""))
            if probe.address in seen.recipients:
                probe.took, probe.has_code = took, probe.code in (ref.upper() for ref in seen.refs)
                probe.handles.append(fetched.handle)


def _judged(probes: Sequence[Probe], wait: float) -> str:
    plain, plus = probes[-1], probes[0] if len(probes) > 1 else None
    came = plus if plus and plus.took is not None else plain
    if came.took is None:
        raise BackendError(
            f"no mail to {plain.address} came back within {wait:.0f} seconds – see whether [outbox] sends for the"
            " mailbox that [inbox] reads, look into its junk folder, or wait longer with --wait 300"
        )
    if plus and plus.took is None:
        code = "; its answers are then found by the code in the subject, which came back" if plain.has_code else ""
        raise ConfigurationError(
            f"mail to {plain.address} comes back, but to a plus-address of it does not – set plus_addressing = false"
            f" in config.toml{code}"
        )
    if not plus and not plain.has_code:
        raise ConfigurationError(
            "the mail came back without the code in its subject, and plus-addresses are not used: replies would be"
            " found by their thread alone – have the mail server leave subjects as they are"
        )
    way = "its plus-address" if plus else "the code in its subject"
    return f"a mail to itself came back after {came.took:.0f} seconds, with {way}"
