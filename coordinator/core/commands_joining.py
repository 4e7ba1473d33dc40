"""Lines about joining and searching: "join mentor", "we are a pair: …", "help me ask", "years: 9", "approve m3 1"."""

import re
from collections.abc import Sequence

from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.reading import Command, Context
from coordinator.core.records import Question
from coordinator.core.words import Words

_SEARCH = re.compile(r"^\s*\w+\s+(m\d{1,7})\b[\s:,]*", re.IGNORECASE)
DECIDED_HERE = ("join", "request", "gate_choice", "gate_goals", "gate_profile", "gate_spoke", "verdict")
"""Facts whose questions read such lines themselves."""
COUNTED = ("capacity", "years")


def joining(scan: Tokens, words: Words, _: Context, questions: Sequence[Question]) -> Command | None:
    facts = {q.field.fills for q in questions}
    if not facts.isdisjoint(DECIDED_HERE):
        return None
    if words.phrases("join_lead").length(scan.texts, 0) and len(scan) <= 6:
        return Command(name="join", words="")
    return _profile(scan, words, questions) or _search(scan, words, asked=bool(questions))


def asking(scan: Tokens, words: Words) -> Command | None:
    """What begins like a call for help, or asks, and is neither: "help me ask", "I am new, where do I start?"."""
    pair = words.phrases("found_pair").length(scan.texts, 0)
    if pair:
        text = scan.written(pair, len(scan)).lstrip(" :")
        return Command(name="found", words="", args={"text": text}) if "@" in text else None
    if words.phrases("help_me_ask").length(scan.texts, 0):
        return Command(name="draft", words="")
    if len(scan) <= 25 and words.phrases("where_to_start").anywhere(scan.texts) is not None:
        return Command(name="starter", words="")
    for name in ("no_tips", "tips"):
        if _is_all(scan, name, words):
            return Command(name=name, words="")
    return None


def _is_all(scan: Tokens, name: str, words: Words) -> bool:
    """Whether the line says that, kindly or not, and nothing else."""
    said = tuple(text for text in scan.texts if not is_stop(text))
    length = words.phrases(name).length(said, 0)
    rest = len(said) - length
    return bool(length) and "?" not in scan.texts and (not rest or words.phrases("please").length(said, length) == rest)


def _profile(scan: Tokens, words: Words, questions: Sequence[Question]) -> Command | None:
    """Beside the questions of a form, and a number beside a request: elsewhere such a line may be prose."""
    if any(q.prompt.startswith(("form-", "more-")) for q in questions):
        return _profile_line(scan, words, questions)
    return counted_beside(scan, words, None, questions)


def counted_beside(scan: Tokens, words: Words, _: Context | None, questions: Sequence[Question]) -> Command | None:
    """ "capacity: 3" with a yes to a mentee, "years: 9" with the wish for a mentor."""
    if not any(q.field.fills in ("accept", "request") for q in questions):
        return None
    command = _profile_line(scan, words, questions)
    return command if command and command.args["name"] in COUNTED and str(command.args["text"]).isdecimal() else None


def _profile_line(scan: Tokens, words: Words, questions: Sequence[Question]) -> Command | None:
    found = words.phrases("profile_lines").at(scan.texts, 0)
    if not found or scan.texts[found[0] : found[0] + 1] != (":",):
        return None
    if any(q.field.name == str(found[1]) for q in questions):
        return None
    text = scan.written(found[0] + 1, len(scan)).strip()
    label = scan.written(0, found[0]).strip()
    args = {"name": str(found[1]), "label": label, "text": text}
    return Command(name="profile_line", words="", args=args) if text else None


def _search(scan: Tokens, words: Words, *, asked: bool) -> Command | None:
    """asked: the letter has questions, to which "yes to 1" is an answer."""
    line = scan.raw
    verb = words.phrases("gates").at(scan.texts, 0)
    if verb is None:
        return None
    named = _SEARCH.match(line)
    if named:
        rest = line[: named.start(1)] + line[named.end(1) :]
        return Command(name="search", words="", args={"id": named[1].casefold(), "text": rest.strip()})
    numbered = scan.texts[verb[0] : verb[0] + 1]
    is_decision = (
        str(verb[1]) in ("approve", "decline", "override") and numbered and numbered[0].isdecimal() and not asked
    )
    return Command(name="search", words="", args={"id": "", "text": line.strip()}) if is_decision else None
