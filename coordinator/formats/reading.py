"""What a message turned out to say: its kind, its new words, and the answers and commands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coordinator.core.answers import answers
from coordinator.core.answers_labels import LABEL
from coordinator.core.answers_one import is_open
from coordinator.core.answers_polite import is_pleasantry
from coordinator.core.commands import commands
from coordinator.core.fields import KINDS
from coordinator.core.fields.kind import unclear
from coordinator.core.kept_back import all_kept_back, kept_back
from coordinator.core.reading import CalendarReply, Context, Cut, Piece, Reading, Unclear, Value
from coordinator.core.records import Letter, Question
from coordinator.core.remainder import left_over
from coordinator.core.tongue import tongue
from coordinator.core.words import words_of
from coordinator.formats.cut import Ours, cut
from coordinator.formats.cut_labels import CODE
from coordinator.formats.headers import refs
from coordinator.formats.html_text import to_text
from coordinator.formats.itip import read_calendar
from coordinator.formats.itip_theirs import read_theirs
from coordinator.formats.mime import Message, Own

_UNHEARD = frozenset({"unsafe", "own", "bounce", "auto_reply"})
"""Kinds that nobody wrote to us, so that nothing in them is an answer or a command."""

_UNREAD = "the text is longer than is read"


def read(message: Message, *, own: Own, letter: Letter | None, parent: str | None, context: Context) -> Reading:
    """The message, read. letter: what it answers, None when nobody knows. parent: the text of that letter."""
    if message.kind in {"unsafe", "own", "bounce"}:
        return _bare(message, context)
    new = _cut(message, own, letter, parent, context)
    heard = replace(_bare(message, context), cut=new, text=new.text or None)
    if message.kind in _UNHEARD:
        return heard
    reply, odd = _calendar(message)
    context = replace(context, spoken=tongue(new.text, context))
    heard = replace(
        heard,
        language=context.spoken or context.language,
        calendar=reply,
        envelope=replace(message.envelope, refs=_refs(message, new)),
        problems=tuple(dict.fromkeys((*heard.problems, *odd, *_problems(new)))),
    )
    if not reply and message.calendar:
        heard = replace(heard, own_invite=read_theirs(message.calendar))
    if reply:
        return replace(heard, kind="calendar", commands=commands(_note(reply), "", context))
    answered = _answered(heard, new, letter, context)
    if letter and not parent:
        answered = replace(answered, answers=_doubted(answered.answers, message, new, letter, context))
    if new.text and (answered.commands or (letter and not letter.uid)):  # to an invitation words are about the date
        questions = letter.questions if letter else ()
        answered = replace(answered, rest=left_over(new.text, answered.answers, context, questions))
    return answered


def _doubted(
    found: Mapping[int, Value | Unclear], message: Message, new: Cut, letter: Letter, context: Context
) -> dict[int, Value | Unclear]:
    """Without our mail its words may stand among the person's: free text is believed only where marks part them."""
    doubted = dict(found)
    body = message.text
    mixed = {piece.after for piece in new.pieces if piece.same_line or not _stands_below_marks(body, piece)}
    unmarked = any(span.label == "quote" for span in new.spans) and "\n>" not in f"\n{body}"
    for question in letter.questions:
        told = found.get(question.number)
        if not isinstance(told, Value) or not is_open(question):
            continue
        signed = told.evidence.casefold() in message.envelope.sender_name.casefold()
        several = len(LABEL.findall(str(told.value))) > 1
        if unmarked or signed or several or question.number in mixed or is_pleasantry(told.evidence, context):
            doubted[question.number] = unclear(told.evidence, words_of(context), "gone")
    return doubted


def _stands_below_marks(body: str, piece: Piece) -> bool:
    """Whether the last words above a piece are marked as quoted."""
    above = next((line for line in reversed(body[: piece.start].splitlines()) if line.strip()), "")
    return above.lstrip().startswith(">")


def parent_text(text: str, html: str | None) -> str:
    """What a reply to this letter may quote: its text, and its HTML part where that says more, such as buttons."""
    if not html:
        return text
    seen = to_text(html)
    known = " ".join(text.split())
    if all(" ".join(line.split()) in known for line in seen.splitlines()):
        return text
    return f"{text}\n\n{seen}"


def _bare(message: Message, context: Context) -> Reading:
    return Reading(
        kind=message.kind,
        envelope=message.envelope,
        language=context.language,
        bounce=message.bounce,
        back=message.back,
        problems=message.problems,
        attachments=message.attachments,
        answerable=message.answerable,
    )


def _cut(message: Message, own: Own, letter: Letter | None, parent: str | None, context: Context) -> Cut:
    questions = letter.questions if letter else ()
    printed = replace(context, language=letter.language, spoken="") if letter else context
    return cut(
        message.text,
        parent=parent,
        questions=tuple((question.number, question.field.ask) for question in questions),
        asked="" if parent else "\n\n".join(as_printed(question, printed) for question in questions),
        buttons=buttons(questions, printed),
        ours=Ours(address=own.address, subject=letter.subject if letter else ""),
        writer=message.envelope.sender_name,
    )


def buttons(questions: Sequence[Question], context: Context) -> tuple[str, ...] | None:
    """The labels of the buttons under the first question; None where several prompts ask, with prose between them."""
    if not questions or len({(question.pairing, question.prompt) for question in questions}) > 1:
        return None
    first = min(questions, key=lambda question: question.number)
    match first.field.kind:
        case "yes_no":
            said = words_of(context).hint("yes_no").strip("()").split()
            return (said[0], said[-1]) if said else ()
        case "scale":
            return tuple(str(point) for point in range(first.field.low, first.field.high + 1))
        case "choice":
            return tuple(first.field.options)
    return ()


def as_printed(question: Question, context: Context) -> str:
    """The question as its letter printed it; the context speaks the letter's language."""
    hints = KINDS[question.field.kind].ask(question, context)
    return "\n   ".join((f"{question.number}. {question.field.ask}", *hints))


def _calendar(message: Message) -> tuple[CalendarReply | None, tuple[str, ...]]:
    if not message.calendar:
        return None, ()
    return read_calendar(message.calendar, sender=message.envelope.sender, sent=message.envelope.date)


def _note(reply: CalendarReply) -> Cut:
    """The note beside a calendar answer, as a text of its own."""
    return Cut(text=reply.comment, spans=(), pieces=(Piece(text=reply.comment),))


def _refs(message: Message, new: Cut) -> tuple[str, ...]:
    """`Ref` codes that the sender sent; one in a quotation says nothing about what is answered."""
    codes = [message.text[span.start : span.end] for span in new.spans if (span.label, span.reason) == CODE]
    return tuple(dict.fromkeys((*refs(message.envelope.subject), *refs("\n".join((new.text, *codes))))))


def _problems(new: Cut) -> tuple[str, ...]:
    return (_UNREAD,) if new.spans and new.spans[-1].reason.startswith("beyond") else ()


def _answered(heard: Reading, new: Cut, letter: Letter | None, context: Context) -> Reading:
    """The backstop of the table: stop, help, reply, stray."""
    questions = letter.questions if letter else ()
    said = all_kept_back(commands(new, heard.envelope.subject, context, questions), new.text, context)
    names = {command.name for command in said}
    found = answers(new, questions, context)
    said = (*said, *(command for command in kept_back(found, questions, context) if command not in said))
    kind = next((name for name in ("stop", "help") if name in names), "reply" if new.text or said else "stray")
    return replace(heard, kind=kind, commands=said, answers=found)
