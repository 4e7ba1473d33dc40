"""What one of the two wrote to their advisor or to the program on a line of its own: needs, questions, concerns,
conflicts, ideas, and by what means they like to be checked in on."""

from collections.abc import Callable, Mapping

from coordinator.core.arrival import Arrival
from coordinator.core.care import MOST_WORDS, Idea, Need, Numbered
from coordinator.core.effects import Effect
from coordinator.core.frozen import replace
from coordinator.core.pleas.asking import keep_need, voice_of
from coordinator.core.reading import Command
from coordinator.core.records import Pairing, Participant
from coordinator.core.voice import coordinator

KEPT_IDEAS = 50


def asks(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    """A need waits in the summary; a question goes at once; a concern once its writer said who may know."""
    kind, text = str(command.args["kind"]), str(command.args["text"]).strip()[:MOST_WORDS]
    writer, number = arrival.writer, len(pairing.care.needs) + 1
    need = Need(key=f"{pairing.id}/{kind}/{number}/{arrival.name}", kind=kind, by=writer.id, at=arrival.now, text=text)
    if kind == "concern":
        need = replace(need, visibility="private")
        _ask_who_may_know(arrival, pairing, need)
    keep_need(arrival, pairing, need)
    if kind == "question":
        arrival.effects.extend(to_advisors(arrival, pairing, "asked", need))
    return arrival.cohort.pairing(pairing.id)


def _ask_who_may_know(arrival: Arrival, pairing: Pairing, need: Need) -> None:
    effect = voice_of(arrival).letter(
        arrival.writer, "concern", need.key, "notice", pairing=pairing, asks=need.key, alert=need.text.splitlines()
    )
    arrival.effects.append(effect)


def to_advisors(arrival: Arrival, pairing: Pairing, prompt: str, need: Need) -> tuple[Effect, ...]:
    """To each advisor, else to the coordinator; an answer to it is passed on to whoever asked."""
    voice, writer = voice_of(arrival), arrival.writer
    found = (voice.person(id_) for id_ in pairing.advisors)
    readers = [r for r in found if r and r.status in ("active", "paused")]
    return tuple(
        passing_on(
            voice.letter(
                reader,
                prompt,
                f"{need.key}/{reader.id}",
                "relay",
                pairing=pairing,
                who=writer,
                alert=need.text.splitlines(),
            ),
            need.key,
            pairing.id,
            writer.id,
        )
        for reader in readers or [coordinator(arrival.chapter.coordinator)]
    )


def passing_on(effect: Effect, key: str, pairing: str, person: str) -> Effect:
    """The letter, so that its answer is passed on to that person."""
    item = Numbered(number=0, key=key, kind="relay", pairing=pairing, person=person)
    return replace(effect, letter=replace(effect.letter, items=(item,)))


def conflict(arrival: Arrival, pairing: Pairing, _command: Command) -> Pairing | None:
    """The pair's agreed path, for the writer alone; nobody else hears of it before they say so."""
    key = f"{pairing.id}/conflict/{len(pairing.care.needs) + 1}/{arrival.name}"
    need = Need(key=key, kind="conflict", by=arrival.writer.id, at=arrival.now, visibility="private", done=arrival.now)
    keep_need(arrival, pairing, need)
    agreed = pairing.terms.get("conflict", "")
    effect = voice_of(arrival).letter(
        arrival.writer, "conflict", key, "notice", pairing=pairing, asks=key, alert=[agreed] if agreed else []
    )
    arrival.effects.append(effect)
    return arrival.cohort.pairing(pairing.id)


def idea(writer: Participant, arrival: Arrival, command: Command) -> Participant:
    """Into the improvement log; nameless unless its writer says otherwise (AMIA-29)."""
    said = Idea(at=arrival.now, text=str(command.args["text"])[:MOST_WORDS], named=bool(command.args.get("named")))
    if any(known.text == said.text for known in writer.care.ideas):
        return writer
    return replace(writer, care=replace(writer.care, ideas=(*writer.care.ideas, said)[-KEPT_IDEAS:]))


def mode(writer: Participant, _arrival: Arrival, command: Command) -> Participant:
    """By what means they like to be checked in on (AMIA-34)."""
    number = str(command.args.get("number") or "")
    told = {"checkin_mode": str(command.args["mode"]), **({"phone": number} if number else {})}
    return replace(writer, profile={**writer.profile, **told})


OF_THE_WRITER: Mapping[str, Callable[[Participant, Arrival, Command], Participant]] = {"idea": idea, "mode": mode}
"""Commands that concern nobody but their writer, in whatever pairing."""
