"""From an effect to the Markdown of a letter: prompts filled in, questions numbered, one greeting around them all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coordinator.core import fields
from coordinator.core.effects import Chapter, Effect, Section
from coordinator.core.program import Prompt
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.formats.letter_context import complete
from coordinator.formats.letter_jinja import NUMBERS, QUICK, Raw, marked, unmarked
from coordinator.formats.letter_press import Press
from coordinator.formats.letter_strip import Strip, as_lines, strip_of

PAIRS = "who.pairs"
QUICK_KINDS = ("yes_no", "scale", "choice")


@dataclass(frozen=True, kw_only=True)
class Composed:
    """source: Markdown with marked values. subject: plain. questions: as finally asked, in the letter's order.

    strip: the picture of weeks, if the letter shows one.
    """

    subject: str
    source: Raw
    questions: tuple[Question, ...]
    strip: Strip | None = None


@dataclass(frozen=True, kw_only=True)
class _Part:
    """What one prompt says inside the letter."""

    subject: Raw
    text: Raw
    questions: tuple[Question, ...]
    sees: Mapping[str, Sequence[int]]
    tells_receipts: bool


def compose(effect: Effect, press: Press, chapter: Chapter, context: Context) -> Composed:
    """The letter of an effect. CoordinatorError when a prompt cannot be filled in."""
    letter = effect.letter
    spoken = _spoken(effect)
    strip = strip_of(spoken, context)
    common = {**names_of(spoken, effect, press, chapter), "strip": as_lines(strip)}
    parts: list[_Part] = []
    left = list(letter.questions)
    for section in _gathered(effect.sections, press, context.language):
        names = names_of(section.context or spoken, effect, press, chapter)
        names["strip"] = common["strip"]
        own = [question for question in left if question.key == section.key]
        left = [question for question in left if question.key != section.key]
        parts.append(_part(section, own, names, press, context))
    subject = letter.subject or unmarked(_subject(parts, common, press, letter.language))
    source = _framed(effect, parts, common, press)
    questions = tuple(sorted((q for part in parts for q in part.questions), key=lambda q: q.number))
    return Composed(subject=subject, source=source, questions=(*questions, *left), strip=strip)


def _gathered(sections: Sequence[Section], press: Press, language: str) -> list[Section]:
    """What a prompt that lists pairs says of several of them is said once, with a line for each."""
    kept: list[Section] = []
    for section in sections:
        lists = PAIRS in press.program.prompt(section.prompt, language).body
        place = next((at for at, one in enumerate(kept) if lists and one.prompt == section.prompt), None)
        if place is None:
            kept.append(section)
        else:
            kept[place] = _with_pairs(kept[place], section)
    return kept


def _with_pairs(first: Section, other: Section) -> Section:
    who = first.context["who"]
    pairs = [*who["pairs"], *other.context["who"]["pairs"]]
    return replace(first, context={**first.context, "who": {**who, "pairs": pairs}})


def _spoken(effect: Effect) -> Mapping[str, Any]:
    """What is known of the reader: the first section that says something."""
    return next((section.context for section in effect.sections if section.context), {})


def names_of(spoken: Mapping[str, Any], effect: Effect, press: Press, chapter: Chapter) -> dict[str, Any]:
    """Everything that a prompt may say, from what is known of its reader."""
    names = complete(spoken)
    language = effect.letter.language
    program = names["program"] if "program" in spoken else {**names["program"], "title": press.program.title}
    names["program"] = {**program, **{end: press.day(program[end], language) for end in ("starts", "ends")}}
    names["chapter"] = {"name": chapter.name, "sender_name": chapter.sender_name, "address": chapter.address}
    names["received"] = names["received"] or effect.receipts
    names["unsettled"] = bool(effect.letter.questions)
    names["fixable"] = _example(question.number for question in effect.letter.told) or names["fixable"]
    if effect.footer.get("advisor_name"):
        names["advisor"] = {"name": effect.footer["advisor_name"], "address": effect.footer.get("advisor_address", "")}
    return names


def _part(
    section: Section, asked: Sequence[Question], names: Mapping[str, Any], press: Press, context: Context
) -> _Part:
    prompt = press.program.prompt(section.prompt, context.language)
    final = tuple(_final(question, names, press, context.language) for question in asked)
    block = Raw("\n\n".join(_question(question, ask, context) for question, ask in final))
    silence = press.say(prompt.silence, names, prompt.source) if prompt.silence and final else Raw("")
    fields = tuple(question.field.name for question in asked)
    names = {**names, "questions": block, "silence": silence or names["silence"], "asked": fields}
    names["asked_goal"] = next((f"G{goal}" for question in asked for goal, _ in question.goals), "")
    text = [press.say(prompt.body, names, prompt.source)]
    if section.nudge:
        text.insert(0, press.say(press.piece("nudge", context.language), names, "layout.md, nudge"))
    text += [extra for name, extra in (("questions", block), ("silence", silence)) if extra and name not in prompt.body]
    return _Part(
        subject=press.say(prompt.subject, names, prompt.source),
        text=Raw("\n\n".join(text)),
        questions=tuple(question for question, _ in final),
        sees=_sees(asked, names, press, context.language),
        tells_receipts="received" in prompt.body,
    )


def _final(question: Question, names: Mapping[str, Any], press: Press, language: str) -> tuple[Question, Raw]:
    """The question as it is asked for good, and its wording with marked values.

    Only the program's own wording is Jinja; any other text, however it looks, is text.
    """
    declared = _declared(question, press.program.prompts.get(question.prompt, {}), language)
    if declared != question.field.ask:
        return question, Raw(marked(question.field.ask))
    if "{" not in declared:
        return question, Raw(declared)
    ask = press.say(declared, names, question.prompt)
    return replace(question, field=replace(question.field, ask=unmarked(ask))), ask


def _declared(question: Question, versions: Mapping[str, Prompt], language: str) -> str | None:
    prompt = versions.get(language) or versions.get(language.partition("-")[0]) or versions.get("en")
    return next((field.ask for field in prompt.fields if field.name == question.field.name), None) if prompt else None


def _question(question: Question, ask: Raw, context: Context) -> str:
    """ "1. Did you meet?" with what helps to answer, three spaces in; the mark for quick answers under the first."""
    hints = fields.KINDS[question.field.kind].ask(question, context)
    lines = [f"{question.number}. {ask}", *(f"   {marked(hint)}" for hint in hints)]
    if question.number == 1 and _suits_buttons(question):
        lines[-1] += QUICK
    return "\n".join(lines)


def _suits_buttons(question: Question) -> bool:
    """A button holds three words: longer ones do not fit a phone, and leave shreds of themselves in quotations."""
    options = question.field.options
    return question.field.kind in QUICK_KINDS and all(len(option.split()) <= 3 for option in options)


def _sees(asked: Iterable[Question], names: Mapping[str, Any], press: Press, language: str) -> dict[str, list[int]]:
    """A sentence without its numbers for each group of answers – who will see them – and the numbers."""
    numbers: dict[str, list[int]] = {}
    for question in asked:
        numbers.setdefault(question.field.visibility, []).append(question.number)
    unnumbered = {**names, "numbers": Raw(NUMBERS)}
    return {
        press.say(press.piece(f"sees_{group}", language), unnumbered, "layout.md, sees"): found
        for group, found in numbers.items()
    }


def _seen_by(parts: Iterable[_Part]) -> Raw:
    """One sentence for each group of the whole letter; what different people see of two pairings stays apart."""
    together: dict[str, list[int]] = {}
    for part in parts:
        for sentence, numbers in part.sees.items():
            together.setdefault(sentence, []).extend(numbers)
    return Raw(" ".join(said.replace(NUMBERS, ", ".join(map(str, numbers))) for said, numbers in together.items()))


def _subject(parts: Sequence[_Part], names: Mapping[str, Any], press: Press, language: str) -> str:
    if len(parts) == 1:
        return parts[0].subject
    merged = {**names, "subject": parts[0].subject, "more": Raw(len(parts) - 1)}
    return press.say(press.piece("merged_subject", language), merged, "layout.md, merged_subject")


def _framed(effect: Effect, parts: Sequence[_Part], names: Mapping[str, Any], press: Press) -> Raw:
    """Greeting, the prompts, what was understood, closing, footer."""
    letter, footer = effect.letter, effect.footer
    headed = [part.text if len(parts) == 1 else f"## {part.subject}\n\n{part.text}" for part in parts]
    role = str(footer.get("role") or names["me"]["role"] or "coordinator")
    why = footer.get("why") or press.say(press.piece(f"why_{role}", letter.language), names, "layout.md, why")
    whole = {
        **names,
        "letter": Raw("\n\n".join(headed)),
        "received": () if any(part.tells_receipts for part in parts) else effect.receipts,
        "why": why,
        "sees": footer.get("who_sees") or _seen_by(parts),
        "asks": any(part.questions for part in parts),
        "lowers": _example(q.number for part in parts for q in part.questions if q.field.visibility != "private"),
        "ref": shown_ref(letter.ref),
    }
    return press.say(press.piece("frame", letter.language), whole, "layout.md")


def _example(numbers: Iterable[int]) -> int:
    """The number that an example names: the second, where there are two; 0 where there is nothing to name."""
    return next(iter(tuple(numbers)[:2][::-1]), 0)


def shown_ref(ref: str) -> str:
    """ "ABCD-EFGH"."""
    return f"{ref[:4]}-{ref[4:]}" if len(ref) == 8 and "-" not in ref else ref
