"""Names for letters that nobody can guess: reply tokens, short refs and Message-IDs, all derived from keys.

Derived rather than drawn, so that a letter decided again after a crash has the same names and the same bytes.
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime

TOKEN_LENGTH = 26
"""130 bits in base32: fits a local part and survives a change of case."""

_TOKEN = re.compile(r"[a-z2-7]{26}")


def _code(secret: bytes, *parts: str) -> str:
    if not secret:
        raise ValueError("names nobody can guess need the chapter's secret")
    digest = hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().rstrip("=").lower()


def token(secret: bytes, person: str, letter: str, closes: datetime | None) -> str:
    """The reply token of a letter, bound to its recipient, its key and its expiry."""
    return _code(secret, "token-1", person, letter, closes.isoformat() if closes else "")[:TOKEN_LENGTH]


def ref(secret: bytes, letter: str) -> str:
    """Eight upper-case characters that find a letter and prove nothing."""
    return _code(secret, "ref-1", letter)[:8].upper()


def message_id(secret: bytes, letter: str, domain: str) -> str:
    """The Message-ID of a letter, with its angle brackets; the same for each sending of it."""
    return f"<{_code(secret, 'id-1', letter)[:32]}@{domain}>"


def token_in(address: str, program_address: str) -> str | None:
    """The token of a plus-address of the program's mailbox, None when the address is another or has none."""
    local, _, domain = address.rpartition("@")
    own_local, _, own_domain = program_address.casefold().rpartition("@")
    name, plus, tail = local.casefold().partition("+")
    if not plus or domain.casefold() != own_domain or name != own_local:
        return None
    return tail if _TOKEN.fullmatch(tail) else None


def veiled(secret: bytes, words: str) -> str:
    """Eight characters in place of what somebody wrote, for keys: those stand in logs and in what a command prints."""
    return _code(secret, "words-1", words)[:8]


def uid(secret: bytes, meeting: str, domain: str) -> str:
    """The UID of a meeting: stable, and as hard to guess as a reply token."""
    return f"{_code(secret, 'uid-1', meeting)[:32]}@{domain}"
