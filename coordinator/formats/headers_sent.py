"""The one header of a frozen letter that may have to change: to whom it goes, after their address was corrected."""

import re

_TO = re.compile(rb"^To: .*(?:\r?\n[ \t].*)*", re.MULTILINE)
_ADDRESS = re.compile(rb"<[^<>\s]*>|[^<>\s]+@[^<>\s]+")


def addressed_to(raw: bytes, address: str) -> bytes:
    """The same letter to that address, with every other byte as it was."""
    head = raw[: max(raw.find(b"\r\n\r\n"), 0)]
    line = _TO.search(head)
    if line is None or address.encode() in line.group():
        return raw
    before, after = raw[: line.start()], raw[line.end() :]
    return before + _ADDRESS.sub(b"<" + address.encode() + b">", line.group(), count=1) + after
