"""The tree of parts of a message, walked with caps on parts and depth; bodies are decoded only when asked for."""

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

from coordinator.formats.charsets import from_base64, header_text, one_line, to_text
from coordinator.formats.fields import Head, read_head

MOST_PARTS: Final = 200
MOST_DEPTH: Final = 20
_MOST_PARAMETERS: Final = 50
_PARAMETER: Final = re.compile(r""";\s*([^\s=;"]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)""", re.DOTALL)
_TYPE: Final = re.compile(r"[\w!#$&^.+-]{1,60}/[\w!#$&^.+-]{1,80}", re.ASCII)


_Piece = tuple[Head, bytes, int, int]


class TooManyPartsError(ValueError):
    """A tree of parts beyond the caps; its text says which one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A leaf. type: "text/plain" style, lower case. container: the type of the multipart around it, "" at the top.

    Its body, raw[start:end], is still in its transfer encoding and has LF line ends.
    """

    type: str
    parameters: Mapping[str, str]
    head: Head = field(repr=False)
    raw: bytes = field(repr=False)
    start: int
    end: int
    container: str = ""

    @property
    def size(self) -> int:
        """Bytes once decoded, estimated without decoding."""
        encoded = self.end - self.start
        return encoded * 3 // 4 if self._encoding == b"base64" else encoded

    @property
    def _encoding(self) -> bytes:
        return self.head.first("content-transfer-encoding").strip().lower()

    @property
    def disposition(self) -> str:
        return self.head.first("content-disposition").partition(b";")[0].strip().lower().decode("latin-1")

    @property
    def name(self) -> str:
        """The file name as given, decoded, not sanitised; "" when there is none."""
        given = parameters(self.head.first("content-disposition")).get("filename") or self.parameters.get("name", "")
        return header_text(given.encode("utf-8", "replace")) if "=?" in given else given

    def content(self) -> bytes:
        """The body with its transfer encoding undone, leniently."""
        body = self.raw[self.start : self.end]
        if self._encoding == b"base64":
            return from_base64(body)
        return binascii.a2b_qp(body) if self._encoding == b"quoted-printable" else body

    def text(self) -> tuple[str, str | None]:
        """The content as text, and what was wrong with its charset."""
        return to_text(self.content(), self.parameters.get("charset", ""))


def walk(head: Head, raw: bytes, start: int, end: int) -> tuple[Part, ...]:
    """The leaves of the body raw[start:end] in order; a message inside it is a leaf. Raises TooManyPartsError."""
    leaves: list[Part] = []
    _walk((head, raw, start, end), "", 0, leaves)
    return tuple(leaves)


def media_type(head: Head, default: str = "text/plain") -> tuple[str, dict[str, str]]:
    """Type and parameters of a head; whatever is not readable becomes the default."""
    value = head.first("content-type")
    if not value:
        return default, {}
    name = value.partition(b";")[0].strip().lower().decode("latin-1")
    return (name if _TYPE.fullmatch(name) else default), parameters(value)


def parameters(value: bytes) -> dict[str, str]:
    """What stands behind the semicolons, keys in lower case; RFC 2231 continuations and charsets resolved."""
    if b";" not in value:
        return {}
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(value.decode("utf-8", "replace")):
        text = match[2].strip()
        if text[:1] == '"' and text[-1:] == '"' and len(text) > 1:
            text = text[1:-1].replace("\\\\", "\\").replace('\\"', '"')
        found.setdefault(match[1].lower(), text)
        if len(found) >= _MOST_PARAMETERS:
            break
    return _extended(found) if any("*" in key for key in found) else found


def safe_name(name: str) -> str:
    """A file name that is fit to be shown: no folders, no control or direction characters, at most 100 characters."""
    plain = one_line(name.replace("\\", "/").rpartition("/")[2], 20_000).lstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    return plain if len(plain) <= 100 else f"{stem[:89]}{dot}{ending[:10]}"


def _walk(piece: _Piece, container: str, depth: int, leaves: list[Part]) -> None:
    head, raw, start, end = piece
    kind, given = media_type(head, "message/rfc822" if container == "multipart/digest" else "text/plain")
    boundary = given.get("boundary", "") if kind.startswith("multipart/") else ""
    pieces = _pieces(raw, start, end, boundary) if boundary else ()
    if not pieces:
        kind = "text/plain" if kind.startswith("multipart/") else kind
        leaves.append(Part(type=kind, parameters=given, head=head, raw=raw, start=start, end=end, container=container))
    if depth >= MOST_DEPTH and pieces:
        raise TooManyPartsError(f"parts nested more than {MOST_DEPTH} deep")
    for begin, stop in pieces:
        inner, body = read_head(raw, begin, stop)
        _walk((inner, raw, min(body, stop), stop), kind, depth + 1, leaves)
    if len(leaves) > MOST_PARTS:
        raise TooManyPartsError(f"more than {MOST_PARTS} parts")


def _pieces(raw: bytes, start: int, end: int, boundary: str) -> tuple[tuple[int, int], ...]:
    """The stretches between the delimiter lines; the end delimiter may be missing."""
    mark = b"\n--" + boundary.encode("utf-8", "replace")
    pieces: list[tuple[int, int]] = []
    begin = -1
    # The line end before the body belongs to its first delimiter.
    found = raw.find(mark, max(0, start - 1), end)
    while found >= 0 and len(pieces) <= MOST_PARTS:
        stop = raw.find(b"\n", found + 1, end)
        rest = raw[found + len(mark) : end if stop < 0 else stop].strip()
        if rest in {b"", b"--"}:
            if begin >= 0:
                pieces.append((begin, max(begin, found)))
            begin = end if stop < 0 else stop + 1
            if rest:
                return tuple(pieces)
        found = raw.find(mark, found + len(mark), end)
    if begin >= 0:
        pieces.append((begin, end))
    return tuple(pieces)


def _extended(found: dict[str, str]) -> dict[str, str]:
    """Put the numbered and charset-marked pieces of RFC 2231 together."""
    plain = {key: value for key, value in found.items() if "*" not in key}
    for key in found:
        name = key.partition("*")[0]
        if "*" in key and name not in plain:
            plain[name] = _whole(found, name)
    return plain


def _whole(found: dict[str, str], name: str) -> str:
    keys = [key for key in (f"{name}*", f"{name}*0*", f"{name}*0") if key in found]
    if not keys:
        return ""
    marked = keys[0].endswith("*")
    charset, rest = "", found[keys[0]]
    if marked and rest.count("'") >= 2:
        charset, _, rest = rest.split("'", 2)
    raw = unquote_to_bytes(rest) if marked else rest.encode("utf-8", "replace")
    for number in range(1, _MOST_PARAMETERS):
        key = next((k for k in (f"{name}*{number}*", f"{name}*{number}") if k in found), "")
        if not key:
            break
        raw += unquote_to_bytes(found[key]) if key.endswith("*") else found[key].encode("utf-8", "replace")
    return to_text(raw, charset or "utf-8")[0]
