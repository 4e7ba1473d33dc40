"""What a reply beside an invitation is about: questions that it names, points that it gives, or else the date."""

import re

from coordinator.core.answers_labels import LABEL, opens_with_name
from coordinator.core.answers_text import tokens
from coordinator.core.arrival import Arrival
from coordinator.core.fields import KINDS
from coordinator.core.other_times import free_ranges, proposed_start
from coordinator.core.program import Field
from coordinator.core.reading import Context, Value
from coordinator.core.records import Letter, Question
from coordinator.core.shifts import is_shift
from coordinator.core.words import languages_in, words_of

_RATED = re.compile(r"(?P<points>\d{1,2})[ \t]*[-–—:,][ \t]+(?P<words>\D.*)", re.DOTALL)
_COMES = Question(number=1, pairing="", prompt="", key="", field=Field(name="comes", kind="yes_no", ask=""))


def names_questions(arrival: Arrival) -> bool:
    """Whether the reply says itself which question each answer is for."""
    cut = arrival.reading.cut
    if cut is None or any(piece.after is not None for piece in cut.pieces):
        return True
    said, letter = cut.text.strip(), arrival.found.letter
    if letter and _is_rated(arrival, letter):
        return True
    if "\n" not in said and is_shift(said, arrival.context()):
        return False
    asked = {question.number: question for question in letter.questions} if letter else {}
    if any(opens_with_name(line.strip(), asked) for line in said.splitlines()):
        return True
    known = set(map(str, asked))
    heads = (re.sub(r"\W", " ", match.group()).split()[0] for match in LABEL.finditer(cut.text))
    return any(head in known or head[0] in "Gg" for head in heads)  # "28 January, 3pm" names none


def is_bare_point(arrival: Arrival, letter: Letter) -> bool:
    """Whether the whole reply is a number, where the letter asks for one number and nothing else."""
    if len(letter.questions) != 1 or letter.questions[0].field.kind not in ("scale", "rating"):
        return False
    found = arrival.reading.answers.get(letter.questions[0].number)
    said = " ".join((arrival.reading.text or "").split())
    if not isinstance(found, Value) or found.sure < 1 or found.evidence != said:
        return False
    return not (isinstance(found.value, dict) and found.value["note"])  # "3 pm" is an hour


def _is_rated(arrival: Arrival, letter: Letter) -> bool:
    """Whether the reply gives points with some words, as the letter asks for them and nothing else: "3 – slow start".

    Words that name a day or an hour, or whether somebody comes, are about the date.
    """
    said = _RATED.fullmatch((arrival.reading.text or "").strip())
    if said is None or len(letter.questions) != 1 or letter.questions[0].field.kind != "rating":
        return False
    found, context = arrival.reading.answers.get(letter.questions[0].number), arrival.context()
    if not isinstance(found, Value) or found.value["score"] != int(said["points"]):
        return False
    return not any(_is_about_date(text, context) for text in (said[0], said["words"]))


def _is_about_date(text: str, context: Context) -> bool:
    """Whether it names a day or an hour, or says that somebody comes or does not."""
    if proposed_start(text, context, context.now) is not None or free_ranges(text, context):
        return True
    scan = tokens(text)
    said = (words_of(context, language).together(("comes", "comes_not")) for language in languages_in(scan, context))
    denied = KINDS["yes_no"].read(text, _COMES, context)
    is_no = isinstance(denied, Value) and denied.value is False
    return is_no or any(phrases.anywhere(scan.texts) is not None for phrases in said)
