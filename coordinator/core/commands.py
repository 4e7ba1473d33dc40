"""What people say outside the questions: stop, pause, help, corrections, goals, contacts, and the terms of a pairing.

A command is a line of its own; help may go on behind its first word. Nothing in running prose is a command.
"""

from collections.abc import Callable, Sequence

from coordinator.core.answers_text import LONGEST, Tokens, is_stop, tokens
from coordinator.core.commands_care import care
from coordinator.core.commands_clauses import clause
from coordinator.core.commands_contact import contact
from coordinator.core.commands_goals import goal_command
from coordinator.core.commands_joining import DECIDED_HERE, asking, counted_beside, joining
from coordinator.core.commands_meetings import arranged, how_are_we, not_in_person
from coordinator.core.commands_notes import note
from coordinator.core.commands_pause import days_of_break
from coordinator.core.commands_privacy import WISHES, privacy
from coordinator.core.commands_terms import agreed, correction, terms, visibility
from coordinator.core.commands_wishes import wish
from coordinator.core.fields.choice_names import counted
from coordinator.core.fields.reports import asks_for_touch
from coordinator.core.frozen import replace
from coordinator.core.reading import Command, Context, Cut
from coordinator.core.records import Question
from coordinator.core.words import Words, languages, languages_in, words_of

_WRAPPED = 55
"""A line of this length without a full stop runs on into the next one."""
_MOST_LINES, _LONGEST_LINE = 400, 1000
_PREFIX = frozenset({"re", "aw", "sv", "vs", "antw", "rv", "fwd", "fw", "wg", "res", "rif", "ref", "tr", "enc"})
_REMEMBERED = 256
_told: dict[tuple[object, ...], tuple["Command | None", Context, Sequence[Question]]] = {}
"""What the last lines said: a message is gone through for its commands, and again for its answers without them."""
Reader = Callable[[Tokens, Words, Context, Sequence[Question]], Command | None]
_READERS: tuple[Reader, ...] = (
    *(correction, privacy, visibility, wish, goal_command, joining),
    *(note, care, contact, terms, clause, agreed),
    *(arranged, not_in_person, how_are_we),
)
_NEEDED = (
    *("stop", "pause", "pause_with_end", "resume", "help", "help_first", "help_topics", "fix"),
    *("visibilities", "goal_word", "goal_add"),
    *("notes", "contacts", "weekly", "fortnightly", "monthly", "every", "every_other", "ordinals", "last_of"),
    *("connected", "agree", "disagree", "clauses", "month_units", "no_mail", "care", "conflict", "wishes", "wish_lead"),
    *("arranged", "in_person", "how_are_we"),
    *("gates", "join_lead", "found_pair", "help_me_ask", "where_to_start", "tips", "no_tips", *WISHES),
    *("goal_owners", "goal_parts_alone", "share_worry"),
)
"""A line that holds no phrase of these, and no colon, is no command in that language: most lines are settled so."""


def make_ready(context: Context) -> None:
    """Has every phrase of every language at hand, once for all processes that are forked from this one."""
    for language in languages(context):
        words_of(context, language).together(_NEEDED)


def commands(cut: Cut, subject: str, context: Context, questions: Sequence[Question] = ()) -> tuple[Command, ...]:
    """Every command of a message, subject first, each once.

    questions: those of the letter that is answered, so that "G1 done" or "ok" is left to the question that asks for it.
    """
    found = [command for command in (_of_subject(subject, context),) if command]
    found += [command for command, _ in _of_lines(cut.text[:LONGEST].splitlines(), context, questions).values()]
    told: list[Command] = []
    topics = _topics(cut, context, questions)
    for command in found:
        if command.name == "help" and command.words in topics:
            continue
        if not any(command.name == other.name and command.args == other.args for other in told):
            told.append(command)
    return tuple(told)


def _topics(cut: Cut, context: Context, questions: Sequence[Question]) -> frozenset[str]:
    """Lines such as "help with my CV" under a question for free text: what they are about, and no call for help."""
    about = words_of(context).phrases("help_about")
    asked = {question.number for question in questions if question.field.kind == "text"}
    lines = (line.strip() for piece in cut.pieces if piece.after in asked for line in piece.text.splitlines())
    return frozenset(line for line in lines if about.length(tokens(line[:_LONGEST_LINE]).texts, 0))


