"""Parts, charsets, file names and Outlook's winmail.dat; and that the standard library sees the same parts."""

import email
import struct
from email.message import Message as StandardMessage
from pathlib import Path

import pytest

from coordinator.formats.charsets import header_text, to_text
from coordinator.formats.fields import read_head, unix_lines
from coordinator.formats.flowed import joined
from coordinator.formats.mime import Own, parse
from coordinator.formats.parts import Part, safe_name, walk
from coordinator.formats.tnef import text_of

OWN = Own(address="program@chapter.example.org", domain="chapter.example.org")
DRAWER = Path(__file__).parent.parent / "mail" / "kinds"
MAILS = sorted(path.stem for path in DRAWER.glob("*.eml"))


def leaves_of(raw: bytes) -> tuple[Part, ...]:
    text = unix_lines(raw)
    head, body = read_head(text, 0, len(text))
    return walk(head, text, body, len(text))


def standard_leaves(message: StandardMessage) -> list[StandardMessage]:
    if message.get_content_maintype() == "message" or not message.is_multipart():
        return [message]
    return [leaf for part in message.get_payload() for leaf in standard_leaves(part)]


@pytest.mark.parametrize("name", MAILS)
def test_the_standard_library_sees_the_same_parts(name: str) -> None:
    raw = (DRAWER / f"{name}.eml").read_bytes()
    ours = leaves_of(raw)
    theirs = standard_leaves(email.message_from_bytes(raw))
    assert [part.type for part in ours] == [part.get_content_type() for part in theirs]
    for part, other in zip(ours, theirs, strict=True):
        if not part.type.startswith("message/"):
            assert unix_lines(part.content()).rstrip() == unix_lines(other.get_payload(decode=True) or b"").rstrip()
            assert (part.parameters.get("charset") or "").lower() == (other.get_content_charset() or "")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\plan.docx", "plan.docx"),
        ("..hidden", "hidden"),
        ("in\u202evoice\x00fdp.exe", "invoicefdp.exe"),
        ("a\r\nBcc: x", "a Bcc: x"),
        ("x" * 10_000 + ".pdf", "x" * 89 + ".pdf"),
        ("", ""),
    ],
)
def test_a_file_name_is_made_fit_to_be_shown(name: str, shown: str) -> None:
    assert safe_name(name) == shown


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("schön".encode(), "utf-8", "schön"),
        ("schön".encode(), "iso-8859-1", "schön"),
        ("schön".encode("latin-1"), "utf-8", "schön"),
        ("schön".encode("latin-1"), "", "schön"),
        ("schön".encode("latin-1"), "us-ascii", "schön"),
        ("žluťoučký".encode("cp1250"), "windows-1250", "žluťoučký"),
        ("žluťoučký".encode("iso8859_2"), "ISO-8859-2", "žluťoučký"),
        ("Привет".encode("cp1251"), '"Windows-1251"', "Привет"),
        ("привіт".encode("koi8_u"), "KOI8-U", "привіт"),
        ("안녕".encode("cp949"), "ks_c_5601-1987", "안녕"),
        ("你好".encode("big5"), "big5", "你好"),
        ("こんにちは".encode("cp932"), "Shift_JIS", "こんにちは"),
        ("こんにちは".encode("euc_jp"), "EUC-JP", "こんにちは"),
        ("中文".encode("hz"), "hz-gb-2312", "中文"),
        ("สวัสดี".encode("cp874"), "tis-620", "สวัสดี"),
        ("€".encode("iso8859_15"), "iso-8859-15", "€"),
        ("hi €".encode("utf-16"), "utf-16", "hi €"),
        (b"ja, 45 Min. sch\xc3\xb6n\xc3", "utf-8", "ja, 45 Min. schön\ufffd"),
        (b"\xff\xfe\x00", "utf-16le", "\ufefe\ufffd".replace("\ufefe", "\ufeff")),
        (b"", "utf-8", ""),
    ],
)
def test_text_comes_out_of_any_charset(raw: bytes, charset: str, text: str) -> None:
    assert to_text(raw, charset)[0] == text


