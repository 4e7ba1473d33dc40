"""An advisor's reply to a numbered letter: each verb obeyed or refused, one receipt, and the other advisors told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coordinator.core.answers_polite import is_kind_word
from coordinator.core.answers_text import tokens
from coordinator.core.arrival import Arrival
from coordinator.core.care import Numbered
from coordinator.core.compose import new_letter
from coordinator.core.effects import Decision, Effect, Section
from coordinator.core.frozen import replace
from coordinator.core.orders import obeyed
from coordinator.core.reading import Command
from coordinator.core.records import Letter, Receipt
from coordinator.core.relays import in_one_letter, person_named
from coordinator.core.relays import pass_on as relay
from coordinator.core.remainder import LEAST_ASKED
from coordinator.core.speech import Speech, speech_for
from coordinator.core.verbs import VERBS
from coordinator.core.verbs.items import act_before
from coordinator.core.verbs.reading import Line, Prose, addressee, confirmation, lines
from coordinator.core.verbs.wish import Told, Wish, names_of
from coordinator.core.words import languages, words_of

PROMPT = "answered"
ANSWERABLE = timedelta(days=60)
CONFIRM = "confirm"
FOR_ALL = ("idea", "mode", "pause", "resume")
SHOWN = 200
TWICE = "what an advisor wrote was not understood, nor what they wrote about that"


def is_at_the_desk(letter: Letter | None) -> bool:
    """Whether a letter is one that verbs answer."""
    return letter is not None and bool(letter.items or letter.purpose == "summary")


@dataclass(kw_only=True)
class _Desk:
    """One reply being worked through. told: lines of the receipt. asking: what waits for a yes."""

    arrival: Arrival
    letter: Letter
    told: list[str] = field(default_factory=list)
    asking: list[Numbered] = field(default_factory=list)
    others: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def speech(self) -> Speech:
        return speech_for(self.arrival.program.words, self.arrival.chapter, self.arrival.writer)

    @property
    def items(self) -> tuple[Numbered, ...]:
        """Those of the letter that are still the writer's to decide upon."""
        return tuple(item for item in self.letter.items if self.is_theirs(item.pairing))

    def is_theirs(self, pairing: str) -> bool:
        """Whether they look after that pair, which others may do by now."""
        found = self.arrival.cohort.pairing(pairing) if pairing else None
        return found is None or found.role_of(self.arrival.writer.id) == "advisor"

    def take(self, line: Line) -> None:
        wishes = tuple(self._wishes(line))
        if not wishes:
            self._say(line.words, Told(sentence="no_such_pair" if line.pairs else "no_such_item"))
        for wish in wishes:
            self.obey(wish)

    def obey(self, wish: Wish) -> None:
        verb = VERBS[wish.verb]
        before = act_before(self.arrival, wish.item) if wish.item else None
        if before and verb.about == "item":
            by = self.arrival.cohort.participant(before.by)
            self._say(wish.words, Told(sentence="already", values={"name": by.name if by else "", "day": before.at}))
        elif verb.asks and not wish.confirmed:
            self._ask(wish)
        else:
            told = verb.does(self.arrival, wish)
            self._say(wish.words, told, self._about(wish))
            if told.done:
                self._tell_others(wish, told)

    def _wishes(self, line: Line) -> Iterator[Wish]:
        """One wish for each thing that the line names and the letter showed."""
        if VERBS[line.verb].about == "self":
            yield Wish(verb=line.verb, words=line.words, args=line.args)
            return
        for number in line.numbers:
            for item in self.items:
                if item.number == number and item.kind != CONFIRM:
                    yield Wish(verb=line.verb, words=line.words, item=item, pairing=item.pairing, args=line.args)
        for number in line.pairs:
            if 1 <= number <= len(self.letter.pairings) and self.is_theirs(self.letter.pairings[number - 1]):
                yield from self._about_pair(line, self.letter.pairings[number - 1])

    def _about_pair(self, line: Line, pairing: str) -> Iterator[Wish]:
        """A verb about items means everything of that pair."""
        if VERBS[line.verb].about == "pair":
            yield Wish(verb=line.verb, words=line.words, pairing=pairing, args=line.args)
            return
        for item in self.items:
            if item.pairing == pairing and item.kind != CONFIRM:
                yield Wish(verb=line.verb, words=line.words, item=item, pairing=pairing, args=line.args)

    def _ask(self, wish: Wish) -> None:
        number = wish.item.number if wish.item else len(self.asking) + 1
        name = self._about(wish)
        self.asking.append(
            Numbered(
                number=number,
                key=wish.item.key if wish.item else "",
                kind=CONFIRM,
                pairing=wish.pairing,
                person=wish.item.person if wish.item else "",
                wish={"verb": wish.verb, **wish.args},
            )
        )
        self._say(wish.words, Told(sentence=f"{wish.verb}_sure", values={"number": number}, asks=True), name)

    def _about(self, wish: Wish) -> str:
        pairing = self.arrival.cohort.pairing(wish.pairing) if wish.pairing else None
        if pairing:
            return names_of(self.arrival, pairing)
        person = self.arrival.cohort.participant(wish.item.person) if wish.item and wish.item.person else None
        return person.name if person else ""

    def _say(self, words: str, told: Told, about: str = "") -> None:
        self.told.append(f"{' '.join(words.split())} – {self._sentence(told, about, self.speech)}")

    def _sentence(self, told: Told, about: str, speech: Speech) -> str:
        values = {k: speech.day(v) if isinstance(v, datetime) else v for k, v in told.values.items()}
        return speech.say("told", told.sentence, **{"pair": about, **values})

    def _tell_others(self, wish: Wish, told: Told) -> None:
        """Both advisors of a pair know what either of them did (AMIA-13)."""
        pairing = self.arrival.cohort.pairing(wish.pairing) if wish.pairing else None
        writer = self.arrival.writer
        for id_ in pairing.advisors if pairing else ():
            other = self.arrival.cohort.participant(id_)
            if other and pairing and id_ != writer.id:
                speech = speech_for(self.arrival.program.words, self.arrival.chapter, other)
                about = self._about(wish)
                line = speech.say(
                    "told", "other", name=writer.name, pair=about, what=self._sentence(told, about, speech)
                )
                self.others.setdefault((id_, pairing.id), []).append(line)

    def confirm(self, line: Prose) -> bool:
        """Whether the words are a yes or no to what waits for one; both are settled by it."""
        waiting = [item for item in self.items if item.kind == CONFIRM]
        said = confirmation(line, self.arrival.context()) if waiting else None
        if said is None:
            return False
        meant = [item for item in waiting if said.number in (None, item.number)]
        for item in meant:
            if not said.yes:
                self._say(line.words, Told(sentence="left_alone"))
                continue
            about = item if item.key else None
            args = {name: text for name, text in item.wish.items() if name != "verb"}
            real = next((i for i in self.items if i.key == item.key and i.kind != CONFIRM), about)
            self.obey(
                Wish(
                    verb=item.wish["verb"],
                    words=line.words,
                    item=real if item.key else None,
                    pairing=item.pairing,
                    args=args,
                    confirmed=True,
                )
            )
        return bool(meant)

    def pass_on(self, line: Prose) -> bool:
        """Whether plain words name one person; they go to them as they are, and the receipt says so."""
        item = next((i for i in self.items if i.number == line.number and i.kind != CONFIRM), None)
        if item is not None:
            self._ask_to_tell(line, item)
            return True
        name, text = addressee(line.words, self.arrival.context())
        theirs = tuple(filter(self.is_theirs, self.letter.pairings))
        found = person_named(self.arrival, name, theirs) if text else None
        if found is None:
            return False
        person, pairing = found
        went = relay(self.arrival, text, person.id, pairing, f"{pairing}/word")
        self._say(text, Told(sentence="told" if went else "unreachable", values={"name": person.first_name}))
        return True

    def _ask_to_tell(self, line: Prose, item: Numbered) -> None:
        """A sentence behind a number may be a note to oneself: it is passed on after a yes."""
        person = self.arrival.cohort.participant(item.person) if item.person else None
        if person is None:
            self._say(line.words, Told(sentence="whom"))
            return
        self._ask(Wish(verb="tell", words=line.words, item=item, pairing=item.pairing, args={"text": line.words}))

    def letters(self) -> None:
        """One letter to each whom words are passed on to, and the receipt at once; the others hear with their next."""
        self.arrival.effects[:] = in_one_letter(self.arrival.effects)
        if self.told:
            self.arrival.effects.append(_receipt(self.arrival, self.letter, self.told, self.asking))
        for (id_, pairing), told in self.others.items():
            _keep_for(self.arrival, id_, pairing, tuple(told))


