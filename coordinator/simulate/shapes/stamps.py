"""The headers of a mail that a person's client and server write."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime

from coordinator.simulate.shapes.clients import Client
from coordinator.simulate.shapes.mime import mailbox
from coordinator.simulate.shapes.parent import Parent

Headers = tuple[tuple[str, str], ...]


def digest(*what: str) -> str:
    """64 hex digits that depend on what is given and on nothing else: the same reply has the same ids."""
    return hashlib.sha256("\x1f".join(what).encode()).hexdigest()


def message_id(client: Client, seed: str, domain: str) -> str:
    uuid = f"{seed[:8]}-{seed[8:12]}-4{seed[13:16]}-a{seed[17:20]}-{seed[20:32]}"
    return client.message_id.format(
        hex=seed[:40],
        hex8=seed[40:48],
        HEX=seed[:26].upper(),
        HEX8=seed[26:40].upper(),
        digits=str(int(seed[:12], 16))[:9],
        word=seed[32:44],
        uuid=uuid,
        UUID=uuid.upper(),
        domain=domain,
    )


def trace(client: Client, seed: str, now: datetime, target: str) -> Headers:
    """What the servers on the way wrote, newest first; documentation addresses only (RFC 5737, 3849)."""
    arrived, handed = now + timedelta(seconds=4), now + timedelta(seconds=1)
    octet = int(seed[:2], 16)
    queue = seed[2:14].upper()
    first = (
        f"from {client.hop} ({client.hop} [192.0.2.{octet}])\r\n\tby mx.example.org (Postfix) with ESMTPS id {queue}"
        f"\r\n\tfor <{target}>; {format_datetime(arrived)}"
    )
    second = f"from [IPv6:2001:db8::{seed[14:18]}] by {client.hop} with ESMTPSA id {seed[18:30]}"
    return (("Received", first), ("Received", f"{second};\r\n\t{format_datetime(handed)}"))


def opening(client: Client, seed: str, sender: tuple[str, str], now: datetime, target: str) -> Headers:
    """Return-Path, the trace, From and Date: what every mail of a person starts with."""
    return (
        ("Return-Path", f"<{sender[1]}>"),
        *trace(client, seed, now, target),
        ("From", mailbox(*sender)),
        ("Date", format_datetime(now)),
        ("Message-ID", message_id(client, seed, sender[1].rpartition("@")[2])),
    )


def thread(client: Client, parent: Parent) -> Headers:
    """In-Reply-To and References; Exchange adds a topic and an index of its own."""
    ids = tuple(dict.fromkeys((*parent.references, parent.message_id)))
    plain: Headers = (("In-Reply-To", parent.message_id), ("References", "\r\n ".join(ids)))
    if not client.name.startswith("outlook"):
        return plain
    index = digest(parent.message_id, "thread-index")[:44]
    return (("Thread-Topic", parent.subject), ("Thread-Index", f"Adc{index}=="), *plain)


def mailer(client: Client) -> Headers:
    own: Headers = (client.mailer,) if client.mailer[0] else ()
    if client.name in {"outlook_web", "outlook_ios"}:
        return (*own, ("Accept-Language", "en-US"), ("x-ms-exchange-messagesentrepresentingtype", "1"))
    return own


def recipients(parent: Parent, cc: Sequence[tuple[str, str]]) -> Headers:
    to = mailbox(parent.name, parent.reply_to)
    return (("To", to), ("Cc", ", ".join(mailbox(*each) for each in cc)))


def reply_subject(client: Client, subject: str, language: str) -> str:
    """One prefix, whatever was there."""
    prefix = client.subject_prefix(language)
    bare = subject.casefold().startswith(("re:", "aw:", "sv:", "antw:"))
    return subject if bare else f"{prefix}{subject}"
