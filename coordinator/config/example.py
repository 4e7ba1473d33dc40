"""Writing `config.toml`: the commented one of a new chapter, and the reference with every key."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from coordinator.errors import ConfigurationError

Line = tuple[str, Any, str]
"""A key, its default or an example, and why one would change it."""

CHAPTER: tuple[Line, ...] = (
    ("name", "Mentoring at Example", "stands in letters and reports"),
    ("address", "mentoring@example.org", "the program's own mailbox: letters come from it, replies go to it"),
    ("coordinator", "coordinator@example.org", "a human who gets alerts; must not be the mailbox above"),
    ("sender_name", "Mentoring at Example", "the name beside the address; the chapter's name when left out"),
    ("timezone", "UTC", "of people whose own is not known; a name such as Europe/Berlin"),
    ("language", "en", "of people who have not chosen one"),
    ("quiet_from", 20, "no mail is sent from this hour on, by the reader's clock …"),
    ("quiet_until", 8, "… until this one"),
    ("summary_weekday", "monday", "when advisors get their weekly summary"),
    ("plus_addressing", True, "false when mail to name+word@ does not reach name@; doctor --roundtrip tells"),
    ("pdf", False, "true: certificates and service letters come as PDF; needs: pip install 'coordinator[pdf]'"),
)
SERVER: tuple[Line, ...] = (
    ("starttls", False, "true: connect in the clear and insist on TLS at once"),
    ("plaintext", False, "true: no TLS at all; refused unless the server runs on this machine"),
)
IMAP: tuple[Line, ...] = (
    ("backend", "imap", "a mailbox on a server"),
    (
        "provider",
        "fastmail",
        "fills in backend, host and port of microsoft365, outlook.com, gmail, fastmail, icloud, gmx and more, see docs",
    ),
    ("host", "imap.example.org", "its name, as its certificate says"),
    ("port", 993, "993 with TLS, 143 with starttls"),
    ("username", "mentoring@example.org", "who logs in"),
    (
        "password_command",
        ("pass", "show", "mentoring"),
        "exactly one of these five: a command that prints the password,",
    ),
    ("password_file", "password", "a file that holds it (chmod 600),"),
    ("password_env", "MENTORING_PASSWORD", "a variable that holds it,"),
    ("token_command", ("oama", "access", "mentoring@example.org"), "a command that prints an OAuth access token,"),
    ("oauth", True, "or true: a token as the table [oauth] says, see there"),
    *SERVER,
    ("ca_file", "authority.pem", "an authority to trust beside the system's; none when left out"),
    ("folder", "INBOX", "where mail comes in"),
    ("processed", "Processed", "where mail is put that was read"),
    ("quarantine", "Quarantine", "where mail is put that could not be"),
    ("sent", "Sent", "where copies of sent mail are put"),
)
SMTP: tuple[Line, ...] = (
    ("backend", "smtp", "a server that takes mail"),
    IMAP[1],
    ("host", "smtp.example.org", "its name, as its certificate says"),
    ("port", 465, "465 with TLS, 587 with starttls"),
    *IMAP[4:10],
    *SERVER,
    ("ca_file", "authority.pem", "an authority to trust beside the system's; none when left out"),
    ("hello", "", "the name we greet with; the domain of the user name when empty"),
)
MAILDIR_IN: tuple[Line, ...] = (
    ("backend", "maildir", "a folder on this machine, into which a mail server or getmail delivers"),
    ("path", "mail", "the Maildir, from the chapter's folder"),
    ("durable", True, "false does not wait for the disk: for invented seasons only"),
)
MAILDIR_OUT: tuple[Line, ...] = (
    ("backend", "maildir", "each mail becomes a file, which something else sends"),
    ("path", "out", "the Maildir, from the chapter's folder"),
    ("durable", True, "false does not wait for the disk: for invented seasons only"),
)
EXCHANGE: tuple[Line, ...] = (
    ("address", "mentoring@example.org", "the mailbox"),
    ("endpoint", "", "https://mail.example.org/EWS/Exchange.asmx; found by autodiscover when empty"),
    ("username", "", "who logs in, such as EXAMPLE\\mentoring; the address when empty"),
    *IMAP[5:10],
    ("auth", "", "basic, ntlm or oauth; basic with a password and oauth with a token when empty"),
    ("access", "delegate", "impersonation: a service account that acts in the mailbox's name"),
    ("plaintext", False, "true: no TLS at all; refused unless the server runs on this machine"),
    ("ca_file", "authority.pem", "an authority to trust beside the system's; none when left out"),
    ("processed", "Processed", "where mail is put that was read"),
    ("quarantine", "Quarantine", "where mail is put that could not be"),
    ("sent", "", "where copies of sent mail are put; Sent Items when empty"),
    ("rooms", "", "the address of a room list: a meeting whose place is one of its rooms books it"),
    ("patience", 60, "seconds to wait in one run, in all, when the server asks for it"),
)
OTHERS: Mapping[str, tuple[Line, ...]] = {
    "limits": (
        ("messages", 2000, "read in one tick, people of the chapter first; the rest waits"),
        ("largest", 10_000_000, "bytes; larger mail is put aside and a human told"),
        ("letters", 2000, "sent in one tick; many providers allow 500 to 2000 a day"),
        ("seconds", 600, "after which a tick stops and leaves the rest to the next"),
    ),
    "sending": (
        ("copies", True, "keep a copy of each sent mail in the mailbox, where you can look it up"),
        (
            "hold_uncertain",
            (),
            "kinds that wait for you rather than come twice when a server's answer was lost, or all",
        ),
    ),
    "meetings": (
        ("holidays", (), "calendar files (.ics) with days on which nobody is asked to meet, from the chapter's folder"),
        ("countries", (), "the same by name, such as DE-BE or US; needs: pip install 'coordinator[holidays]'"),
        ("feeds", "", "a folder that gets a calendar file for each person, to be published; empty: none"),
    ),
    "reading": (
        (
            "trusted_authserv_ids",
            (),
            "your provider's name in Authentication-Results; none: nobody's verdict is believed",
        ),
    ),
    "retention": (
        ("mail", 90, "days until mails that were read or sent are deleted from the mailbox; 0 keeps them"),
        ("quarantine", 30, "the same for mails that were put aside"),
        ("words", 365, "days after a pairing's end until what people answered is deleted; dates and numbers stay"),
        ("state", True, "the mailbox holds the state too, so that coordinator restore --from-mailbox brings it back"),
    ),
    "heartbeat": (
        (
            "url",
            "",
            "https address that gets each tick's counts (…/fail when it failed), such as a check of healthchecks.io",
        ),
    ),
}
OAUTH: tuple[Line, ...] = (
    ("provider", "microsoft365", "microsoft365, outlook.com or gmail: fills in addresses and scopes"),
    (
        "flow",
        "device",
        "who signs in: a person with a code (device) or a browser (browser), or the program itself (app)",
    ),
    ("client_id", "00000000-0000-0000-0000-000000000000", "as the provider shows it where the program is registered"),
    ("tenant", "organizations", "Microsoft: the directory ID or a domain of the organisation; flow app needs it"),
    ("user", "mentoring@example.org", "whose mailbox it is; the program's address when left out"),
    (
        "client_secret_command",
        ("pass", "show", "mentoring-client"),
        "one of these three, when the registration has one:",
    ),
    ("client_secret_file", "client-secret", "a file that holds it (chmod 600),"),
    ("client_secret_env", "MENTORING_CLIENT_SECRET", "a variable that holds it"),
    ("key_file", "service-account.json", "flow app at Google: the JSON key of a service account (chmod 600)"),
    ("scopes", (), "what is asked for; the provider's own for mail when left out"),
    ("token_url", "https://login.example.org/token", "for other providers: where tokens come from,"),
    ("device_url", "https://login.example.org/device", "where a sign-in with a code begins,"),
    ("authorize_url", "https://login.example.org/authorize", "where a sign-in in a browser begins"),
    ("ca_file", "authority.pem", "an authority to trust beside the system's; none when left out"),
)
ON_EXCHANGE: tuple[Line, ...] = (
    (
        "backend",
        "exchange",
        "the mailbox of the table [exchange]; [inbox.fallback] and [outbox.fallback] may name others",
    ),
)
DOORS: Mapping[str, Mapping[str, tuple[Line, ...]]] = {
    "inbox": {"maildir": MAILDIR_IN, "imap": IMAP, "exchange": ON_EXCHANGE},
    "outbox": {"maildir": MAILDIR_OUT, "smtp": SMTP, "exchange": ON_EXCHANGE},
}
CALENDAR: Line = (
    "calendar",
    "imip",
    "how people are invited: by mail (imip), or by the calendar of the mailbox in [exchange] (exchange)",
)
PROGRAM: Line = ("program", "six-month", "a folder below templates/, yours or one that came with coordinator")


def render(answers: Mapping[str, object]) -> str:
    """A `config.toml` with these answers set and everything else commented out at its default.

    answers: by dotted key, "program", "chapter.name", "inbox.host". ConfigurationError for a key that does not exist.
    """
    settings = dict(answers)
    for door in DOORS:
        settings.setdefault(f"{door}.backend", "maildir")
        if settings[f"{door}.backend"] == "maildir":
            settings.setdefault(f"{door}.path", {key: default for key, default, _ in DOORS[door]["maildir"]}["path"])
    _refuse_unknown(settings)
    lines = ["# A key behind a # shows its default, or what could stand there; remove the # to set it.", ""]
    lines += [*_key(PROGRAM, settings.get("program", PROGRAM[1])), *_key(CALENDAR, settings.get("calendar")), ""]
    for name, keys in _tables(settings):
        lines += [f"[{name}]", *(row for line in keys for row in _key(line, settings.get(f"{name}.{line[0]}"))), ""]
    return "\n".join(lines)


def reference() -> str:
    """`config.example.toml`: every key of every backend with its default."""
    lines = ["# Every key with its default. Copy what you need into your config.toml; an unknown key is an error.", ""]
    lines += [*_key(PROGRAM, PROGRAM[1]), *_key(CALENDAR, CALENDAR[1]), ""]
    lines += ["[chapter]", *(row for line in CHAPTER for row in _key(line, line[1])), ""]
    for name, backends in DOORS.items():
        for backend, keys in backends.items():
            mark = "" if backend == "maildir" else "# "
            lines += [f"{mark}[{name}]", *(mark + row for line in keys for row in _key(line, line[1])), ""]
    lines += ["# [exchange]", *("# " + row for line in EXCHANGE for row in _key(line, line[1])), ""]
    lines += ["# [oauth]", *("# " + row for line in OAUTH for row in _key(line, line[1])), ""]
    for name, keys in OTHERS.items():
        lines += [f"[{name}]", *(row for line in keys for row in _key(line, line[1])), ""]
    return "\n".join(lines)


def _tables(settings: Mapping[str, object]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    yield "chapter", CHAPTER
    for door, backends in DOORS.items():
        yield door, backends[str(settings[f"{door}.backend"])]
    if any(key.startswith("exchange.") for key in settings):
        yield "exchange", EXCHANGE
    if any(key.startswith("oauth.") for key in settings):
        yield "oauth", OAUTH
    yield from OTHERS.items()


def _refuse_unknown(settings: Mapping[str, object]) -> None:
    for door, backends in DOORS.items():
        backend = settings[f"{door}.backend"]
        if backend not in backends:
            raise ConfigurationError(f"{door}.backend: unknown backend – one of: {', '.join(backends)}")
    known = {"program", "calendar", *(f"{name}.{line[0]}" for name, keys in _tables(settings) for line in keys)}
    strangers = sorted(set(settings) - known)
    if strangers:
        raise ConfigurationError(*(f"{key}: no such setting – see config.example.toml" for key in strangers))


def _key(line: Line, value: object) -> Iterator[str]:
    key, default, why = line
    yield f"# {why}"
    yield f"{key} = {_toml(value)}" if value is not None else f"# {key} = {_toml(default)}"


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case tuple() | list():
            return "[" + ", ".join(_toml(item) for item in value) + "]"
        case _:
            # JSON's escapes are TOML's, but for DEL.
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
