"""Writes letters: from an effect to the bytes of an email with a text part, an HTML part and, sometimes, a calendar.

What a letter says stands in `templates/`; the parts of the work stand beside this module in `letter_*.py`.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from coordinator.core.effects import Chapter, Draft, Effect, Invite, Section
from coordinator.core.endings.peers import KINDS as PEERS
from coordinator.core.endings.peers import PEER
from coordinator.core.first_items import first_items
from coordinator.core.program import Field, Program, Prompt
from coordinator.core.reading import Context
from coordinator.core.records import Letter, Question
from coordinator.errors import UsageError
from coordinator.formats import letter_mime as mime
from coordinator.formats.compose import Composed, compose, names_of, shown_ref
from coordinator.formats.html_text import to_text
from coordinator.formats.letter_buttons import quick_answers
from coordinator.formats.letter_markdown import as_text, fill
from coordinator.formats.letter_papers import paper, paper_as_pdf
from coordinator.formats.letter_press import Press, press_of
from coordinator.formats.letter_samples import sample
from coordinator.formats.letter_samples_told import told
from coordinator.formats.letter_strip import as_html

_OF_THE_OFFICE = ("alert", "conflict-coordinator", "month")
_ASKED_ELSEWHERE = {"lacking": "form-mentee", "times-again": "times"}
"""Letters without questions of their own → a letter whose questions they ask once more."""
_URGENT = (("Importance", "high"), ("X-Priority", "1 (Highest)"), ("Priority", "urgent"))
_SAMPLE_NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Written:
    """A letter before it is an email. beside: words that only its HTML part shows."""

    subject: str
    text: str
    html: str
    questions: tuple[Question, ...]
    beside: str = ""


def write(effect: Effect, program: Program, chapter: Chapter, now: datetime, timezone: str) -> Draft:
    """The email of an effect; the same bytes for the same arguments.

    timezone: the reader's, for the times offered in questions. CoordinatorError when the letter cannot be written.
    """
    written = _written(effect, program, chapter, now, timezone)
    letter = replace(effect.letter, subject=mime.one_line(written.subject), questions=written.questions)
    attached = (*effect.attachments, *_papers(effect, press_of(program), chapter))
    raw = mime.assembled(_headers(effect, chapter, letter, now), _content(effect, chapter, written, attached))
    return Draft(letter=letter, raw=raw, text=written.text, beside=written.beside)


def preview(program: Program, prompt_id: str, language: str, chapter: Chapter, html: bool) -> str:
    """A prompt as its reader would get it, filled with invented people. KeyError for an unknown prompt."""
    prompt = program.prompt(prompt_id, language)
    effect = sample_effect(program, prompt, language)
    written = _written(effect, program, chapter, _SAMPLE_NOW, chapter.timezone)
    return written.html if html else f"Subject: {written.subject}\n\n{written.text}"


def printable(section: Section, program: Program, chapter: Chapter, language: str, *, as_pdf: bool = False) -> bytes:
    """A paper without the letter around it. UsageError where this machine can write no PDF of it."""
    prompt = program.prompt(section.prompt, language)
    effect = replace(sample_effect(program, prompt, language), footer={})
    names = names_of(section.context, effect, press_of(program), chapter)
    return (paper_as_pdf if as_pdf else paper)(prompt, names, press_of(program), language)[2]


def _written(effect: Effect, program: Program, chapter: Chapter, now: datetime, timezone: str) -> Written:
    press = press_of(program)
    letter = effect.letter
    context = Context(language=letter.language, timezone=timezone, now=now, words=program.words)
    composed = compose(effect, press, chapter, context)
    page, values = press.page(composed.source, letter.language)
    quick = _quick(composed, letter, chapter, press) if -1 in page.holes else ""
    return Written(
        subject=composed.subject,
        text=as_text(composed.source),
        html=fill(page, values, quick, as_html(composed.strip)),
        questions=composed.questions,
        beside="\n".join((program.title, to_text(quick))) if quick else program.title,
    )


def _quick(composed: Composed, letter: Letter, chapter: Chapter, press: Press) -> str:
    return quick_answers(
        composed.questions,
        to=reply_address(letter, chapter),
        subject=mime.one_line(composed.subject),
        ref=shown_ref(letter.ref),
        piece=lambda name: press.piece(name, letter.language),
    )


def reply_address(letter: Letter, chapter: Chapter) -> str:
    """Where answers to a letter go: the mailbox, with the letter's token where the server knows plus-addresses."""
    local, _, domain = chapter.address.rpartition("@")
    return f"{local}+{letter.token}@{domain}" if chapter.plus_addressing else chapter.address


def _headers(effect: Effect, chapter: Chapter, letter: Letter, now: datetime) -> Sequence[mime.Header]:
    name = next((str(s.context["me"].get("name", "")) for s in effect.sections if s.context.get("me")), "")
    reply = reply_address(letter, chapter)
    leave = f"mailto:{quote(reply, safe='@')}?subject=STOP&body=Ref%3A%20{quote(shown_ref(letter.ref))}"
    return (
        ("From", mime.address_header(_from(effect, chapter), chapter.address)),
        ("To", ", ".join(mime.address_header(*each) for each in ((name, letter.address), *effect.beside))),
        ("Subject", mime.text_header(letter.subject)),
        ("Date", mime.date_header(now)),
        ("Message-ID", mime.text_header(letter.message_id)),
        ("Reply-To", mime.address_header(chapter.sender_name, reply)),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("List-Unsubscribe", f"<{leave}>"),
        ("Content-Language", mime.text_header(letter.language)),
        ("X-Coordinator-Id", mime.text_header(letter.ref)),
        *(_URGENT if effect.urgent else ()),
    )


