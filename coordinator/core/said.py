"""What was understood, in one line for its writer: the question as it was asked, and the value in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from coordinator.core.hours import when
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import words_of
from coordinator.core.zones import zone

LONGEST = 12


def said(question: Question, value: Any, context: Context) -> str:
    """Such as "Did you two meet since my last mail? – yes"."""
    return f"{short(question.field.ask)} – {in_words(question.field.kind, value, context)}"


def short(ask: str) -> str:
    """A question, cut at its first sentence or after twelve words: its reader knows it."""
    words = ask.split()
    for place, word in enumerate(words[:LONGEST], start=1):
        if word.endswith(("?", ".", "!")):
            return " ".join(words[:place])
    return " ".join(words) if len(words) <= LONGEST else f"{' '.join(words[:LONGEST])} …"


def in_words(kind: str, value: Any, context: Context) -> str:
    """A value as its writer would say it."""
    return _FORMS.get(kind, _plain)(value, context)


def _plain(value: Any, _context: Context) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    lines = (" ".join(line.split()) for line in str(value).splitlines())
    return " / ".join(line for line in lines if line)


def _yes_no(value: Any, context: Context) -> str:
    hints = words_of(context, context.language).data.get("hints", {})
    return str(hints.get("said_yes", "yes") if value else hints.get("said_no", "no"))


def _duration(value: Any, _context: Context) -> str:
    return f"{value} min"


def _date(value: Any, context: Context) -> str:
    """A day as its reader says it; with an hour only where its writer named one."""
    at = datetime.fromisoformat(str(value))
    at = at if at.tzinfo else at.replace(tzinfo=zone(context.timezone))
    told = when(at, context.timezone, context.language)
    is_day = at.astimezone(zone(context.timezone)).time() == time()
    return told.partition(",")[0] if is_day else told


def _slots(value: Sequence[Mapping[str, str]], context: Context) -> str:
    if not value:
        return "–"
    starts = (datetime.fromisoformat(slot["start"]) for slot in value)
    return "; ".join(when(start, context.timezone, context.language) for start in starts)


def _goals(value: Mapping[str, Mapping[str, Any]], _context: Context) -> str:
    return ", ".join(f"G{number} {_goal(said_)}" for number, said_ in value.items())


def _goal(said_: Mapping[str, Any]) -> str:
    words = []
    if said_.get("score") is not None:
        words.append(f"{said_['score']}/10")
    if said_.get("state"):
        words.append(str(said_["state"]).replace("_", " "))
    if said_.get("note"):
        words.append(f"({said_['note']})")
    return " ".join(words)


def _rating(value: Mapping[str, Any], _context: Context) -> str:
    return f"{value['score']} – {value['note']}" if value.get("note") else str(value["score"])


_FORMS: Mapping[str, Callable[[Any, Context], str]] = {
    "yes_no": _yes_no,
    "duration": _duration,
    "date": _date,
    "slots": _slots,
    "goals": _goals,
    "rating": _rating,
}
