"""The roster as a spreadsheet: read whatever a spreadsheet program saved, write what none of them runs as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coordinator.core.roster import ROLES, Entry, is_address, is_language
from coordinator.formats.roster_columns import SYNONYMS, columns, is_form

COLUMNS = tuple(SYNONYMS)
_ROLES: Mapping[str, tuple[str, ...]] = {
    "mentor": ("mentor", "mentors", "mentora", "mentorin"),
    "mentee": ("mentee", "mentees", "mentorada", "protege", "protégé", "protégée"),
    "advisor": ("advisor", "adviser", "berater", "beraterin", "asesor", "asesora", "conseiller"),
    "coordinator": ("coordinator", "koordinator", "coordinador", "coordinadora", "coordinateur"),
}
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "en": ("english", "englisch", "inglés", "anglais"),
    "es": ("spanish", "español", "spanisch", "espagnol"),
    "de": ("german", "deutsch", "alemán", "allemand"),
    "fr": ("french", "français", "französisch", "francés"),
}
_YES = ("yes", "y", "true", "1", "x", "ja", "sí", "si", "oui", "agreed", "✓", "wahr", "verdadero", "vrai")
_NO = ("", "no", "n", "false", "0", "nein", "non", "falsch", "falso", "faux", "-", "–")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_SEPARATOR = re.compile(r"sep=([,;\t|])\s*")
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]+)>")
_LONGEST = 80
_LONGEST_OTHER = 2000


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """rows: those that are clear. problems: (line, what is wrong), one each, for the others.

    columns: (header, what it was taken for); a name in brackets is set aside.
    """

    rows: tuple[Entry, ...]
    problems: tuple[tuple[int, str], ...]
    columns: tuple[tuple[str, str], ...] = ()


def read(raw: bytes, *, given: Mapping[str, str] | None = None) -> Sheet:
    """A spreadsheet's rows. Byte-order marks, semicolons, tabs, Windows encoding and any order of columns are fine.

    given: header in small letters → column, where whoever imports knows better than the words of the header. Of an
    online form's export, the newest answer of a person counts.
    """
    fault = _not_text(raw)
    if fault:
        return Sheet(rows=(), problems=((1, fault),))
    rows: list[Entry] = []
    problems: list[tuple[int, str]] = []
    lines = _records(_text(raw), problems)
    first, cells = next(lines, (1, []))
    header, named = columns(cells, given), cells
    seen = tuple(zip(named, header, strict=True))
    wrong_header = _header_faults(seen)
    if wrong_header:
        return Sheet(rows=(), problems=tuple((first, w) for w in wrong_header), columns=seen)
    for line, cells in lines:
        row, wrong = _row(header, [c.strip() for c in cells], line)
        problems += [(line, w) for w in wrong]
        if row is not None:
            rows.append(row)
    kept = _newest(rows) if is_form(named) else _without_doubles(rows, problems)
    return Sheet(rows=kept, problems=tuple(sorted(problems)), columns=seen)


def _not_text(raw: bytes) -> str | None:
    """Why this is no CSV file at all."""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "this is a workbook of a spreadsheet program – save it as CSV (UTF-8) there, then import that"
    return None if raw.strip() else "the file is empty – its first line names the columns, such as email,first_name"


def _text(raw: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with one, else what Windows writes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _records(text: str, problems: list[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Each record that says anything, with the line on which it begins."""
    head, _, rest = text.partition("\n")
    said = _SEPARATOR.fullmatch(head.strip("\r"))
    skipped, body = (1, rest) if said else (0, text)
    records = csv.reader(io.StringIO(body, newline=""), delimiter=said[1] if said else _delimiter(text), strict=True)
    begins = 1 + skipped
    try:
        for cells in records:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = records.line_num + 1 + skipped
    except csv.Error as error:
        problems.append((begins, f"a quotation mark is never closed, or stands inside a cell ({error})"))


