"""How well and how fast new text is cut out of replies, beside three libraries, over the same mails in the same run.

`python -m benchmarks.replies`. The libraries know neither our mail nor its questions: they get the decoded body.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from coordinator.formats.cut import Ours, cut
from coordinator.formats.mime import parse
from coordinator.formats.reading import as_printed, buttons
from tests.formats_cut.drawer import OWN, drawer
from tests.formats_cut.letters import LETTERS, OURS
from tests.replies.generate import grid
from tests.replies.letters_sent import CHAPTER, context, read_reply
from tests.replies.letters_sent import OWN as MAILBOX
from tests.replies.measure import judged as every_answer
from tests.replies.measure import rates, table

_EVERY = 3
"""Each third reply of the generated grid."""
Way = Callable[["Reply"], str]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """body: decoded, quoted lines marked. new: what its writer typed. parent, questions, asked: our mail, what it asks,
    and that as printed. writer: as the mail names its sender. buttons: of the first question, None where prose may be.
    """

    body: str
    new: str
    parent: str
    questions: tuple[tuple[int, str], ...]
    asked: str
    ours: Ours
    writer: str = ""
    buttons: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Score:
    """Shares: exactly the new text; some of it lost; something else beside it. ms: median a reply."""

    exact: float
    loss: float
    leak: float
    ms: float


def kept() -> list[Reply]:
    """The drawer of the project."""
    return [
        Reply(
            body=parse(each.raw, OWN).text,
            new=each.text,
            parent=LETTERS[each.letter].text,
            questions=LETTERS[each.letter].questions,
            asked="\n\n".join(
                f"{number}. {ask}\n   ({hint})"
                for (number, ask), hint in zip(LETTERS[each.letter].questions, LETTERS[each.letter].hints, strict=True)
            ),
            ours=OURS,
            writer=parse(each.raw, OWN).envelope.sender_name,
        )
        for each in drawer()
    ]


def generated() -> list[Reply]:
    """Replies to the shipped prompts that quote them."""
    found = []
    for made in grid(1, step=_EVERY):
        if made.form not in {"bare", "quick", "order"}:
            draft = made.to.draft
            message = parse(made.raw, MAILBOX)
            found.append(
                Reply(
                    body=message.text,
                    new=made.new,
                    parent=draft.quotable,
                    questions=tuple((q.number, q.field.ask) for q in draft.letter.questions),
                    asked="\n\n".join(as_printed(q, context(draft.letter.language)) for q in draft.letter.questions),
                    ours=Ours(address=CHAPTER.address, subject=draft.letter.subject),
                    writer=message.envelope.sender_name,
                    buttons=buttons(draft.letter.questions, context(draft.letter.language)),
                )
            )
    return found


def ways() -> Iterator[tuple[str, Way]]:
    """Ours, and each library that is installed."""

    def ours(reply: Reply) -> str:
        known = {"parent": reply.parent, "questions": reply.questions, "ours": reply.ours, "writer": reply.writer}
        return cut(reply.body, **known).text  # type: ignore[arg-type]

    def alone(reply: Reply) -> str:
        known = {"questions": reply.questions, "asked": reply.asked, "ours": reply.ours, "writer": reply.writer}
        known["buttons"] = reply.buttons
        return cut(reply.body, **known).text  # type: ignore[arg-type]

    yield "coordinator", ours
    yield "coordinator, our mail gone", alone
    yield from _libraries()


def _libraries() -> Iterator[tuple[str, Way]]:
    try:
        from email_reply_parser import EmailReplyParser  # type: ignore[import-untyped]

        yield "email-reply-parser", lambda reply: str(EmailReplyParser.parse_reply(reply.body))
    except ImportError:
        sys.stdout.write("email-reply-parser is not installed\n")
    try:
        from mailparser_reply import EmailReplyParser as Languages  # type: ignore[import-untyped]

        spoken = Languages(languages=["en", "de", "fr", "es", "it", "nl", "pl", "sv", "cs", "da", "ja", "ko"])
        yield "mail-parser-reply", lambda reply: str(spoken.parse_reply(text=reply.body) or "")
    except ImportError:
        sys.stdout.write("mail-parser-reply is not installed\n")
    try:
        import quotequail  # type: ignore[import-untyped]

        yield "quotequail", lambda reply: _unquoted(quotequail.quote(reply.body))
    except ImportError:
        sys.stdout.write("quotequail is not installed\n")


def _unquoted(parts: list[tuple[bool, str]]) -> str:
    return "\n".join(text for shown, text in parts if shown)


def scored(replies: list[Reply], way: Way) -> Score:
    """One way over all replies."""
    exact = loss = leak = 0
    times = []
    for reply in replies:
        begun = perf_counter()
        found = way(reply)
        times.append(perf_counter() - begun)
        wanted, said = reply.new.split(), found.split()
        exact += wanted == said
        loss += not _holds(said, wanted)
        leak += not _holds(wanted, said)
    size = len(replies)
    return Score(exact=exact / size, loss=loss / size, leak=leak / size, ms=median(times) * 1000)


def _holds(whole: list[str], part: list[str]) -> bool:
    """Whether the part's words stand in the whole in their order."""
    rest = iter(whole)
    return all(word in rest for word in part)


def whole_messages() -> float:
    """Median milliseconds from the bytes of a mail to its answers."""
    times = []
    for made in grid(1, step=_EVERY):
        begun = perf_counter()
        read_reply(made.raw, made.to, made.language)
        times.append(perf_counter() - begun)
    return median(times) * 1000


def main() -> None:
    out = sys.stdout.write
    for name, replies in (("the drawer", kept()), ("generated replies to shipped prompts", generated())):
        out(f"\n{len(replies)} mails: {name}\n{'':<28}{'exact':>9}{'loss':>9}{'leak':>9}{'median ms':>11}\n")
        for title, way in ways():
            score = scored(replies, way)
            out(f"{title:<28}{score.exact:>9.1%}{score.loss:>9.1%}{score.leak:>9.1%}{score.ms:>11.3f}\n")
    out(f"\nbytes to answers: median {whole_messages():.2f} ms (goal 3)\n\n")
    found = list(every_answer(1))
    out(f"answers: {rates(found)}\n")
    out("\n".join(table(found)) + "\n")


if __name__ == "__main__":
    main()
