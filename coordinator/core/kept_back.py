"""Whether somebody writes beside their own words that these are for nobody else: "he shouts (private)"."""

import re
from collections.abc import Mapping, Sequence

from coordinator.core.answers_text import tokens
from coordinator.core.frozen import replace
from coordinator.core.reading import Command, Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import languages_in, words_of

_BEHIND = re.compile(r"(?:[(\[](?P<in>[^()\[\]]{2,40})[)\]]|(?:\s[-–—]\s+|\n)(?P<after>[^-–—\n]{2,40}?))[\s.!]*\Z")
_BEFORE = re.compile(r"\A\s*(?:[(\[](?P<in>[^()\[\]]{2,40})[)\]]|(?P<named>[^:\n]{2,40}):\s)")
_LONGEST = 40
_WORDS = ("text", "rating")


def is_kept_back(text: str, context: Context) -> bool:
    """At its end in brackets, behind a dash or on a line of its own; at its beginning in brackets or before a colon."""
    places = (found for found in (_BEHIND.search(text), _BEFORE.match(text)) if found)
    return any(_says_so(said, context) for found in places for said in found.groups() if said)


def all_kept_back(said: Sequence[Command], text: str, context: Context) -> tuple[Command, ...]:
    """The commands; where a line says nothing but that they are private, the notes among them are."""
    lone = (line.strip().strip("()[]. ") for line in text.splitlines() if len(line) <= _LONGEST)
    if not any(line and _says_so(line, context) for line in lone):
        return tuple(said)
    return tuple(
        replace(each, args={**each.args, "visibility": "private"}) if each.name == "note" else each for each in said
    )


def _says_so(said: str, context: Context) -> bool:
    scan = tokens(said)
    named = (words_of(context, language).phrases("visibilities") for language in languages_in(scan, context))
    return any(found.at(scan.texts, 0) == (len(scan), "private") for found in named)


def kept_back(
    found: Mapping[int, Value | Unclear], questions: Sequence[Question], context: Context
) -> tuple[Command, ...]:
    """The answers that their writer keeps to themselves, as `2 private` on a line of its own would say.

    Of goals each line says so for itself.
    """
    said = ((q.number, found.get(q.number)) for q in questions if q.field.kind in _WORDS and q.field.fills != "goals")
    private = words_of(context).data.get("visibilities", {}).get("private", ["private"])[0]
    return tuple(
        Command(name="visibility", words=f"{number} {private}", args={"number": number, "visibility": "private"})
        for number, answer in said
        if isinstance(answer, Value) and is_kept_back(answer.evidence, context)
    )
