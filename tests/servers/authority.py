"""A certificate authority of our own, and certificates that are right, expired, or for somebody else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme


@dataclass(frozen=True, kw_only=True)
class Authority:
    """ca: the file that a client trusts. certificate, key: for localhost and 127.0.0.1."""

    ca: Path
    certificate: Path
    key: Path


def authority(folder: Path, *, names: tuple[str, ...] = ("localhost", "127.0.0.1"), expired: bool = False) -> Authority:
    issuer = trustme.CA()
    until = datetime.now(UTC) - timedelta(days=1) if expired else None
    leaf = issuer.issue_cert(*names, not_after=until) if until else issuer.issue_cert(*names)
    folder.mkdir(parents=True, exist_ok=True)
    files = Authority(ca=folder / "ca.pem", certificate=folder / "certificate.pem", key=folder / "key.pem")
    issuer.cert_pem.write_to_path(str(files.ca))
    leaf.private_key_pem.write_to_path(str(files.key))
    for number, part in enumerate(leaf.cert_chain_pems):
        part.write_to_path(str(files.certificate), append=number > 0)
    return files
