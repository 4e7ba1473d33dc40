"""Replies to a letter with five questions: seven styles, many clients, many languages, with what was newly written.

Every reply is a pure function of its place in a grid, so a failure names itself and can be made again.
"""

import random
import textwrap
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from coordinator.formats.html_text import to_text
from tests.formats_cut.letters import LETTERS, OURS, Letter
from tests.formats_cut.tongues import TONGUES, Tongue

STYLES = ("top", "bottom", "inline", "html_top", "html_inline", "unmarked", "same_line")

TRICKY = (
    "yes",
    "No",
    "7",
    "45",
    "2. yes",
    "yes or no? Well: yes!",
    "👍",
    "✅ twice",
    "8/10",
    "1h30",
    "a number from 0 to 10? 7",
    "minutes? about 45",
    "Tue 3 Nov 2026 at 15:00 would be good",
    "The slides are here: https://example.com/slides?id=7",
    "no, nothing that only the two of us should see",
    "It was hard to find the time.\n\nStill, we managed.",
    "We met twice,\nonce by phone.",
    "½ hour",
    "★★★★",
    "n/a",
    "Bob wrote me a long mail, so we met.",
    "yes – since my last mail we met twice",
    "zu früh: 2",
    "from 10:15 to 11:00",
    "Thanks for asking, all good",
)


class Reply(NamedTuple):
    """pieces: (text, number of the question it stands under or None)."""

    name: str
    body: str
    pieces: tuple[tuple[str, int | None], ...]
    letter: Letter

    @property
    def text(self) -> str:
        return "\n".join(text for text, _ in self.pieces)


def replies(style: str, languages: tuple[str, ...] = tuple(TONGUES), rounds: int = 1) -> Iterator[Reply]:
    """Every client of a style in every language, with different answers and decoration each round."""
    for language in languages:
        for client in CLIENTS[style]:
            for turn in range(rounds):
                yield reply(style, language, client.__name__, turn)


def reply(style: str, language: str, client: str, turn: int = 0) -> Reply:
    """One reply of the grid."""
    rng = random.Random(f"{style} {language} {client} {turn}")
    letter = LETTERS.get(language) or LETTERS[rng.choice(tuple(LETTERS))]
    make = next(entry for entry in CLIENTS[style] if entry.__name__ == client)
    body, pieces = make(letter, TONGUES[language], rng, style)
    return Reply(f"{style}/{language}/{client}/{turn}", body, pieces, letter)


Made = tuple[str, tuple[tuple[str, int | None], ...]]


def _answers(tongue: Tongue, rng: random.Random) -> list[str]:
    return [rng.choice(TRICKY) if rng.random() < 0.4 else answer for answer in tongue.answers]


def _free(tongue: Tongue, rng: random.Random) -> str:
    """Answers as one writes them above or below a quotation."""
    answers = tongue.answers
    shape = rng.randrange(4)
    if shape == 0:
        return "\n".join(f"{number}. {answer}" for number, answer in enumerate(answers, start=1))
    if shape == 1:
        return "\n".join(answers)
    if shape == 2:
        return ", ".join(answers)
    return f"{answers[0]}, {answers[1]}.\n\n{answers[3]}"


def _ending(tongue: Tongue, rng: random.Random, *, tagline: bool = True) -> str:
    """A signature, a tagline, both or nothing."""
    signature = rng.choice(
        ["", "", f"\n\n{tongue.closing}\nAnna", "\n\n-- \nAnna Example\nDept. of Letters", "\n\nAnna"]
    )
    taglines = ["", f"\n\n{tongue.iphone}", f"\n\n{tongue.outlook}<https://aka.ms/o0ukef>"]
    return signature + (rng.choice(taglines) if tagline and "-- " not in signature else "")


def _place(text: str, tongue: Tongue, pattern: str) -> str:
    return pattern.format(name=OURS.name, address=OURS.address)


def quoted(text: str, rng: random.Random, *, width: int | None = None) -> str:
    """The text with `>` before each line, re-wrapped as some programs do."""
    lines = []
    for line in text.rstrip("\n").split("\n"):
        parts = textwrap.wrap(line, width, drop_whitespace=True) if width and len(line) > width else [line]
        lines += [f"> {part}".rstrip() for part in parts or [""]]
    return "\n".join(lines)


