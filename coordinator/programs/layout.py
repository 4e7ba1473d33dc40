"""Reads what is around every letter: greeting, footer and short texts per language, and the page of the HTML part."""

from collections.abc import Iterable, Mapping

from coordinator.formats.letter_context import FRAME, NAMES, Shape
from coordinator.programs import declared
from coordinator.programs.folders import Folder
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.prompts import LAYOUT, Sheet, languages, read_sheet
from coordinator.programs.wording import check

PAGE = "layout.html"
PIECES = (
    "nudge", "merged_subject", "why_mentee", "why_mentor", "why_advisor", "why_participant", "why_coordinator",
    "why_guest", "why_peer", "sees_private", "sees_pair", "sees_advisor", "sees_program", "yes", "no", "months", "day",
)  # fmt: skip
_PAGE_NAMES: Mapping[str, Shape] = dict.fromkeys(("language", "direction", "title", "body", "footer"))
_PIECE_NAMES: Mapping[str, Shape] = {**NAMES, **FRAME, **dict.fromkeys(("day", "month", "year"))}


def layout(folders: Iterable[Folder], found: list[str]) -> dict[str, str]:
    """ "html", and "<language>/frame" and "<language>/<piece>" for each language."""
    chain = tuple(folders)
    texts = {"html": _page(chain, found)}
    for language in ("", *languages(chain)):
        for sheet in _layouts(chain, language, found):
            for name, text in _pieces(sheet, is_english=not language, found=found).items():
                texts.setdefault(f"{language or 'en'}/{name}", text)
    missing = [name for name in (*PIECES, "frame") if f"en/{name}" not in texts]
    if missing and chain:
        fault = f"the layout lacks {', '.join(missing)}"
        found.append(mistake(f"{chain[0].shown}/{LAYOUT}", fault, 'extends = "base" brings them all'))
    return texts


def _page(chain: tuple[Folder, ...], found: list[str]) -> str:
    for folder in chain:
        if not (folder.path / PAGE).is_file():
            continue
        text = folder.read(PAGE, found) or ""
        check(text, _PAGE_NAMES, f"{folder.shown}/{PAGE}", 1, found)
        found.extend(_without(text, ("body", "footer"), f"{folder.shown}/{PAGE}"))
        return text
    if chain:
        found.append(mistake(f"{chain[0].shown}/{PAGE}", "there is none", 'extends = "base" brings one'))
    return ""


def _without(text: str, names: Iterable[str], place: str) -> list[str]:
    lacking = [name for name in names if name not in text]
    return [mistake(place, f"no {{{{ {name} }}}}", "put it where it belongs") for name in lacking]


def _layouts(chain: tuple[Folder, ...], language: str, found: list[str]) -> list[Sheet]:
    relative = f"{language}/{LAYOUT}" if language else LAYOUT
    here = [(depth, folder) for depth, folder in enumerate(chain) if (folder.path / relative).is_file()]
    read = [read_sheet(folder, relative, depth, found) for depth, folder in here]
    return [sheet for sheet in read if sheet]


def _pieces(sheet: Sheet, *, is_english: bool, found: list[str]) -> dict[str, str]:
    pieces: dict[str, str] = {}
    for key, given in sheet.table.placed().items():
        if key not in PIECES:
            found.append(unknown(given.place, "text of the layout", key, PIECES))
            continue
        pieces[key] = declared.text(given, found) or ""
        shown, _, line = given.place.rpartition(":")
        check(pieces[key], _PIECE_NAMES, shown, int(line), found)
    if sheet.body.strip():
        pieces["frame"] = sheet.body
        check(sheet.body, FRAME, sheet.shown, sheet.first, found)
        found.extend(_without(sheet.body, ("letter", "ref"), f"{sheet.shown}:{sheet.first}"))
    elif is_english and sheet.depth == 0 and not pieces:
        found.append(mistake(sheet.shown, "an empty layout", "remove the file, or write what it changes"))
    return pieces
