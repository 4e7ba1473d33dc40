"""RS256 with the standard library: the one signature that Google's service accounts need, an hour apart.

Arithmetic on whole numbers is slow and its time tells about the key to whoever can measure it; here nobody can.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator

from coordinator.errors import ConfigurationError

_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 digest in a PKCS #1 v1.5 signature (RFC 8017 §9.2)."""


def signature(pem: str, content: bytes) -> bytes:
    """Signs with an RSA key in PKCS #8. ConfigurationError when it is none."""
    modulus, exponent = _key(pem)
    length = (modulus.bit_length() + 7) // 8
    digest = _SHA256 + hashlib.sha256(content).digest()
    padded = b"\x00\x01" + b"\xff" * (length - len(digest) - 3) + b"\x00" + digest
    return pow(int.from_bytes(padded), exponent, modulus).to_bytes(length)


def _key(pem: str) -> tuple[int, int]:
    """Modulus and private exponent."""
    lines = [line for line in pem.strip().splitlines() if line and not line.startswith("-----")]
    try:
        _, _, wrapped = _parts(_inside(base64.b64decode("".join(lines))))
        numbers = [int.from_bytes(part) for part in _parts(_inside(wrapped))]
        modulus, exponent = numbers[1], numbers[3]
    except (ValueError, IndexError, binascii.Error):
        raise ConfigurationError("key_file: holds no RSA key in PKCS #8 – download the JSON key again") from None
    if modulus.bit_length() < 1024:
        raise ConfigurationError("key_file: its key is too short – make a new one")
    return modulus, exponent


def _inside(der: bytes) -> bytes:
    """The content of the first element (X.690)."""
    return next(_parts(der))


def _parts(der: bytes) -> Iterator[bytes]:
    """The contents of elements that stand side by side."""
    while der:
        length, start = der[1], 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(der[2:start])
        if start + length > len(der):
            raise ValueError("an element is cut short")
        yield der[start : start + length]
        der = der[start + length :]