@pytest.mark.parametrize(
    "charset", ["utf-7", "UTF7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "undefined"]
)
def test_charsets_that_run_a_decoder_of_their_own_are_refused(charset: str) -> None:
    text, problem = to_text(b"+AGE- \\x41 xn--", charset)
    assert text == "+AGE- \\x41 xn--"
    assert problem == "a charset that is refused"


@pytest.mark.parametrize("charset", ["zlib_codec", "rot13", "base64", "hex", "mbcs", "../x", "x" * 500])
def test_codecs_that_are_no_charsets_are_not_known(charset: str) -> None:
    assert to_text(b"x\xe9", charset) == ("xé", "a charset that is not known")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?q?a?= =?utf-8?q?b?= c", "ab c"),
        (b"=?utf-8?b?w7w=?=-=?iso-8859-1?q?=FC?=", "ü-ü"),
        (b"=?utf-8?q?=C3?= =?utf-8?q?=BC?=", "ü"),
        (b"=?utf-8*de?q?a_b?=", "a b"),
        (b"=?utf-8?b?broken", "=?utf-8?b?broken"),
        (b"=?x?y?z?=", "=?x?y?z?="),
        (b"=?utf-7?q?+AGE-?=", "+AGE-"),
        ("roh: ü".encode(), "roh: ü"),
        (b"raw: \xfc", "raw: ü"),
    ],
)
def test_encoded_words_are_decoded_and_broken_ones_kept(value: bytes, text: str) -> None:
    assert header_text(value) == text


def test_flowed_lines_are_joined_within_one_depth_of_quotation() -> None:
    assert (
        joined("a \nb\n>c \n>d\n> e \nf \n> g\n-- \nx \n-- \ny", delsp=False)
        == "a b\n> c d\n> e \nf \n> g\n-- \nx \n-- \ny"
    )
    assert joined(" >stuffed\n From x", delsp=False) == ">stuffed\nFrom x"
    assert joined("日 \n本", delsp=True) == "日本"


def attribute(name: int, value: bytes) -> bytes:
    return struct.pack("<BII", 1, name, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(*items: tuple[int, int, bytes]) -> bytes:
    out = struct.pack("<I", len(items))
    for kind, name, value in items:
        out += struct.pack("<HH", kind, name)
        out += value if kind == 0x03 else struct.pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4)
    return out


TNEF = struct.pack("<IH", 0x223E9F78, 1) + attribute(0x00069007, struct.pack("<II", 1252, 0))


def test_the_text_of_winmail_dat_is_found() -> None:
    assert text_of(TNEF + attribute(0x0002800C, b"Yes, 45 minutes\x96fine\0")) == "Yes, 45 minutes–fine"
    utf16 = properties((0x03, 0x3FDE, struct.pack("<I", 65001)), (0x1F, 0x1000, "Ja, schön\0".encode("utf-16-le")))
    assert text_of(TNEF + attribute(0x00069003, utf16)) == "Ja, schön"
    html = properties((0x102, 0x1013, b"<p>yes</p><p>no</p>"))
    assert text_of(TNEF + attribute(0x00069003, html)) == "yes\n\nno"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x78\x9f\x3e\x22",
        TNEF,
        TNEF + b"\x01" * 40,
        TNEF + attribute(0x00069003, b"\xff" * 64),
        b"PK\x03\x04" * 9,
    ],
)
def test_a_broken_winmail_dat_holds_no_text(raw: bytes) -> None:
    assert text_of(raw) == ""


def test_winmail_dat_is_named_and_its_text_used_where_there_is_no_other() -> None:
    raw = (
        b"From: a@ok.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/ms-tnef;"
        b" name=winmail.dat\r\n\r\n" + TNEF + attribute(0x0002800C, b"yes\0") + b"\r\n--b--\r\n"
    )
    message = parse(raw, OWN)
    assert message.text == "yes"
    assert [name for name, _ in message.attachments] == ["winmail.dat"]
    assert message.problems == ("an Outlook attachment (winmail.dat) that is not opened",)