def command_lines(lines: Sequence[str], context: Context, questions: Sequence[Question] = ()) -> frozenset[int]:
    """Places of the lines that are commands and nothing else; they answer no question."""
    taken: set[int] = set()
    for place, (command, end) in _of_lines(lines, context, questions).items():
        if not _may_answer(command, lines[place], context, questions):
            taken.update(range(place, end))
    return frozenset(taken)


def call_lines(lines: Sequence[str], context: Context, questions: Sequence[Question] = ()) -> frozenset[int]:
    """Places of the lines that call for help, whatever else they say."""
    return frozenset(p for p, (command, _) in _of_lines(lines, context, questions).items() if command.name == "help")


def _may_answer(command: Command, line: str, context: Context, questions: Sequence[Question]) -> bool:
    """ "Help with my CV" is a cry for help and perhaps an answer; a contact answers whether there was any.

    "Yes. How do I start?" says yes, too.
    """
    if command.name == "contact":
        return any(asks_for_touch(question, context) for question in questions)
    if command.name == "starter":
        return _begins_with_yes(line, context)
    return command.name == "help" and _is_prose(line, context)


def _begins_with_yes(line: str, context: Context) -> bool:
    scan = tokens(line)
    return any(
        words_of(context, language).phrases(name).length(scan.texts, 0)
        for language in languages_in(scan, context)
        for name in ("yes", "no")
    )


def _of_lines(lines: Sequence[str], context: Context, questions: Sequence[Question]) -> dict[int, tuple[Command, int]]:
    """First line → the command and the line after its last; a wrapped text goes on until its paragraph ends."""
    found: dict[int, tuple[Command, int]] = {}
    place = 0
    while place < min(len(lines), _MOST_LINES):
        command = _of_line(lines, place, context, questions)
        end = place + 1
        if command and "text" in command.args:
            end = _end_of_text(lines, place, context, questions)
            command = _with_more(command, [line.strip() for line in lines[place + 1 : end]])
        if command:
            found[place] = (command, end)
        place = end
    return found


def _with_more(command: Command, lines: Sequence[str]) -> Command:
    if not lines:
        return command
    more = " ".join(lines)
    text = f"{command.args['text']} {more}".strip()
    return replace(command, words=f"{command.words} {more}", args={**command.args, "text": text})


def _end_of_text(lines: Sequence[str], place: int, context: Context, questions: Sequence[Question]) -> int:
    end = place + 1
    while end < len(lines) and lines[end].strip() and not lines[end].strip()[0].isdigit():
        if len(lines[end - 1].strip()) < _WRAPPED or _of_line(lines, end, context, questions):
            break
        end += 1
    return end


def _of_line(lines: Sequence[str], place: int, context: Context, questions: Sequence[Question]) -> Command | None:
    line = lines[place].strip()
    if not line or len(line) > _LONGEST_LINE:
        return None
    before = lines[place - 1].strip() if place else ""
    wrapped = _is_wrapped(before, line)
    key = (line, wrapped, id(context), *map(id, questions))
    if key not in _told:
        if len(_told) >= _REMEMBERED:
            _told.clear()
        # With what the key names by identity, so that nothing else can get that name.
        _told[key] = (_said_on(line, context, questions, wrapped=wrapped), context, questions)
    return _told[key][0]


def _said_on(line: str, context: Context, questions: Sequence[Question], *, wrapped: bool) -> Command | None:
    """wrapped: it goes on with the line before it."""
    scan = tokens(line)
    if _is_shouted(scan, context):
        return Command(name="help", words=line)
    for language in languages_in(scan, context):
        words = words_of(context, language)
        if not _may_say_something(scan, words):
            continue
        command = (
            _topic(scan, words) or _alone(scan, words) or days_of_break(scan, words, context) or asking(scan, words)
        )
        if command is None and language in {context.language, "en"} and not wrapped:
            command = _help_first(scan, words)
        command = command or _others(scan, words, context, questions)
        if command:
            return replace(command, words=line)
    return None


def _others(scan: Tokens, words: Words, context: Context, questions: Sequence[Question]) -> Command | None:
    """Left to the answers: a line that begins with an asked field's name, and a fact that a question asks for."""
    label = scan.texts[: scan.texts.index(":")] if ":" in scan.texts else ()
    if any(label == tokens(question.field.name.replace("_", " ")).texts for question in questions):
        return None
    if _is_option(scan, words, questions):
        return None
    decides = any(question.field.fills in DECIDED_HERE for question in questions)
    readers = (correction, privacy, visibility, counted_beside) if decides else _READERS
    found = next((command for read in readers if (command := read(scan, words, context, questions))), None)
    # A bare "connected" is a whole answer, which a question for a yes could not read.
    is_asked = found and any(found.name in {question.field.fills, question.field.name} for question in questions)
    return None if found and is_asked and found.name != "connected" else found


