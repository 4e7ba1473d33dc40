"""How IMAP writes the name of a folder, and a day."""

from datetime import datetime


def quoted(folder: str) -> str:
    if not folder.isascii() or "&" in folder:
        from imapclient.imap_utf7 import encode

        folder = encode(folder).decode("ascii")
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def written_day(instant: datetime) -> str:
    """As IMAP writes it, whatever the locale."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{instant.day}-{months[instant.month - 1]}-{instant.year}"