def worked(arrival: Arrival) -> Decision:
    """A reply to a numbered letter of ours, by the advisor whom it went to."""
    letter = arrival.found.letter
    if letter is None:
        raise LookupError("no letter was answered")
    desk = _Desk(arrival=arrival, letter=letter)
    lost = [line for line in lines(arrival.reading.text or "", VERBS, arrival.context()) if not _taken(desk, line)]
    done, undone = obeyed(replace(arrival, reading=replace(arrival.reading, commands=_others(arrival, lost))))
    commanded = {" ".join(c.words.split()) for c in _others(arrival, lost)}
    desk.told += [f"{line} ✓" for line in done]
    arrival.heard()
    left = [line for line in lost if " ".join(line.words.split()) not in commanded and _is_said(desk, line)]
    if left and not desk.told and letter.purpose == "receipt":
        # Two machines that write to each other would never end.
        return arrival.decision("held", TWICE)
    desk.told += [_puzzled(desk, line) for line in left]
    desk.letters()
    asking = ["an advisor asks something"] if any(_is_question(line) for line in left) else []
    reasons = (*undone, *asking)
    return arrival.decision("held", reasons[0]) if reasons else arrival.decision("applied")


def _taken(desk: _Desk, line: Line | Prose) -> bool:
    if isinstance(line, Line):
        desk.take(line)
        return True
    return desk.confirm(line) or desk.pass_on(line)


