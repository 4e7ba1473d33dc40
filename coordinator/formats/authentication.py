"""Whether our own mail server vouched for the sender: Authentication-Results (RFC 8601), read with suspicion.

Only fields count that a server of ours wrote: they bear its name and stand above the first hand-over by others.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from coordinator.formats.addresses import domain_of
from coordinator.formats.fields import Head

_BY: Final = re.compile(r"\bby\s+([A-Za-z0-9._:\[\]-]+)")
_FROM: Final = re.compile(r"from\s+([A-Za-z0-9._-]+)", re.IGNORECASE)
_INSIDE: Final = (".internal", ".local", ".lan", ".localdomain", ".intern")
_PAIR: Final = re.compile(r"([A-Za-z0-9._-]+)=(.*)", re.DOTALL)
_BAD: Final = frozenset(("fail", "temperror", "permerror", "hardfail"))
_M365: Final = "m365"


def verdict(head: Head, sender: str, trusted: Sequence[str]) -> str:
    """ "pass" when a trusted server says that the sender's domain sent this, "fail" when it says the opposite."""
    found: dict[str, set[str]] = {}
    for value in _trusted_fields(head, [name.lower() for name in trusted]):
        for method, result, properties in _results(value) or ():
            found.setdefault(method, set()).add(_aligned(method, result, properties, domain_of(sender)))
    dmarc, dkim, spf = (found.get(method, set()) for method in ("dmarc", "dkim", "spf"))
    if "fail" in dmarc or (not dmarc and "fail" in spf and "pass" not in dkim):
        return "fail"
    if len(dmarc) > 1:
        return "unknown"
    vouched = dmarc == {"pass"} or ("pass" in dkim and "fail" not in dkim) or (spf == {"pass"} and "fail" not in dkim)
    return "pass" if vouched else "unknown"


def _trusted_fields(head: Head, trusted: Sequence[str]) -> Iterator[str]:
    """From the top down to the first Received line behind the one by which the message came to us."""
    homes = tuple(_home(name) for name in trusted)
    arrived = False
    for name, value in head.fields:
        if name == "received":
            if arrived or (not _is_ours(_BY, value, homes) and _FROM.match(value.decode("latin-1"))):
                return
            arrived = not _is_ours(_FROM, value, homes)
        elif name == "authentication-results" and trusted:
            text = value.decode("latin-1")
            if _M365 in trusted:
                yield "m365;" + text
                return
            if _server(text) in trusted:
                yield text


def _home(name: str) -> str:
    """The domain under which a server's machines are named."""
    return "outlook.com" if name == _M365 else ".".join(name.split(".")[-2:])


def _is_ours(pattern: re.Pattern[str], value: bytes, homes: Sequence[str]) -> bool:
    """Whether the host of a Received line stands inside our provider; one without a domain does."""
    match = pattern.search(value.decode("latin-1"))
    host = match[1].lower().rstrip(".") if match else ""
    if "." not in host or host.endswith(_INSIDE) or ":" in host:
        return True
    return any(host == home or host.endswith("." + home) for home in homes)


def _server(text: str) -> str:
    """The authserv-id, lower case; "" for a field that cannot be read."""
    plain = _uncommented(text)
    first = (plain or "").partition(";")[0].split()
    return first[0].strip('"').lower() if first else ""


def _results(text: str) -> list[tuple[str, str, dict[str, str]]] | None:
    """Method, result and properties of each statement; None when one part cannot be read."""
    plain = _uncommented(text)
    if plain is None or plain.count('"') % 2:
        return None
    found = []
    for statement in plain.split(";")[1:]:
        pairs = [_PAIR.fullmatch(word) for word in re.sub(r"\s*=\s*", "=", statement).split()]
        known = [(pair[1].lower(), pair[2].strip('"').lower()) for pair in pairs if pair]
        if known:
            found.append((known[0][0].partition("/")[0], known[0][1], dict(known[1:])))
    return found


def _aligned(method: str, result: str, properties: dict[str, str], domain: str) -> str:
    """The result as it concerns the From domain: a pass for somebody else is a failed DMARC and no pass of others."""
    if result in _BAD:
        return "fail"
    if result != "pass":
        return result
    match method:
        case "dmarc":
            return "pass" if properties.get("header.from", domain) == domain else "fail"
        case "dkim":
            signer = properties.get("header.d") or domain_of(properties.get("header.i", ""))
        case _:
            signer = domain_of(properties.get("smtp.mailfrom") or properties.get("smtp.mail", ""))
    return "pass" if signer and "." in signer and (domain == signer or domain.endswith("." + signer)) else "other"


def _uncommented(text: str) -> str | None:
    """Without comments; None when a comment or a quoted string does not end."""
    kept: list[str] = []
    depth, quoted, skip = 0, False, False
    for letter in text:
        if skip:
            skip = False
        elif letter == "\\":
            skip = True
        elif letter == '"' and not depth:
            quoted = not quoted
            kept.append(letter)
        elif letter in "()" and not quoted:
            depth += 1 if letter == "(" else -1
            kept.append(" ")
        elif not depth:
            kept.append(letter)
        if depth < 0:
            return None
    return None if depth or quoted else "".join(kept)
