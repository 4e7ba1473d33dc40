"""Who wrote and to whom: addresses in headers, read so strictly that no two mail programs can differ about them."""

import re
from collections.abc import Iterator
from typing import Final

from coordinator.formats.charsets import guessed, header_text, one_line
from coordinator.formats.fields import Head

_LOCAL: Final = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL}){{0,8}}")
_WORD: Final = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=")
_QUOTED: Final = re.compile(r'"(?:[^"\\\x00-\x08\x0a-\x1f]|\\[\t\x20-\x7e])*"')
_SPECIALS: Final = frozenset('<>@,:;[]()\\"')
_PLAIN_COMMENT: Final = re.compile(r"\((?P<name>[\w .,'&/-]*)\)")
_RECIPIENT_FIELDS: Final = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "resent-to")
_MOST_RECIPIENTS: Final = 200


def sender(head: Head) -> tuple[str | None, str, tuple[str, ...]]:
    """The one sound From address, casefolded, with the name beside it; None and the defects when there is not one.

    A defect of the header block itself counts too, since then another program may have seen another From.
    """
    lines = head.every("from")
    if len(lines) != 1:
        fault = "no From line" if not lines else "more than one From line"
        return None, "", (fault, *head.defects)
    address, name, fault = one_mailbox(lines[0])
    defects = (*((fault,) if fault else ()), *head.defects)
    return (None if defects else address), one_line(name, 200), defects


def one_mailbox(value: bytes) -> tuple[str | None, str, str]:
    """Address, name and fault of a field that must hold exactly one mailbox; the fault is "" when it does."""
    text = guessed(value).replace("\r", " ").replace("\n", " ").strip()
    if "\x00" in text:
        return None, "", "a NUL in the From line"
    if _is_address(text):
        return text.lower(), "", ""
    if text.endswith(">"):
        return _angled(text)
    return _commented(text)


def recipients(head: Head) -> tuple[str, ...]:
    """All addresses that this message was sent or delivered to, casefolded, in order, each once."""
    found: dict[str, None] = {}
    for name in _RECIPIENT_FIELDS:
        for value in head.every(name):
            for address in every_address(value.decode("utf-8", "replace")):
                found[address] = None
                if len(found) >= _MOST_RECIPIENTS:
                    return tuple(found)
    return tuple(found)


def every_address(text: str) -> Iterator[str]:
    """Addresses outside quoted names and comments, casefolded."""
    for match in _ADDRESS.finditer(_bare(text)):
        yield match[0].lower()


def addresses_in_text(text: str) -> Iterator[str]:
    """Whatever looks like an address in free text, casefolded."""
    for match in _ADDRESS.finditer(text):
        yield match[0].lower().lstrip("'`*").removeprefix("smtp=").removeprefix("mailto=")


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def without_plus(address: str) -> str:
    """The mailbox behind a plus-address."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}".lower()


def _is_address(text: str) -> bool:
    return len(text) <= 254 and bool(_ADDRESS.fullmatch(text)) and "=?" not in text and "?=" not in text


def _angled(text: str) -> tuple[str | None, str, str]:
    """`Name <address>`; the name may be quoted, encoded or bare, but hold no bare special character."""
    name, _, address = text[:-1].rpartition("<")
    if not _is_address(address):
        return None, "", "a From address that is not sound"
    rest = _QUOTED.sub(" ", _WORD.sub(" ", name)) if '"' in name or "=?" in name else name
    if any(letter in _SPECIALS for letter in rest):
        return None, "", "a From line with more than one reading"
    return address.lower(), header_text(name.strip().encode()).strip().strip('"').replace('\\"', '"'), ""


def _commented(text: str) -> tuple[str | None, str, str]:
    """`address (Name)`, the oldest form, as long as the comment is plain."""
    address, _, comment = text.partition(" ")
    match = _PLAIN_COMMENT.fullmatch(comment.strip())
    if match and _is_address(address):
        return address.lower(), match["name"].strip(), ""
    return None, "", "a From line that is not one address" if "@" in text else "a From line without an address"


def _bare(text: str) -> str:
    """Without quoted strings and comments; one pass, so that any nesting costs nothing."""
    if '"' not in text and "(" not in text:
        return text
    kept: list[str] = []
    depth, quoted, skip = 0, False, False
    for letter in text:
        if skip:
            skip = False
        elif letter == "\\":
            skip = True
        elif quoted or letter == '"':
            quoted = (letter == '"') != quoted
            kept.append(" ")
        elif letter in "()":
            depth = max(0, depth + (1 if letter == "(" else -1))
            kept.append(" ")
        elif not depth:
            kept.append(letter)
    return "".join(kept)