def _others(arrival: Arrival, lost: Iterable[Line | Prose]) -> tuple[Command, ...]:
    """What everybody may write, advisors as well: an idea for the program, a break, its end."""
    said = "\n".join(line.words for line in lost)
    return tuple(c for c in arrival.reading.commands if c.name in FOR_ALL and c.words in said)


def _is_said(desk: _Desk, line: Line | Prose) -> bool:
    """Whether it is more than a kind word."""
    scan, context = tokens(line.words), desk.arrival.context()
    is_verb = any(words_of(context, name).phrases("verbs").length(scan.texts, 0) for name in languages(context))
    signs = any(text[0].isdecimal() or text in (":", "?") for text in scan.texts)
    return is_verb or signs or not is_kind_word(line.words, context, [desk.arrival.writer.name])


def _is_question(line: Line | Prose) -> bool:
    """Of some length: no mere doubt about a number."""
    return "?" in line.words and len(line.words.split()) >= LEAST_ASKED


def _puzzled(desk: _Desk, line: Line | Prose) -> str:
    words = " ".join(line.words.split())
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN]} …"
    return f"{shown} – {desk.speech.say('told', 'puzzled')}"


def _receipt(arrival: Arrival, letter: Letter, told: Iterable[str], asking: Iterable[Numbered]) -> Effect:
    writer = arrival.writer
    key = f"{writer.id}/answered/{arrival.name}"
    made = new_letter(
        arrival.chapter,
        writer,
        key=key,
        purpose="receipt",
        now=arrival.now,
        closes=arrival.now + ANSWERABLE,
        pairings=letter.pairings,
    )
    plain = {
        "me": {"first_name": writer.first_name, "name": writer.name, "role": "advisor"},
        "alert": list(told),
        "program": {"title": arrival.program.title, "months": arrival.program.months},
        "advisor": {"name": arrival.chapter.sender_name, "address": arrival.chapter.coordinator},
    }
    section = Section(prompt=PROMPT, pairing="", key=key, context=plain)
    return Effect(letter=replace(made, items=(*letter.items, *asking)), sections=(section,), footer={"role": "advisor"})


def _keep_for(arrival: Arrival, id_: str, pairing: str, lines_: tuple[str, ...]) -> None:
    """Kept for another advisor until the next letter to them."""
    other = arrival.cohort.participant(id_)
    if other is None:
        return
    receipt = Receipt(
        key=f"{id_}/receipt/{arrival.name}/{pairing}",
        letter="",
        pairing=pairing,
        at=arrival.now,
        due=max(arrival.now, other.due or arrival.now),
        lines=lines_,
    )
    arrival.cohort.put(
        replace(other, receipts=(*other.receipts, receipt), due=min(receipt.due, other.due or receipt.due))
    )
