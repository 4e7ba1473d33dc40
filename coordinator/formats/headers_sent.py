"""The one header of a frozen letter that may have to change: to whom it goes, after their address was corrected."""

import re

_TO = re.compile(rb"^To: .*(?:\r?\n[ \t].*)*", re.MULTILINE)
_ADDRESS = re.compile(rb"<[^<>\s]*>|[^<>\s]+@[^<>\s]+")


def addressee(raw: bytes) -> str:
    """The address that a frozen letter was written for; "" when it names none."""
    line = _TO.search(raw[: max(raw.find(b"\r\n\r\n"), 0)])
    found = _ADDRESS.findall(line.group()) if line else []
    return found[-1].strip(b"<>").decode() if found else ""


def addressed_to(raw: bytes, address: str) -> bytes:
    """The same letter to that address, with every other byte as it was."""
    head = raw[: max(raw.find(b"\r\n\r\n"), 0)]
    line = _TO.search(head)
    if line is None or address.encode() in line.group():
        return raw
    before, after = raw[: line.start()], raw[line.end() :]
    return before + _ADDRESS.sub(b"<" + address.encode() + b">", line.group(), count=1) + after
