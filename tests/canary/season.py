"""A season of two pairs in which every answer in words bears a canary, quoted, forwarded and copied about."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path

from coordinator.core.records import Letter, Pairing, Question
from coordinator.simulate import shapes
from coordinator.simulate.letters import Received
from tests.canary.planted import COORDINATOR, Canary, planted, words
from tests.cli.running import founded, run
from tests.e2e.chapters import BERLIN, MONDAY, Chapter

CHIEF = "chief@example.org"
PEOPLE = """email,first_name,last_name,roles,timezone,language,consent
mona@example.com,Mona,Ek,mentor,Europe/Berlin,en,yes
maya@example.com,Maya,Roy,mentee,Europe/Berlin,en,yes
nils@example.com,Nils,Oz,mentor,Europe/Berlin,en,yes
nora@example.com,Nora,Fry,mentee,Europe/Berlin,en,yes
adam@example.com,Adam,Poe,advisor,Europe/Berlin,en,yes
anna@example.com,Anna,Lux,advisor,Europe/Berlin,en,yes
"""
STYLES = (("gmail_web", "top"), ("outlook_web", "html_top"), ("thunderbird", "bottom"), ("apple_mail", "top"))
MEANT = {"rhythm": "2nd tuesday 12:00", "hours": "8 to 19"}
"""Texts that are read for what they mean, so that no invented word can stand in them."""


@dataclass
class Season:
    """canaries: by word. seen: word → ids of those who got a mail with it. every: which answers are kept private."""

    chapter: Chapter
    canaries: dict[str, Canary] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    every: int = 5
    looked: int = 0
    answered: int = 0

    def __post_init__(self) -> None:
        self.fresh = words()
        self.pairings: dict[str, Pairing] = {p.id: p for p in self.chapter.work().pairings()}
        self.people = {p.address: p.id for p in self.chapter.work().participants()} | {CHIEF: COORDINATOR}
        self.names = {p.address: p.name for p in self.chapter.work().participants()}

    def play(self, days: int) -> None:
        self.chapter.tick()
        for _ in range(days):
            self.answer_all()
            self.chapter.wait(days=1)
        self.look()

    def answer_all(self) -> None:
        """Everybody answers what came since, then the program reads it all in one tick."""
        new = self.chapter.letters[self.looked :]
        self.look()
        raws = [raw for _, letter in new for raw in self.answers(letter)]
        for raw in raws:
            self.chapter.mail.deliver(raw, self.chapter.now)
        if raws:
            self.chapter.tick(self.chapter.now + timedelta(minutes=15))

    def answers(self, letter: Received) -> Iterator[bytes]:
        record = self.chapter.work().letter_by_message_id(letter.parent.message_id)
        if record is None or not record.questions or record.recipient == COORDINATOR:
            return
        self.answered += 1
        text = "\n".join(line for question in record.questions if (line := self.line(question, record)))
        if not text:
            return
        client, style = STYLES[self.answered % len(STYLES)]
        yield self.written(letter, text, client, style, copies=self.answered % 3 == 0)
        partner = self.partner(record)
        if partner and self.answered % 4 == 1 and (other := self.chapter.to(partner)):
            yield self.forwarded(other[-1], letter.parent.recipient, text)

    def line(self, question: Question, letter: Letter) -> str:
        """The answer to one question, with a canary where it takes words; now and then kept private."""
        kind, number = question.field.kind, question.number
        fixed = {
            "yes_no": "yes", "scale": "3", "number": "7", "duration": "45 minutes", "choice": "a", "choices": "a",
            "slots": "a", "date": "2026-05-04", "address": letter.address,
        }  # fmt: skip
        if kind in fixed:
            return f"{number}. {fixed[kind]}"
        if question.field.fills in MEANT:
            return f"{number}. {MEANT[question.field.fills]}"
        canary = planted(question, letter.recipient, next(self.fresh))
        said = f"{number}. Something about {canary.word} and more"
        if kind == "goals":
            said = f"{number}. G{next((n for n, _ in question.goals), 1)} 6 {canary.word}"
        if (
            canary.visibility != "private"
            and len(self.canaries) % self.every == self.every - 1
            and question.field.fills != "place"
        ):
            canary = canary.lowered()
            said += f"\n{number} private"
        self.canaries[canary.word] = canary
        return said

    def partner(self, letter: Letter) -> str:
        for id_ in letter.pairings:
            pairing = self.pairings.get(id_)
            if pairing and letter.recipient in (pairing.mentor, pairing.mentee):
                other = pairing.partner_of(letter.recipient)
                return next(address for address, known in self.people.items() if known == other)
        return ""

    def written(self, letter: Received, text: str, client: str, style: str, *, copies: bool) -> bytes:
        address = letter.parent.recipient
        everybody = [(name, other) for other, name in self.names.items() if other != address]
        return shapes.reply(
            letter.raw, text, client=client, style=style, sender=(self.names[address], address),
            now=self.chapter.now.astimezone(BERLIN), cc=everybody if copies else (),
        )  # fmt: skip

    def forwarded(self, letter: Received, author: str, text: str) -> bytes:
        """The partner got the answer as a copy and sends it on, in reply to a letter of their own."""
        name = self.names[author]
        head = (
            f"FYI\n\n---------- Forwarded message ---------\nFrom: {name} <{author}>\nDate: Mon, 12 Jan 2026 at 09:00\n"
        )
        body = f"{head}Subject: Re: {letter.subject}\nTo: Mentoring <mentoring@example.org>\n\n{text}"
        return self.written(letter, body, "gmail_web", "top", copies=False)

    def look(self) -> None:
        """Notes which words stand in which mails."""
        for _, letter in self.chapter.letters[self.looked :]:
            reader = self.people.get(letter.parent.recipient, letter.parent.recipient)
            for word in found(whole(letter.raw), self.canaries):
                self.seen.setdefault(word, set()).add(reader)
        self.looked = len(self.chapter.letters)

    @property
    def leaks(self) -> list[tuple[str, Canary]]:
        """(reader, canary) of every word that somebody got who may not read it."""
        return [
            (reader, self.canaries[word])
            for word, readers in self.seen.items()
            for reader in sorted(readers)
            if not self.canaries[word].may_be_read_by(reader, self.pairings.get(self.canaries[word].pairing))
        ]


def found(text: str, canaries: dict[str, Canary]) -> Iterator[str]:
    if "zw" in text:
        yield from (word for word in canaries if word in text)


def whole(raw: bytes) -> str:
    """Everything that a reader could see of a mail, attachments and headers too, in lower case."""
    message = message_from_bytes(raw, policy=default)
    heads = "\n".join(f"{name}: {value}" for name, value in message.items())
    return "\n".join((heads, *(_content(part) for part in message.walk()))).casefold()


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    # A calendar folds its lines wherever 75 bytes are over (RFC 5545 §3.1).
    return text.replace("\r\n ", "").replace("\n ", " ")


def two_pairs(folder: Path, program: str, *, every: int = 5) -> Season:
    """Mona and Maya with Adam and Anna, Nils and Nora with Anna."""
    now = "2026-01-12T08:00"
    founded(folder, "--program", program, now=now)
    roster = folder.parent / "people.csv"
    roster.write_text(PEOPLE)
    at = ("--chapter", folder)
    for command in (
        ("people", "import", roster),
        (
            "pair",
            "mona@example.com",
            "maya@example.com",
            "--advisor",
            "adam@example.com",
            "--advisor",
            "anna@example.com",
        ),
        ("pair", "nils@example.com", "nora@example.com", "--advisor", "anna@example.com"),
    ):
        done = run(*at, *command, "--now", now)
        assert done.code == 0, done.err
    chapter = Chapter.at(folder)
    chapter.now = MONDAY
    return Season(chapter, every=every)


def printed(season: Season) -> Iterator[tuple[str, str]]:
    """(command, what it tells the coordinator): status, records, exports, reports."""
    folder = season.chapter.folder
    at, now = ("--chapter", folder), ("--now", season.chapter.now.isoformat())
    page, sheets = folder.parent / "report.html", folder.parent / "sheets"
    commands = [
        ("status", "--json"), ("status",), ("held", "list"), ("people", "export"), ("report",), ("report", "--json"),
        ("report", "--html", page, "--csv", sheets), ("match", "--json"),
        *((("show", each, *flags)) for each in (*season.pairings, *season.names) for flags in ((), ("--json",))),
        *(("show", each, "--ics") for each in season.pairings),
    ]  # fmt: skip
    for command in commands:
        with_now = now if command[0] in ("status", "show", "report") else ()
        done = run(*at, *command, *with_now)
        yield " ".join(map(str, command)), (done.out + done.err).replace("\n ", " ").casefold()
    for path in (page, *sheets.glob("*.csv")):
        yield path.name, path.read_text().casefold()