def _delimiter(text: str) -> str:
    """Whichever of ; , and tab stands most often in the first line that says anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _header_faults(seen: Sequence[tuple[str, str]]) -> list[str]:
    wrong = []
    for name in COLUMNS:
        alike = [" ".join(header.split())[:40] for header, taken in seen if taken == name]
        if len(alike) > 1:
            named = ", ".join(map(repr, alike))
            wrong.append(f"two columns for {name}: {named} – set one aside: --column {alike[-1] + '=-'!r}")
    if "email" not in (name for _, name in seen):
        wrong.append("no column for the email address – name one of them “email”")
    return wrong


def _row(header: Sequence[str], given: Sequence[str], line: int) -> tuple[Entry | None, list[str]]:
    """One person, or what is wrong with the line: everything, not only the first fault."""
    cells = dict(zip(header, given, strict=False))
    email, wrong = _email(cells.get("email", ""))
    if any(given[len(header) :]):
        wrong.append("more cells than the first line has columns – is there a stray separator?")
    roles, unknown = _roles(cells.get("roles", ""))
    wrong += [f"no role {_shown(u)} – one of {', '.join(ROLES)}" for u in unknown]
    first, last = _names(cells.get("first_name", ""), cells.get("last_name", ""))
    if not first:
        wrong.append("no first name")
    language = _language(cells.get("language", ""))
    if language and not is_language(language):
        wrong.append(f"no language {_shown(language)} – write it as en, es or de")
    consent = _agreement(cells.get("consent", ""))
    if consent not in _YES and consent not in _NO:
        wrong.append(f"consent {_shown(consent)} – write yes or no")
    if wrong:
        return None, wrong
    entry = Entry(
        line=line,
        email=email,
        first_name=first,
        last_name=last,
        roles=roles,
        timezone=cells.get("timezone", ""),
        language=language,
        consent=consent in _YES,
        others={
            k: _clean(_plain(v), _LONGEST_OTHER)
            for k, v in cells.items()
            if k and k not in COLUMNS and not k.startswith("(") and v
        },
    )
    return entry, []


def _agreement(cell: str) -> str:
    """ "Yes, I agree to …" of a form's tick box is a yes."""
    said = cell.casefold().strip()
    first = said.replace(",", " ").replace(".", " ").split()[:2]
    return "yes" if (first[:1] and first[0] in _YES) or first == ["i", "agree"] else said


def _email(cell: str) -> tuple[str, list[str]]:
    """An address, also out of `Ada Lovelace <ada@example.org>`."""
    bare = cell.casefold().removeprefix("mailto:")
    boxed = _IN_BRACKETS.fullmatch(bare)
    email = boxed[1].strip() if boxed else bare
    if not email:
        return "", ["no email address"]
    if email == "anonymous":
        return "", ["no email address: the form did not ask for one, and its writer stayed anonymous"]
    return email, [] if is_address(email) else [f"{_shown(email)} is no email address"]


def _names(first: str, last: str) -> tuple[str, str]:
    """First and last name; a whole name in one cell is taken apart, also as “Lovelace, Ada”."""
    first, last = _clean(_plain(first)), _clean(_plain(last))
    if first and not last and "," in first:
        last, _, first = (part.strip() for part in first.partition(","))
    elif first and not last and " " in first:
        first, _, last = first.partition(" ")
    return first, last


def _language(cell: str) -> str:
    name = cell.casefold().replace("_", "-")
    return next((tag for tag, names in _LANGUAGES.items() if name in names), name)


def _roles(text: str) -> tuple[tuple[str, ...], list[str]]:
    found: list[str] = []
    unknown: list[str] = []
    for word in re.split(r"[,;/+&|]| and | und | y | et ", text.casefold()):
        name = word.strip()
        if name == "both":
            found += ["mentor", "mentee"]
        elif name:
            role = next((r for r, names in _ROLES.items() if name in names), None) or _said_role(name)
            (found if role else unknown).append(role or name)
    return tuple(dict.fromkeys(found)), unknown


def _said_role(text: str) -> str | None:
    """Of "as a mentee, please" the one role that is named."""
    said = {r for r, names in _ROLES.items() if any(word.strip(".!") in names for word in text.split())}
    return said.pop() if len(said) == 1 else None


def _plain(cell: str) -> str:
    """Without the mark that `write` puts before what a spreadsheet program would run."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _clean(text: str, longest: int = _LONGEST) -> str:
    """On one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest]


def _shown(text: str) -> str:
    return repr(_clean(text)[:40])


def _newest(rows: Iterable[Entry]) -> tuple[Entry, ...]:
    """The last row of each address: a form that was sent twice was meant the second time."""
    return tuple({row.email: row for row in rows}.values())


def _without_doubles(rows: Iterable[Entry], problems: list[tuple[int, str]]) -> tuple[Entry, ...]:
    """The first row of each address; the others are named."""
    kept: dict[str, Entry] = {}
    for row in rows:
        if row.email in kept:
            problems.append((row.line, f"{_shown(row.email)} stands in line {kept[row.email].line} already"))
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
