"""What a person answers to one question of a letter, in their own way of writing."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from coordinator.simulate.letters import Ask
from coordinator.simulate.remarks import goals, remarks, topic

Words = Mapping[str, Mapping[str, tuple[str, ...]]]

YES: Words = {
    "en": {"plain": ("yes", "Yes"), "terse": ("y", "yes", "👍"), "chatty": ("Yes, we did!", "Yes, absolutely")},
    "es": {"plain": ("sí", "Sí"), "terse": ("sí",), "chatty": ("Sí, claro", "¡Sí!")},
}
NO: Words = {
    "en": {"plain": ("no", "No"), "terse": ("n", "no"), "chatty": ("No, sadly not this time", "Not yet")},
    "es": {"plain": ("no", "No"), "terse": ("no",), "chatty": ("No, esta vez no", "Todavía no")},
}
MINUTES: Mapping[str, Mapping[str, str]] = {
    "en": {"plain": "{n} minutes", "terse": "{n}", "chatty": "about {n} minutes"},
    "es": {"plain": "{n} minutos", "terse": "{n}", "chatty": "unos {n} minutos"},
}
_STUCK = {"en": "stuck", "es": "atascado"}
_DONE = {"en": "done", "es": "hecho"}


@dataclass(frozen=True, kw_only=True)
class Mood:
    """How things stand with the writer. met: whether the two met. month: of the pairing, from 1. luck: 0 to 1.

    work: line of work, a key of the goals. voice: "plain", "terse" or "chatty".
    """

    language: str
    voice: str
    work: str
    met: bool
    month: int
    luck: float


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer as typed, and what is meant by it for whoever tells the story."""

    words: str
    gist: str


def answer(ask: Ask, mood: Mood, chance: random.Random) -> Said | None:
    """None where this person leaves the question out."""
    if ask.optional and chance.random() < _LEAVES_OUT[mood.voice]:
        return None
    return _BY_KIND[ask.kind](ask, mood, chance)


_LEAVES_OUT: Mapping[str, float] = {"plain": 0.35, "terse": 0.8, "chatty": 0.15}


def _yes_no(ask: Ask, mood: Mood, chance: random.Random) -> Said:
    yes = mood.met if _is_about_meeting(ask) else chance.random() < 0.5 + mood.luck / 2
    if _is_about_conflict(ask):
        yes = False
    table = (YES if yes else NO).get(mood.language) or (YES if yes else NO)["en"]
    words = chance.choice(table[mood.voice])
    if _is_about_conflict(ask):
        words = table[mood.voice][0].split(",")[0].rstrip("!")
    if _is_about_meeting(ask):
        return Said(words=words, gist="they met" if yes else "they have not met")
    return Said(words=words if len(words) < 6 else words.split(",")[0].rstrip("!"), gist="yes" if yes else "no")


_MEETING = ("meet", "met ", "talk", "spoke", "in touch", "habl", "visto", "visteis", "contacto", "reuni")


def _is_about_conflict(ask: Ask) -> bool:
    """Nobody in a crowd is married to anybody else in it."""
    return "conflict of interest" in ask.words.casefold()


def _is_about_meeting(ask: Ask) -> bool:
    low = ask.words.casefold()
    return any(word in low for word in _MEETING)


def _minutes(_ask: Ask, mood: Mood, chance: random.Random) -> Said | None:
    if not mood.met:
        return None
    length = chance.choice((25, 30, 40, 45, 45, 50, 60))
    pattern = (MINUTES.get(mood.language) or MINUTES["en"])[mood.voice]
    return Said(words=pattern.format(n=length), gist=f"for {length} minutes")


def _score(mood: Mood, index: int, chance: random.Random) -> int:
    grown = mood.month * (0.8 + mood.luck) + index * -1.3 + chance.random() * 2
    return max(0, min(10, round(grown)))


def _goals(ask: Ask, mood: Mood, chance: random.Random) -> Said:
    lines, gists = [], []
    for index, (name, _) in enumerate(ask.goals):
        score = _score(mood, index, chance)
        word = _word(score, mood, chance)
        lines.append(f"{name} {word}")
        gists.append(f"{name} at {score} of 10" if word.isdecimal() else f"{name} {_plain_word(word, mood)}")
    joint = ", " if mood.voice == "terse" else "\n"
    return Said(words=joint.join(lines), gist=", ".join(gists))


def _word(score: int, mood: Mood, chance: random.Random) -> str:
    if score >= 10 and mood.month > 3:
        return _DONE.get(mood.language, "done")
    if score <= 1 and mood.month > 1 and chance.random() < 0.5:
        return _STUCK.get(mood.language, "stuck")
    return str(score)


def _plain_word(word: str, mood: Mood) -> str:
    return "done" if word == _DONE.get(mood.language) else "stuck"


def _options(ask: Ask, mood: Mood, chance: random.Random) -> Said:
    count = 2 if ask.many and mood.voice != "terse" and len(ask.options) > 2 else 1
    picked = sorted(chance.sample(ask.options, count))
    if mood.voice == "chatty" and count == 1:
        return Said(words=f"{picked[0][0]}) {picked[0][1]}", gist=picked[0][1])
    return Said(words=", ".join(letter for letter, _ in picked), gist=", ".join(words for _, words in picked))


def _scale(ask: Ask, mood: Mood, chance: random.Random) -> Said:
    span = ask.high - ask.low
    if "how many months" in ask.words.casefold():
        months = str(chance.choice(_MONTHS))
        return Said(words=months, gist=f"{months} months")
    if "which hours" in ask.words.casefold():
        return Said(words="8 to 19", gist="between 8 and 19")
    value = ask.low + round(span * min(1.0, 0.45 + mood.luck / 2 + chance.random() * 0.2))
    return Said(words=str(value), gist=f"{value} of {ask.high}")


_MONTHS = (4, 6, 6, 6)
"""For how long people want to be a pair; nobody takes that for a rating."""


def _number(_ask: Ask, _mood: Mood, chance: random.Random) -> Said:
    value = chance.randint(1, 12)
    return Said(words=str(value), gist=str(value))


def _date(_ask: Ask, mood: Mood, chance: random.Random) -> Said:
    day = chance.choice(("next Tuesday", "next Thursday") if mood.language == "en" else ("el próximo martes",))
    return Said(words=day, gist=day)


def _text(ask: Ask, mood: Mood, chance: random.Random) -> Said:
    about = topic(ask.words)
    if about == "goals":
        count = 1 if mood.voice == "terse" else 2
        picked = chance.sample(goals(mood.work, mood.language), count)
        return Said(words="\n".join(picked), gist=f"{count} goal{'s' * (count > 1)}: {picked[0]}")
    line = chance.choice(remarks(about, mood.language))
    words = line.lower() if mood.voice == "terse" else line
    return Said(words=words, gist=f"“{line}”")


_BY_KIND = {
    "yes_no": _yes_no,
    "minutes": _minutes,
    "goals": _goals,
    "options": _options,
    "scale": _scale,
    "number": _number,
    "date": _date,
    "text": _text,
}