def _from(effect: Effect, chapter: Chapter) -> str:
    """Whoever speaks, with the program behind them; the address is always the program's own."""
    name = effect.footer.get("from")
    return f"{name} ({chapter.sender_name})" if name and name != chapter.sender_name else chapter.sender_name


def _papers(effect: Effect, press: Press, chapter: Chapter) -> list[tuple[str, str, bytes]]:
    return [_paper(page, effect, press, chapter) for page in effect.papers]


def _paper(page: Section, effect: Effect, press: Press, chapter: Chapter) -> tuple[str, str, bytes]:
    """As PDF where the chapter wants it; HTML, which always works, in place of a letter that would not go out."""
    language = effect.letter.language
    prompt, names = press.program.prompt(page.prompt, language), names_of(page.context, effect, press, chapter)
    if chapter.pdf:
        with suppress(UsageError):
            return paper_as_pdf(prompt, names, press, language)
    return paper(prompt, names, press, language)


def _content(
    effect: Effect, chapter: Chapter, written: Written, attachments: Sequence[tuple[str, str, bytes]]
) -> bytes:
    """The tree of parts; with an invitation, the one that all calendar programs look for (RFC 6047)."""
    message_id = effect.letter.message_id
    alternatives = [mime.text_part("plain", written.text), mime.text_part("html", written.html)]
    attached = [mime.attachment(*attachment) for attachment in attachments]
    if effect.invite is not None:
        calendar = _calendar(effect.invite, chapter)
        kind = f"text/calendar; charset=UTF-8; method={effect.invite.method}"
        alternatives.append(mime.base64_part(kind, calendar))
        attached.insert(0, mime.attachment("invite.ics", "application/ics", calendar))
    alternative = mime.multipart("alternative", mime.boundary(message_id, "a"), alternatives)
    if not attached:
        return alternative
    return mime.multipart("mixed", mime.boundary(message_id, "m"), [alternative, *attached])


def _calendar(invite: Invite, chapter: Chapter) -> bytes:
    # Most letters have no invitation.
    from coordinator.formats.ical import calendar_part

    return calendar_part(invite, organizer_name=chapter.sender_name, organizer_address=chapter.address)


def sample_effect(program: Program, prompt: Prompt, language: str, role: str = "") -> Effect:
    """An effect with one prompt and everything that may stand in it, for previews and checks."""
    role = role or _role(program, prompt)
    asked = program.prompt(_ASKED_ELSEWHERE.get(prompt.id, prompt.id), language).usual
    questions = tuple(
        _sample_question(number, prompt, _sample_field(program, field, language))
        for number, field in enumerate(asked[:1] if prompt.id in _ASKED_ELSEWHERE else prompt.usual, 1)
    )
    letter = Letter(
        id=f"preview/{prompt.id}",
        token="a" * 26,
        ref="ABCDEFGH",
        message_id="<preview@example.org>",
        recipient="preview",
        address="ada@example.org",
        purpose="prompt",
        language=language,
        questions=questions,
        at=_SAMPLE_NOW,
    )
    known = {
        "months": program.months,
        "title": program.title,
        "community_link": program.community_link,
        "sponsor_goals": program.sponsor_goals,
    }
    days = {"starts": "2026-03-02", "ends": "2026-09-02"}
    plain = sample(role)
    more = {**_sample_phase(program, prompt.id), **told(prompt.id, plain)}
    context = {**plain, "program": {**known, **days}, **more}
    section = Section(prompt=prompt.id, pairing="p1", key=prompt.id, context=context)
    return Effect(letter=letter, sections=(section,), footer={"role": role})


def _role(program: Program, prompt: Prompt) -> str:
    """Whom a prompt is for, as far as the program tells."""
    if prompt.id in _OF_THE_OFFICE:
        return "coordinator"
    if any(stage.kind in PEERS and stage.prompt == prompt.id for stage in program.stages):
        return PEER
    if len(prompt.audience) == 1:
        return prompt.audience[0]
    sent = next((stage.audience for stage in program.stages if stage.prompt == prompt.id and stage.audience), ())
    return sent[0] if sent else "mentee"


def _sample_phase(program: Program, prompt: str) -> dict[str, dict[str, object]]:
    """The phase that a letter belongs to, in place of the sample's."""
    for number, phase in enumerate(program.phases, start=1):
        if prompt in phase.letters.values():
            count = len(program.phases)
            return {"phase": {"number": number, "count": count, "title": phase.title, "purpose": phase.purpose}}
    return {}


def _sample_field(program: Program, field: Field, language: str) -> Field:
    """A field whose options come from elsewhere, with those options."""
    if field.fills == "covered":
        return replace(field, kind="choices", options=first_items(program.words, language))
    return field


def _sample_question(number: int, prompt: Prompt, field: Field) -> Question:
    offered = [_SAMPLE_NOW + timedelta(days=8 + day, hours=2) for day in (0, 2, 4)]
    return Question(
        number=number,
        pairing="p1",
        prompt=prompt.id,
        key=prompt.id,
        field=field,
        slots=tuple((start, start + timedelta(minutes=45)) for start in offered) if field.kind == "slots" else (),
        goals=((1, "Lead a team meeting every month"), (2, "Pass the CHESP exam by October"))
        if field.kind == "goals"
        else (),
    )
