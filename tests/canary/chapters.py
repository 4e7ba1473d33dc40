"""The chapter of the canaries: who is in it, what happens to them besides the program's own letters, what it prints."""

from collections.abc import Iterator
from pathlib import Path

from coordinator import programs
from tests.canary.season import Season
from tests.cli.running import founded, run
from tests.e2e.chapters import MONDAY, Chapter

PEOPLE = """email,first_name,last_name,roles,timezone,language,consent
mona@example.com,Mona,Ek,mentor;advisor,Europe/Berlin,en,yes
maya@example.com,Maya,Roy,mentee;mentor,Europe/Berlin,en,yes
nils@example.com,Nils,Oz,mentor,Europe/Berlin,en,yes
nora@example.com,Nora,Fry,mentee,Europe/Berlin,en,yes
olga@example.com,Olga,Ray,mentee,Europe/Berlin,en,yes
adam@example.com,Adam,Poe,advisor,Europe/Berlin,en,yes
anna@example.com,Anna,Lux,advisor,Europe/Berlin,en,yes
ivan@example.com,Ivan,Bly,advisor,Europe/Berlin,en,yes
"""
GUESTS = """email,first_name,last_name,roles,timezone,language,consent
paul@example.com,Paul,Orr,mentor,Europe/Berlin,en,
rosa@example.com,Rosa,Day,mentee,Europe/Berlin,en,
"""
MONA, MAYA, NILS, NORA = (f"{name}@example.com" for name in ("mona", "maya", "nils", "nora"))
ADAM, ANNA, IVAN, OLGA = (f"{name}@example.com" for name in ("adam", "anna", "ivan", "olga"))
NOBODY, ADVISOR, LOG = frozenset[str](), frozenset({"advisor"}), frozenset({"coordinator"})


def two_pairs(folder: Path, program: str, *, every: int = 5) -> Season:
    """Mona and Maya with Adam and Anna, Nils and Nora with Anna; two guests where the program invites people."""
    founded(folder, "--program", program, now="2026-01-12T08:00")
    chapter = Chapter.at(folder)
    chapter.now = MONDAY
    season = Season(chapter, every=every)
    imported(season, PEOPLE)
    ordered(season, "pair", MONA, MAYA, "--advisor", ADAM, "--advisor", ANNA)
    ordered(season, "pair", NILS, NORA, "--advisor", ANNA)
    if any(stage.kind == "enrolment" for stage in programs.load(program, own=None).stages):
        imported(season, GUESTS, "--invite")
    return season


def imported(season: Season, people: str, *flags: str) -> None:
    roster = season.chapter.folder.parent / "people.csv"
    roster.write_text(people)
    ordered(season, "people", "import", str(roster), *flags)


def ordered(season: Season, *command: str) -> None:
    """A command of the coordinator."""
    done = run("--chapter", season.chapter.folder, *command, "--now", season.chapter.now.isoformat())
    assert done.code == 0, done.err


def eventful(season: Season, days: int) -> Season:
    """A season with calls for help, concerns, questions, changed roles and people who ask what is stored of them."""
    third = days // 3
    season.play(3)
    season.cries(MAYA, "p1", "HELP\n", NOBODY)
    season.cries(NILS, "p2", "concern: ", NOBODY)
    season.play(2)
    season.cries(MONA, "p1", "concern: ", NOBODY)
    season.cries(NORA, "p2", "HELP\n", NOBODY)
    season.cries(NILS, "p2", "question: ", ADVISOR)
    season.cries(NORA, "p2", "need: ", ADVISOR)
    season.cries(MAYA, "p1", "program idea: ", LOG)
    season.play(max(third - 5, 1))
    with_changed_roles(season)
    season.play(third)
    for address in (MAYA, MONA, ADAM):
        season.writes(address, "Why did I get this?")
    season.writes(MONA, "Export my data")
    season.writes(NORA, "Forget me")
    season.cries(MONA, "p1", "HELP\n", NOBODY)
    season.play(max(days - 5 - 2 * third, 1))
    return season


def with_changed_roles(season: Season) -> None:
    """Ivan in Adam's place; and Maya, who is mentored by Mona, mentors Olga, with Mona as the advisor of the two."""
    season.look()
    ordered(season, "pairing", "set", "p1", f"advisors={IVAN},{ANNA}")
    ordered(season, "pair", MAYA, OLGA, "--advisor", MONA)


def printed(season: Season) -> Iterator[tuple[str, str]]:
    """(command, what it tells the coordinator): status, records, exports, reports."""
    folder = season.chapter.folder
    at, now = ("--chapter", folder), ("--now", season.chapter.now.isoformat())
    page, sheets = folder.parent / "report.html", folder.parent / "sheets"
    letters = list(dict.fromkeys(letter.parent.message_id for _, letter in season.chapter.letters))
    pairings = [p.id for p in season.chapter.work().pairings()]
    commands = [
        ("status", "--json"), ("status",), ("held", "list"), ("held", "list", "--json"), ("people", "export"),
        ("report",), ("report", "--json"), ("report", "--html", page, "--csv", sheets), ("report", "--advisor", ANNA),
        ("match", "--json"), ("match", "--explain"), ("tally",), ("check",),
        *((("show", each, *flags)) for each in (*pairings, *season.names) for flags in ((), ("--json",))),
        *(("show", each, "--ics") for each in pairings),
        *(("why", each) for each in letters[:: max(1, len(letters) // 40)]),
    ]  # fmt: skip
    for command in commands:
        with_now = now if command[0] in ("status", "show", "report") else ()
        done = run(*at, *command, *with_now)
        yield " ".join(map(str, command)), (done.out + done.err).replace("\n ", " ").casefold()
    for path in (page, *sheets.glob("*.csv")):
        yield path.name, path.read_text().casefold()
    yield "tick --json", "\n".join(season.said).casefold()
