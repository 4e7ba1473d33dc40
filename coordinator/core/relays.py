"""Words passed on between an advisor and one of the two, through the program, with neither address nor quotation."""

from collections.abc import Iterable, Iterator, Sequence

from coordinator.core.arrival import Arrival
from coordinator.core.care import MOST_WORDS, Numbered
from coordinator.core.effects import Decision, Effect
from coordinator.core.frozen import replace
from coordinator.core.pleas.asking import taken_up, voice_of
from coordinator.core.pleas.lines import passing_on
from coordinator.core.records import Letter, Pairing, Participant

PROMPT = "relayed"


def relay_of(letter: Letter | None) -> Numbered | None:
    """To whom an answer to a letter is passed on, None for every other letter."""
    return next((item for item in letter.items if item.kind == "relay"), None) if letter else None


def relayed(arrival: Arrival, letter: Letter, item: Numbered) -> Decision:
    """The reply's own words, to the other end of the thread; the question counts as answered."""
    taken_up(arrival, letter)
    words = (arrival.reading.text or "").strip()[:MOST_WORDS]
    arrival.heard()
    if words and not pass_on(arrival, words, item.person, item.pairing, item.key):
        return arrival.decision("held", "words for somebody who gets no mail from us")
    if words:
        settle(arrival, item)
    return arrival.decision("applied")


def pass_on(arrival: Arrival, words: str, person: str, pairing: str, key: str) -> bool:
    """False when nobody of that id can be written to."""
    voice, writer = voice_of(arrival), arrival.found.writer
    reader, about = voice.person(person), arrival.cohort.pairing(pairing)
    if reader is None or writer is None or reader.status in ("stopped", "unreachable"):
        return False
    effect = voice.letter(
        reader,
        PROMPT,
        f"{key}/relay/{arrival.name}/{person}",
        "relay",
        pairing=about,
        who=writer,
        alert=words.splitlines(),
    )
    arrival.effects.append(passing_on(effect, key, pairing, writer.id))
    return True


def in_one_letter(effects: Iterable[Effect]) -> Iterator[Effect]:
    """The same letters, but for words to one person that a reply has in several places: those come together."""
    first: dict[str, Effect] = {}
    for effect in effects:
        (section, *others) = effect.sections
        if section.prompt != PROMPT or others:
            yield effect
        elif before := first.get(effect.letter.recipient):
            first[effect.letter.recipient] = _with_more(before, section.context["alert"])
        else:
            first[effect.letter.recipient] = effect
    yield from first.values()


def _with_more(effect: Effect, words: Sequence[str]) -> Effect:
    (section,) = effect.sections
    said = list(section.context["alert"])
    more = [line for line in words if line not in said]
    return replace(effect, sections=(replace(section, context={**section.context, "alert": [*said, *more]}),))


def settle(arrival: Arrival, item: Numbered) -> None:
    """A question that was answered by its advisor needs nobody any more."""
    record = arrival.cohort.pairing(item.pairing)
    if not isinstance(record, Pairing) or record.role_of(arrival.writer.id) != "advisor":
        return
    needs = tuple(
        replace(n, done=arrival.now) if n.key == item.key and n.kind == "question" and n.done is None else n
        for n in record.care.needs
    )
    if needs != record.care.needs:
        arrival.put(replace(record, care=replace(record.care, needs=needs)))


def person_named(arrival: Arrival, name: str, pairings: tuple[str, ...]) -> tuple[Participant, str] | None:
    """(person, pairing) whom an advisor calls by that name among those they look after; None unless exactly one."""
    said = name.casefold().strip()
    found: dict[str, tuple[Participant, str]] = {}
    for id_ in pairings:
        pairing = arrival.cohort.pairing(id_)
        if pairing is None or arrival.writer.id not in pairing.advisors:
            continue
        for someone in map(arrival.cohort.participant, (pairing.mentee, pairing.mentor)):
            if someone and said in (someone.first_name.casefold(), someone.name.casefold()):
                found.setdefault(someone.id, (someone, id_))
    return next(iter(found.values())) if len(found) == 1 else None