def disguise(rng: random.Random) -> Callable[[str], str]:
    """What a program does to a text that it quotes: curly quotes, hard spaces, invisible marks, links it adds."""
    pairs = []
    if rng.random() < 0.3:
        pairs += [("'", "’"), (' "', " “"), ('" ', "” "), ('",', "”,"), ('".', "”.")]
    if rng.random() < 0.3:
        pairs += [("   (", "\xa0\xa0 (")]
    if rng.random() < 0.2:
        pairs += [(". ", ".\u200b ")]
    if rng.random() < 0.2:
        pairs += [("mentoring@example.org", "mentoring@example.org<mailto:mentoring@example.org>")]

    def change(text: str) -> str:
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    return change


def disguised(text: str, rng: random.Random) -> str:
    return disguise(rng)(text)


def _interleaved(letter: Letter, answers: list[str], rng: random.Random, *, behind_hint: bool, same_line: bool) -> str:
    """The letter with an answer at each question."""
    change = disguise(rng)
    lines = []
    for line in letter.text.rstrip("\n").split("\n"):
        number = next((n for n, ask in letter.questions if line == f"{n}. {ask}"), None)
        lines.append((change(line), number))
    out: list[str] = []
    waiting: int | None = None
    for line, number in lines:
        if number and same_line:
            out.append(f"{line} \x00{answers[number - 1]}")
        elif number and not behind_hint:
            out += [line, "", f"\x00{answers[number - 1]}", ""]
        else:
            out.append(line)
        waiting = number or waiting
        if waiting and behind_hint and not same_line and line.strip().startswith("("):
            out += ["", f"\x00{answers[waiting - 1]}", ""]
            waiting = None
    return "\n".join(out)


def _marked(text: str, *, inside: bool = False) -> str:
    """Lines of the letter marked with `>`; typed ones not, unless the program marks those too."""
    out = []
    typing = False
    for line in text.split("\n"):
        head, typed, answer = line.partition("\x00")
        if typed and not head:
            typing = True
            out.append(f"> {answer}" if inside else answer)
        elif typed:
            out.append(f"> {head}{answer}")
        elif typing and line and not inside and not _is_letter(line):
            out.append(line)
        else:
            typing = typing and not line
            out.append(f"> {line}".rstrip() if not typing else "")
    return "\n".join(out)


def _is_letter(line: str) -> bool:
    return line.strip().startswith("(") or (line[:1].isdigit() and line[1:3] == ". ")


def _one_line(answers: list[str]) -> list[str]:
    return [" ".join(answer.split()) for answer in answers]


def _pieces(answers: list[str]) -> tuple[tuple[str, int | None], ...]:
    return tuple((answer, number) for number, answer in enumerate(answers, start=1))


# Programs that mark what they quote.


def _around(head: str, quote: str, tongue: Tongue, rng: random.Random, style: str) -> Made:
    new = _free(tongue, rng)
    if style == "bottom":
        return f"{head}\n{quote}\n\n{new}{_ending(tongue, rng)}\n", ((new, None),)
    return f"{new}{_ending(tongue, rng)}\n\n{head}\n{quote}\n", ((new, None),)


