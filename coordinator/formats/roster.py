"""The roster as a spreadsheet: read whatever a spreadsheet program saved, write what none of them runs as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coordinator.core.roster import Entry

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "mail", "address", "email address", "e-mail address", "correo", "adresse", "courriel"),
    "first_name": ("first_name", "first name", "firstname", "given name", "name", "vorname", "nombre", "prénom"),
    "last_name": ("last_name", "last name", "lastname", "surname", "family name", "nachname", "apellido", "nom"),
    "roles": ("roles", "role", "rolle", "rol", "rôle", "mentor or mentee", "i want to be"),
    "timezone": ("timezone", "time zone", "time_zone", "zeitzone", "zona horaria", "fuseau"),
    "language": ("language", "lang", "sprache", "idioma", "langue"),
    "consent": ("consent", "agreed", "einwilligung", "consentimiento", "consentement"),
}
COLUMNS = tuple(SYNONYMS)
_ROLES: Mapping[str, tuple[str, ...]] = {
    "mentor": ("mentor", "mentora", "mentorin"),
    "mentee": ("mentee", "mentorada", "protege", "protégé", "protégée"),
    "advisor": ("advisor", "adviser", "berater", "beraterin", "asesor", "asesora", "conseiller"),
    "coordinator": ("coordinator", "koordinator", "coordinador", "coordinadora", "coordinateur"),
}
_YES = ("yes", "y", "true", "1", "x", "ja", "sí", "si", "oui", "agreed")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """rows: those that are clear. problems: "line 7: …", one each, for the others."""

    rows: tuple[Entry, ...]
    problems: tuple[str, ...]


def read(raw: bytes) -> Sheet:
    """A spreadsheet's rows. Byte-order marks, semicolons, tabs, Windows encoding and any order of columns are fine."""
    text = _text(raw)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header: list[str] = []
    rows: list[Entry] = []
    problems: list[str] = []
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [_column(cell) for cell in cells]
            continue
        row, wrong = _row(dict(zip(header, (c.strip() for c in cells), strict=False)), lines.line_num)
        problems += [f"line {lines.line_num}: {w}" for w in wrong]
        if row is not None:
            rows.append(row)
    if "email" not in header:
        return Sheet(rows=(), problems=("line 1: no column for the email address – name one of them “email”",))
    return Sheet(rows=_without_doubles(rows, problems), problems=tuple(problems))


def _text(raw: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with one, else what Windows writes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Whichever of ; , and tab stands most often in the first line that says anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _column(cell: str) -> str:
    """A column by its header, in several languages; an unknown header keeps its own name."""
    name = " ".join(cell.replace("\ufeff", "").strip().casefold().split())
    return next((column for column, names in SYNONYMS.items() if name in names), name.replace(" ", "_"))


def _row(cells: Mapping[str, str], line: int) -> tuple[Entry | None, list[str]]:
    wrong: list[str] = []
    email = cells.get("email", "").removeprefix("mailto:").casefold()
    if not email:
        wrong.append("no email address")
    elif not _ADDRESS.fullmatch(email):
        wrong.append(f"{_shown(email)} is no email address")
    roles, unknown = _roles(cells.get("roles", ""))
    wrong += [f"no role {_shown(u)} – one of mentor, mentee, advisor, coordinator" for u in unknown]
    first = cells.get("first_name", "")
    last = cells.get("last_name", "")
    if first and not last and " " in first:
        first, _, last = first.partition(" ")
    if not first:
        wrong.append("no first name")
    if wrong:
        return None, wrong
    others = {k: v for k, v in cells.items() if k and k not in COLUMNS and v}
    entry = Entry(
        line=line,
        email=email,
        first_name=_clean(first),
        last_name=_clean(last),
        roles=roles,
        timezone=cells.get("timezone", ""),
        language=cells.get("language", "").casefold(),
        consent=cells.get("consent", "").casefold() in _YES,
        others=others,
    )
    return entry, []


def _roles(text: str) -> tuple[tuple[str, ...], list[str]]:
    found: list[str] = []
    unknown: list[str] = []
    for word in re.split(r"[,;/+&]| and | und | y | et ", text.casefold()):
        name = word.strip()
        if name == "both":
            found += ["mentor", "mentee"]
        elif name:
            role = next((r for r, names in _ROLES.items() if name in names), None)
            (found if role else unknown).append(role or name)
    return tuple(dict.fromkeys(found)), unknown


def _clean(name: str) -> str:
    """A name on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:80]


def _shown(text: str) -> str:
    return repr(_clean(text)[:40])


def _without_doubles(rows: Iterable[Entry], problems: list[str]) -> tuple[Entry, ...]:
    """The first row of each address; the others are named."""
    kept: dict[str, Entry] = {}
    for row in rows:
        if row.email in kept:
            problems.append(f"line {row.line}: {_shown(row.email)} stands in line {kept[row.email].line} already")
        else:
            kept[row.email] = row
    return tuple(kept.values())


def write(header: Sequence[str], rows: Iterable[Sequence[str]], *, raw: bool = False) -> str:
    """A CSV that opens in any spreadsheet program and runs in none; raw: for machines, with cells as they are."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(row if raw else [_inert(cell) for cell in row])
    return out.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
