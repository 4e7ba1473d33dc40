"""What may stand in an SMTP envelope: an address that cannot smuggle a command."""

LONGEST = 254


def address_fault(address: str) -> str | None:
    """Why an address must not reach a server (RFC 5321 §4.1.2, §4.5.3.1); None when it may.

    Stricter than the standard: quoted local parts and address literals are refused, nobody registers with one.
    """
    if not address:
        return "is empty"
    if " " in address or not address.isprintable():
        return "holds a space or a control character"
    if any(character in '<>()[]\\,;:"' for character in address):
        return "holds a character that has a meaning to mail servers"
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain or "@" in local:
        return "is not of the form name@domain"
    if len(address.encode("utf-8", "replace")) > LONGEST or len(local.encode("utf-8", "replace")) > 64:
        return "is too long"
    if domain.startswith((".", "-")) or domain.endswith((".", "-")) or ".." in domain:
        return "has a domain that cannot exist"
    return None
