"""Bytes to text: charsets that may be used, those that lie, and encoded words in headers."""

import binascii
import re
from typing import Final

_CODECS: Final = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "utf-8-sig", "utf8mb4", "cp65001"), "utf-8"),
    **dict.fromkeys(("us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us", "646", "iso-8859-1", "iso8859-1"), "cp1252"),
    **dict.fromkeys(("iso_8859-1", "latin1", "latin-1", "cp1252", "windows-1252", "cp-1252", "x-ansi"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "cp932", "windows-31j", "ms932"), "cp932"),
    **dict.fromkeys(("iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-ms", "cp50221"), "iso2022_jp_ext"),
    **dict.fromkeys(("euc-jp", "eucjp", "x-euc-jp"), "euc_jp"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ks_c_5601", "ksc5601", "cp949", "windows-949", "uhc"), "cp949"),
    **dict.fromkeys(("iso-2022-kr",), "iso2022_kr"),
    **dict.fromkeys(("hz-gb-2312", "hz"), "hz"),
    **dict.fromkeys(("koi8-r", "koi8r"), "koi8_r"),
    **dict.fromkeys(("koi8-u", "koi8u"), "koi8_u"),
    **dict.fromkeys(("macintosh", "mac", "macroman", "x-mac-roman"), "mac_roman"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874", "cp874"), "cp874"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e", "iso-8859-8"), "cp1255"),
    **dict.fromkeys(("iso-8859-9", "latin5", "windows-1254"), "cp1254"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-32"), ""),
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 10, 13, 14, 15, 16)},
    **{f"windows-{n}": f"cp{n}" for n in (1250, 1251, 1253, 1255, 1256, 1257, 1258)},
    **{f"cp{n}": f"cp{n}" for n in (437, 850, 852, 866, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
}
_WIDE: Final = {"utf-16": "utf_16", "utf-16le": "utf_16_le", "utf-16be": "utf_16_be", "utf-32": "utf_32"}
_REFUSED: Final = frozenset(
    {"utf-7", "utf7", "unicode-1-1-utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "undefined"}
)
_WORD: Final = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?\n]*)\?=")
_UNSEEN: Final = dict.fromkeys(
    (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0x200B, 0xFEFF)
)
_ODD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
_LINE_ENDS: Final = {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_BIDI: Final = dict.fromkeys((0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_ONE_LINE: Final = _UNSEEN | _BIDI | dict.fromkeys((0x0A, 0x0D, 0x85, 0x2028, 0x2029, 0x09), " ")


def to_text(raw: bytes, charset: str) -> tuple[str, str | None]:
    """The text and, when the charset could not be taken at its word, why. Whatever the bytes, some text comes back."""
    if raw.isascii() and b"\x1b" not in raw and b"~" not in raw and b"\x00" not in raw:
        return raw.decode("ascii"), None if _known(charset) else _complaint(charset)
    name = charset.strip().strip("\"'").lower()
    codec = _WIDE.get(name) or _CODECS.get(name)
    if name in _REFUSED:
        return raw.decode("latin-1"), _complaint(charset)
    if codec is None:
        return guessed(raw), _complaint(charset) if name else None
    if codec in {"cp1252", "utf-8"}:
        return guessed(raw), None
    return raw.decode(codec, "replace"), None


def lines_of_text(text: str) -> str:
    """LF line ends, no invisible control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_LINE_ENDS).translate(_UNSEEN) if _ODD.search(text) else text


def one_line(text: str, most: int) -> str:
    """Fit to be shown in one line: no control or direction characters, single spaces, at most so many characters."""
    return " ".join(text[: most * 4].translate(_ONE_LINE).split())[:most]


def header_text(value: bytes) -> str:
    """A header's value with its encoded words decoded (RFC 2047); broken ones stay as they stand."""
    text = guessed(value)
    if "=?" not in text:
        return text
    out: list[str] = []
    pending: list[tuple[str, bytes]] = []
    position = 0
    for match in _WORD.finditer(text):
        between = text[position : match.start()]
        if between.strip() or not pending:
            out += (_joined(pending), between)
            pending = []
        pending.append((match[1].lower(), _word_bytes(match[2], match[3])))
        position = match.end()
    return "".join((*out, _joined(pending), text[position:]))


def from_base64(raw: bytes) -> bytes:
    """Lenient: strange characters are skipped, a cut end is dropped."""
    for cut in (b"", b"=", b"==", b"==="):
        try:
            return binascii.a2b_base64(raw + cut)
        except binascii.Error:
            continue
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    return binascii.a2b_base64(letters[: len(letters) // 4 * 4])


def guessed(raw: bytes) -> str:
    """UTF-8 where that fits, Windows' Latin 1 where it does not: these two also stand in for each other's label."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3 and not raw[: error.start].isascii():
            return raw.decode("utf-8", "replace")
    return raw.decode("cp1252", "replace")


def _joined(words: list[tuple[str, bytes]]) -> str:
    """Neighbours of one charset are decoded as one, since some clients split inside a character."""
    out: list[str] = []
    start = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or words[end][0] != words[start][0]:
            out.append(to_text(b"".join(part for _, part in words[start:end]), words[start][0])[0])
            start = end
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "bB":
        return from_base64(raw)
    return binascii.a2b_qp(raw, header=True)


def _known(charset: str) -> bool:
    name = charset.strip().strip("\"'").lower()
    return not name or name in _CODECS


def _complaint(charset: str) -> str:
    name = charset.strip().strip("\"'").lower()
    return "a charset that is refused" if name in _REFUSED else "a charset that is not known"