def _within(head: str, letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    answers = _one_line(_answers(tongue, rng))
    same = style == "same_line"
    text = _interleaved(letter, answers, rng, behind_hint=rng.random() < 0.6, same_line=same)
    ending = _ending(tongue, rng) if not same else ""
    return f"{head}\n{_marked(text, inside=rng.random() < 0.3)}\n{ending}\n", _pieces(answers)


def _any(head: str, letter: Letter, tongue: Tongue, rng: random.Random, style: str, width: int | None = None) -> Made:
    if style in {"inline", "same_line"}:
        return _within(head, letter, tongue, rng, style)
    return _around(head, quoted(disguised(letter.text, rng), rng, width=width), tongue, rng, style)


def gmail(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    head = _place("", tongue, tongue.gmail)
    if rng.random() < 0.5 and len(head) > 60:
        head = head.replace(f" <{OURS.address}>", f"\n<{OURS.address}>")
    return _any(f"{head}\n", letter, tongue, rng, style, width=rng.choice([None, 70]))


def apple(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    return _any(f"> {_place('', tongue, tongue.apple)}\n>", letter, tongue, rng, style)


def thunderbird(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    head = {"de": "Am 03.11.26 um 09:14 schrieb {name}:", "fr": "Le 03/11/2026 à 09:14, {name} a écrit :"}
    return _any(
        _place("", tongue, head.get(_code(tongue), "On 11/3/26 09:14, {name} wrote:")), letter, tongue, rng, style, 72
    )


def proton(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    head = "On Tuesday, November 3rd, 2026 at 9:14 AM, {name} <{address}> wrote:"
    if style == "top" and rng.random() < 0.5:
        head = f"Sent with Proton Mail secure email.\n\n{head}"
    return _any(_place("", tongue, head) + "\n", letter, tongue, rng, style)


def fastmail(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    return _any(_place("", tongue, "On Tue, Nov 3, 2026, at 9:14 AM, {name} wrote:"), letter, tongue, rng, style)


def mutt(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    head = _place("", tongue, "On Tue, Nov 03, 2026 at 09:14:00AM +0100, {name} wrote:")
    return _any(head, letter, tongue, rng, style, 76)


def zimbra(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    return _any(
        _place("", tongue, "----- Le 3 Nov 26, à 9:14, {name} {address} a écrit :\n"), letter, tongue, rng, style
    )


def _code(tongue: Tongue) -> str:
    return next(code for code, entry in TONGUES.items() if entry is tongue)


# Programs that copy the letter without a mark.


def _heads(tongue: Tongue, *, starred: bool = False, colon: str = ": ") -> str:
    values = (f"{OURS.name} <{OURS.address}>", "2026-11-03 09:14", "Anna Example <anna@example.com>", OURS.subject)
    star = "*" if starred else ""
    return "\n".join(
        f"{star}{head}{colon.rstrip()}{star} {value}" for head, value in zip(tongue.heads, values, strict=True)
    )


def _copied(head: str, letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    text = disguised(letter.text, rng)
    if style == "top":
        new = _free(tongue, rng)
        return f"{new}{_ending(tongue, rng)}\n\n{head}\n\n{text}\n", ((new, None),)
    answers = _one_line(_answers(tongue, rng))
    filled = _interleaved(letter, answers, rng, behind_hint=rng.random() < 0.6, same_line=style == "same_line")
    filled = filled.replace("\x00", "")
    above = rng.choice(["", "See below.", "Hi,\nmy answers are below."])
    pieces = ((above, None),) if above else ()
    return f"{above}\n\n{head}\n\n{filled}\n", (*pieces, *_pieces(answers))


def outlook(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    return _copied("________________________________\n" + _heads(tongue), letter, tongue, rng, style)


def outlook_classic(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    return _copied(f"-----{tongue.original}-----\n" + _heads(tongue, colon=":"), letter, tongue, rng, style)


def outlook_starred(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    return _copied(_heads(tongue, starred=True), letter, tongue, rng, style)


def gmx(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    head = (
        "Gesendet: Dienstag, 03. November 2026 um 09:14 Uhr\n"
        f"Von: {OURS.name} <{OURS.address}>\nAn: anna@example.com\nBetreff: {OURS.subject}"
    )
    return _copied(head, letter, tongue, rng, style)


def samsung(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    head = (
        f"-------- {tongue.original} --------\nFrom: {OURS.name} <{OURS.address}> \n"
        f"Date: 11/3/26  9:14 AM  (GMT+01:00) \nTo: anna@example.com \nSubject: {OURS.subject} \n"
    )
    return _copied(head, letter, tongue, rng, style)


def yahoo(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    head = _place("", tongue, "  On Tuesday, November 3, 2026 at 09:14:12 AM GMT+1, {name} <{address}> wrote:  \n ")
    indented = letter._replace(text="\n".join(f" {line}".rstrip() for line in letter.text.split("\n")))
    return _copied(head, letter if style != "top" else indented, tongue, rng, style)


# HTML, through the same reader that real mail goes through.


def _html_letter(letter: Letter, answers: list[str] | None, rng: random.Random, typed: Callable[[str], str]) -> str:
    """The letter as its HTML part shows it, with answers typed where they belong."""
    behind = rng.random() < 0.6
    out = []
    waiting: int | None = None
    for block in letter.text.rstrip("\n").split("\n\n"):
        lines = block.split("\n")
        number = next((n for n, ask in letter.questions if lines[0] == f"{n}. {ask}"), None)
        waiting = number
        if answers and waiting and not behind:
            out.append(f"<p>{escape(lines[0])}</p>{typed(answers[waiting - 1])}<p>{escape(lines[1].strip())}</p>")
        else:
            out.append("<p>" + "<br>".join(escape(line.strip()) for line in lines) + "</p>")
            if answers and waiting:
                out.append(typed(answers[waiting - 1]))
    return "\n".join(out)


def _html_new(text: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))


def _html(
    style: str, letter: Letter, tongue: Tongue, rng: random.Random, wrap: Callable[[str, str], str], split: bool
) -> Made:
    if style == "html_top":
        new = _free(tongue, rng)
        top = _html_new(new + _ending(tongue, rng))
        return to_text(wrap(top, _html_letter(letter, None, rng, _html_new))), ((new, None),)
    answers = _one_line(_answers(tongue, rng))
    typed = (lambda text: f"</blockquote>{_html_new(text)}<blockquote>") if split else _html_new
    return to_text(wrap("", _html_letter(letter, answers, rng, typed))), _pieces(answers)


def html_gmail(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    head = escape(_place("", tongue, tongue.gmail))

    def wrap(top: str, inner: str) -> str:
        inner = inner.replace("<blockquote>", '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">')
        return (
            f'<div dir="ltr">{top}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
            f'class="gmail_attr">{head}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">'
            f"{inner}</blockquote></div>"
        )

    return _html(style, letter, tongue, rng, wrap, True)


def html_apple(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    head = escape(_place("", tongue, tongue.apple))

    def wrap(top: str, inner: str) -> str:
        return (
            f'<html><body dir="auto">{top}<div dir="ltr"><br><blockquote type="cite">{head}<br><br></blockquote></div>'
            f'<blockquote type="cite"><div dir="ltr">{inner}</div></blockquote></body></html>'
        )

    return _html(style, letter, tongue, rng, wrap, rng.random() < 0.5)


def html_thunderbird(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    def wrap(top: str, inner: str) -> str:
        return (
            f'<html><body>{top}<div class="moz-cite-prefix">On 11/3/26 09:14, {OURS.name} wrote:<br></div>'
            f'<blockquote type="cite" cite="mid:1@example.org">{inner}</blockquote></body></html>'
        )

    return _html(style, letter, tongue, rng, wrap, True)


def html_outlook(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    heads = "<br>".join(
        f"<b>{escape(line.split(': ')[0])}:</b> {escape(line.split(': ', 1)[1])}" for line in _heads(tongue).split("\n")
    )

    def wrap(top: str, inner: str) -> str:
        return (
            f'<html><body>{top}<div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
            f'<div id="divRplyFwdMsg" dir="ltr">{heads}<div>&nbsp;</div></div><div>{inner}</div></body></html>'
        )

    return _html(style, letter, tongue, rng, wrap, False)


def html_word(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    heads = "<br>".join(
        f"<b>{escape(line.split(': ')[0])}:</b> {escape(line.split(': ', 1)[1])}" for line in _heads(tongue).split("\n")
    )

    def wrap(top: str, inner: str) -> str:
        return (
            f'<html><body><div class="WordSection1">{top}<p class="MsoNormal">&nbsp;</p><div><div style="border:none;'
            f'border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal">{heads}</p></div></div>'
            f"{inner}</div></body></html>"
        )

    return _html(style, letter, tongue, rng, wrap, False)


def html_yahoo(letter: Letter, tongue: Tongue, rng: random.Random, style: str) -> Made:
    def wrap(top: str, inner: str) -> str:
        return (
            f'<html><body><div class="yahoo-style-wrap">{top}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>'
            f"<div>On Tuesday, November 3, 2026 at 09:14:12 AM GMT+1, {OURS.name} &lt;{OURS.address}&gt; wrote:</div>"
            f"<div><br></div>{inner}</div></div></body></html>"
        )

    return _html(style, letter, tongue, rng, wrap, False)


Client = Callable[[Letter, Tongue, random.Random, str], Made]
_MARKING: tuple[Client, ...] = (gmail, apple, thunderbird, proton, fastmail, mutt, zimbra)
_COPYING: tuple[Client, ...] = (outlook, outlook_classic, outlook_starred, gmx, samsung, yahoo)
_HTML: tuple[Client, ...] = (html_gmail, html_apple, html_thunderbird, html_outlook, html_word, html_yahoo)
CLIENTS: dict[str, tuple[Client, ...]] = {
    "top": (*_MARKING, *_COPYING),
    "bottom": _MARKING,
    "inline": _MARKING,
    "html_top": _HTML,
    "html_inline": _HTML,
    "unmarked": _COPYING,
    "same_line": (*_MARKING, *_COPYING),
}