def _is_option(scan: Tokens, words: Words, questions: Sequence[Question]) -> bool:
    """Whether the line, less a number in front and a "please", is an option of a question: "1. nobody"."""
    start, please = 0, words.phrases("please")
    while start < min(2, len(scan)) and (scan.texts[start].isdecimal() or is_stop(scan.texts[start])):
        start += 1
    said = tuple(text for text in scan.texts[start:] if not is_stop(text) and not please.length((text,), 0))
    named = [tokens(option).texts for question in questions for option in question.field.options]
    options = {counted(texts, words) for texts in named}
    known = words.phrases("known_options").at(said, 0)
    means = known and known[0] == len(said) and known[1] in {"_".join(texts) for texts in named}
    return counted(said, words) in options or said in options or bool(means)


def _of_subject(subject: str, context: Context) -> Command | None:
    """Stop, pause, resume or help as the whole subject, whatever "Re:" stands before it."""
    scan = tokens(subject[:500])
    start = 0
    while (
        scan.texts[start : start + 1] and scan.texts[start] in _PREFIX and scan.texts[start + 1 : start + 2] == (":",)
    ):
        start += 2
    bare = tokens(scan.written(start, len(scan)))
    for language in languages(context):
        words = words_of(context, language)
        command = (
            _alone(bare, words) or days_of_break(bare, words, context) if _may_say_something(bare, words) else None
        )
        if command:
            return replace(command, words=subject.strip())
    return None


def _may_say_something(scan: Tokens, words: Words) -> bool:
    if ":" in scan.texts:
        return True
    any_of = words.together(_NEEDED)
    return any_of.anywhere(scan.texts) is not None or any_of.anywhere(scan.signed) is not None


def _alone(scan: Tokens, words: Words) -> Command | None:
    said = scan.signed
    while len(said) > 1 and words.phrases("please").length(said, len(said) - 1) == 1:
        said = said[:-1]
    if "?" in scan.texts or not said:
        return None
    for name in ("stop", "pause", "resume", "help"):
        if said in words.phrases(name) and not _is_participle(scan, words, name):
            return Command(name=name, words="", args={"until": None} if name == "pause" else {})
    return None


def _is_participle(scan: Tokens, words: Words, name: str) -> bool:
    """Whether it has an accent that the command has not: people leave accents out and add none ("aidé", "aide")."""
    last = scan.raw.strip(" \t.!").casefold()[-1:]
    if last.isascii() or not last.isalpha():
        return False
    return not any(str(phrase).casefold().endswith(last) for phrase in words.data.get(name, ()))


def _topic(scan: Tokens, words: Words) -> Command | None:
    """ "help goals" asks what goals are; with one more word, an exclamation or a shouted HELP it is a call for help."""
    found = words.phrases("help_topics").at(scan.texts, 0)
    raw = scan.raw.strip()
    if not found or scan.texts[found[0] :] not in ((), (".",)) or "!" in raw or raw.split()[0].isupper():
        return None
    return Command(name="topic", words="", args={"topic": str(found[1])})


def _help_first(scan: Tokens, words: Words) -> Command | None:
    if not words.phrases("help_first").length(scan.texts, 0) or (
        scan.ends_at(1) and _is_participle(scan, words, "help")
    ):
        return None
    return Command(name="help", words="")


def _is_shouted(scan: Tokens, context: Context) -> bool:
    """ "AYUDA, I do not know …": a call in one language before a sentence in another."""
    if len(scan) < 2 or not scan.written(0, 1).isupper() or len(scan.written(0, 1)) < 4:
        return False
    return any(words_of(context, each).phrases("help_first").length(scan.texts, 0) for each in languages(context))


def _is_wrapped(before: str, line: str) -> bool:
    """Whether the line goes on with a long one before it, so that its first word is in the middle of a sentence."""
    return len(before) >= _WRAPPED and before[-1] not in ".!?:…" and line[0].islower()


def _is_prose(line: str, context: Context) -> bool:
    """Whether a line that begins with help goes on as a sentence ("help with my CV"), so that it may answer, too."""
    scan = tokens(line.strip())
    if any(_alone(scan, words_of(context, language)) for language in languages(context)):
        return False
    return not scan.ends_at(1) and not line.strip()[:4].isupper()
