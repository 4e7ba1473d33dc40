"""A season in which every answer in words bears a canary, quoted, forwarded and copied about, with faults in between."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default

from coordinator import faults
from coordinator.core.records import Letter, Pairing, Question
from coordinator.simulate import shapes
from coordinator.simulate.letters import Received, received
from tests.canary.planted import COORDINATOR, Canary, found, planted, words
from tests.cli.running import run
from tests.e2e.chapters import BERLIN, Chapter

CHIEF = "chief@example.org"
STYLES = (("gmail_web", "top"), ("outlook_web", "html_top"), ("thunderbird", "bottom"), ("apple_mail", "top"))
MEANT = {
    "rhythm": "2nd tuesday 12:00",
    "hours": "8 to 19",
    "request": "yes",
    "verdict": "accept",
    "confirm_pair": "yes",
    "renew": "no",
}
"""Texts that are read for what they mean, so that no invented word can stand in them."""
PLAIN = {
    "yes_no": "yes", "scale": "3", "number": "7", "duration": "45 minutes", "choice": "a", "choices": "a", "slots": "a",
    "date": "2026-05-04",
}  # fmt: skip
RELEASED = (("a", frozenset[str]()), ("b", frozenset({"advisor"})), ("c", frozenset({"advisor", "partner"})))
"""What somebody answers when they are asked who may read their call, in turn, and who then may."""


class KilledError(BaseException):
    """A tick that ends here, as if its process had been killed."""


@dataclass
class Season:
    """canaries: by word. seen: word → ids of those who got a mail with it. every: which answers are kept private.

    reached: word → what those were to its writer then. pairings: as they were last seen, by id; ended ones stay.
    leaks: (reader, canary) of every word that somebody got who may not read it, by what they were to its writer then.
    said: what the ticks printed. sent_by: words of others that somebody sent themselves: their copy holds their mails.
    """

    chapter: Chapter
    canaries: dict[str, Canary] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    reached: dict[str, set[str]] = field(default_factory=dict)
    pairings: dict[str, Pairing] = field(default_factory=dict)
    leaks: list[tuple[str, Canary]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    sent_by: dict[str, set[str]] = field(default_factory=dict)
    written_at: dict[str, datetime] = field(default_factory=dict)
    every: int = 5
    looked: int = 0
    answered: int = 0
    released: int = 0
    killed: int = 0

    def __post_init__(self) -> None:
        self.fresh = words()

    # Who there is, by now.

    @property
    def people(self) -> dict[str, str]:
        """Address → id."""
        return {p.address: p.id for p in self.chapter.work().participants()} | {CHIEF: COORDINATOR}

    @property
    def names(self) -> dict[str, str]:
        return {p.address: p.name for p in self.chapter.work().participants()}

    def partner(self, letter: Letter) -> str:
        """The address of the other one of the pair that a letter is about; "" = it is about none."""
        work = self.chapter.work()
        for pairing in filter(None, map(work.pairing, letter.pairings)):
            if letter.recipient in (pairing.mentor, pairing.mentee):
                other = work.participant(pairing.partner_of(letter.recipient))
                return other.address if other else ""
        return ""

    # What happens.

    def tick(self, minutes: float = 15) -> None:
        """As cron runs it; what it prints is kept, and what it sent is collected."""
        chapter = self.chapter
        chapter.now += timedelta(minutes=minutes)
        done = run("--chapter", chapter.folder, "tick", "--json", "--confirm-gap", "--now", chapter.now.isoformat())
        assert done.code in (0, 3), done.err
        self.said += [done.out, done.err]
        chapter.letters += [(chapter.now, received(raw)) for raw in chapter.mail.collect()]

    def killed_tick(self) -> None:
        """One that dies at another place each time, then the next, which makes up for it."""
        self.killed += 1
        left = self.killed * 3

        def strike(_name: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise KilledError

        faults.arm(strike)
        try:
            self.tick()
        except KilledError:
            pass
        finally:
            faults.arm(None)
        self.tick()

    def play(self, days: int) -> None:
        self.tick(0)
        for number in range(days):
            morning = self.chapter.now
            self.answer_all(kill=number % 7 == 3)
            for hours in (6, 24):
                self.tick((morning + timedelta(hours=hours) - self.chapter.now) / timedelta(minutes=1))
        self.look()

    def answer_all(self, *, kill: bool = False) -> None:
        """Everybody answers what came since, then the program reads it all in one tick."""
        new = self.chapter.letters[self.looked :]
        self.look()
        raws = [raw for _, letter in new for raw in self.answers(letter)]
        for raw in raws:
            self.chapter.mail.deliver(raw, self.chapter.now)
        if kill:
            self.killed_tick()
        elif raws:
            self.tick()

    def writes(self, address: str, text: str, subject: str = "a word") -> None:
        """A mail of their own, which answers nothing, read by the next tick."""
        raw = shapes.fresh(
            text, client="gmail_web", sender=(self.names[address], address), to=[("", "mentoring@example.org")],
            subject=subject, now=self.chapter.now.astimezone(BERLIN),
        )  # fmt: skip
        self.chapter.mail.deliver(raw, self.chapter.now)

    def cries(self, address: str, pairing: str, lead: str, chosen: frozenset[str]) -> None:
        """A line with a word, such as "concern: …". chosen: who may read it before anybody asks its writer."""
        word = next(self.fresh)
        by = self.people[address]
        self.canaries[word] = Canary(
            word=word, by=by, pairing=pairing, prompt=lead, field="words", fills="", visibility="private", chosen=chosen
        )
        self.writes(address, f"{lead}that it is {word} with us")

    # What everybody answers.

    def answers(self, letter: Received) -> Iterator[bytes]:
        record = self.chapter.work().letter_by_message_id(letter.parent.message_id)
        if record is None or not record.questions or record.recipient == COORDINATOR:
            return
        self.answered += 1
        text = "\n".join(line for question in record.questions if (line := self.line(question, record)))
        if not text or letter.parent.recipient not in self.names:
            return
        client, style = STYLES[self.answered % len(STYLES)]
        yield self.written(letter, text, client, style, copies=self.answered % 3 == 0)
        partner = self.partner(record)
        if partner and self.answered % 4 == 1 and (other := self.chapter.to(partner)):
            yield self.forwarded(other[-1], letter.parent.recipient, text)

    def line(self, question: Question, letter: Letter) -> str:
        """The answer to one question, with a canary where it takes words; now and then kept private."""
        kind, number, fills = question.field.kind, question.number, question.field.fills or ""
        if fills == "release":
            return f"{number}. {self.release(question)}"
        if fills in ("forget", "export"):
            return f"{number}. {'yes' if fills == 'export' else 'no'}"
        if fills == "join":
            return f"{number}. join {'mentor' if letter.address.startswith('p') else 'mentee'}"
        if kind == "address":
            return f"{number}. {letter.address}"
        if kind in PLAIN or fills in MEANT:
            return f"{number}. {MEANT.get(fills) or PLAIN[kind]}"
        canary = planted(question, letter.recipient, self._role(question, letter), next(self.fresh))
        said = f"{number}. Something about {canary.word} and more"
        if kind == "rating":
            said = f"{number}. {2 + len(self.canaries) % 3} – {canary.word} and more"
        if kind == "goals":
            said = f"{number}. G{next((n for n, _ in question.goals), 1)} 6 {canary.word}"
        turn = len(self.canaries) % self.every == self.every - 1
        if canary.visibility != "private" and turn and fills not in ("place", "profile"):
            canary = canary.lowered()
            said += f"\n{number} private"
        self.canaries[canary.word], self.written_at[canary.word] = canary, self.chapter.now
        return said

    def _role(self, question: Question, letter: Letter) -> str:
        pairing = self.chapter.work().pairing(question.pairing)
        return (pairing.role_of(letter.recipient) or "") if pairing else ""

    def release(self, question: Question) -> str:
        """Who may read a call or a concern, each time somebody else."""
        letter, chosen = RELEASED[self.released % len(RELEASED)]
        self.released += 1
        record = self.chapter.work().pairing(question.pairing)
        need = next(n for n in record.care.needs if n.key == question.key) if record else None
        for word in found(need.text) if need else ():
            self.canaries[word] = replace(self.canaries[word], chosen=chosen)
        return letter

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
        self.sent_by.setdefault(self.people[letter.parent.recipient], set()).update(found(text))
        body = f"{head}Subject: Re: {letter.subject}\nTo: Mentoring <mentoring@example.org>\n\n{text}"
        return self.written(letter, body, "gmail_web", "top", copies=False)

    # Who got to read what.

    def look(self) -> None:
        """Notes which words stand in which mails, and what their readers are to the writers by now."""
        people, work = self.people, self.chapter.work()
        self.pairings |= {p.id: p for p in work.pairings()}
        for _, letter in self.chapter.letters[self.looked :]:
            reader = people.get(letter.parent.recipient, letter.parent.recipient)
            somebody = work.participant(reader)
            for word in found(whole(letter.raw)):
                canary, roles = self.canaries[word], somebody.roles if somebody else ()
                self.seen.setdefault(word, set()).add(reader)
                if word in self.sent_by.get(reader, ()):
                    continue
                relation = canary.relation_of(reader, self.pairings.get(canary.pairing), roles)
                self.reached.setdefault(word, set()).add(relation)
                if relation not in canary.readers:
                    self.leaks.append((f"{reader}: {letter.subject}", canary))
        self.looked = len(self.chapter.letters)


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
