"""Replies written by hand, in seven languages, and what each answers: `written.txt`, and `unseen-*.txt`.

The latter were written to the end before the first of them was read, so that each measured once how well replies are
read that nobody here has seen; since then they are examples like the others.

A block is `language [program/]prompt [form]`, the words as typed, `=>` and the answers by number. `?` = must not be taken for a
value; a number that is missing must have no value. Forms: "new" (default, quotes nothing), "top", "under" (lines
`@2 …` stand under question 2), "beside" (they stand on its line), "quick" (the mail of a button).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from coordinator.core.reading import Reading, Unclear, Value
from coordinator.simulate.shapes import CLIENTS, fresh, reply
from tests.replies.generate import is_same
from tests.replies.letters_sent import OWN, ZONE, Sent, letter

FILES = (Path(__file__).with_name("written.txt"), *sorted(Path(__file__).parent.glob("unseen-*.txt")))
WHO = ("Ada Byron", "ada@example.com")
_AT = datetime(2026, 3, 4, 19, 30, tzinfo=ZoneInfo(ZONE))


class Written(NamedTuple):
    """wanted: question number → value, or "?"."""

    name: str
    language: str
    to: Sent
    form: str
    said: str
    wanted: Mapping[int, Any]

    def raw(self) -> bytes:
        """The mail; which client sends it depends on the name alone."""
        client = sorted(CLIENTS)[sum(map(ord, self.name)) % len(CLIENTS)]
        if self.form == "new":
            to = (("", OWN.address),)
            return fresh(self.said, client=client, sender=WHO, to=to, subject="Re: hello", now=_AT)
        style = {"under": "inline", "beside": "same_line"}.get(self.form, self.form)
        new: Any = self.said
        if self.said.startswith("@"):
            parts = (part.split(" ", 1) for part in f"\n{self.said}".split("\n@")[1:])
            new = {int(number): text for number, text in parts}
        return reply(self.to.draft.raw, new, client=client, style=style, sender=WHO, now=_AT, language=self.language)


def written(files: Sequence[Path] = FILES) -> Iterator[Written]:
    for path in files:
        yield from _in_file(path)


def _in_file(path: Path) -> Iterator[Written]:
    for place, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n---\n")):
        head, _, rest = block.partition("\n")
        said, _, values = rest.rpartition("\n=> ")
        language, prompt, *form = head.split()
        program, _, prompt = prompt.rpartition("/")
        to = letter(prompt, "es" if language == "es" else "en", program or "six-month")
        wanted = {int(number): value for number, value in json.loads("{" + values + "}").items()}
        yield Written(
            f"{path.stem}-{place:03}-{language}-{prompt}", language, to, form[0] if form else "new", said, wanted
        )


def outcomes(one: Written, reading: Reading) -> Iterator[tuple[int, str, Any]]:
    """(number, outcome, what was read) for each question that was answered or read."""
    for question in one.to.draft.letter.questions:
        number, found = question.number, reading.answers.get(question.number)
        wanted = one.wanted.get(number, "?")
        if number not in one.wanted and found is None:
            continue
        if wanted == "?":
            yield number, "wrong" if isinstance(found, Value) and found.value != "" else "right", found
        elif not isinstance(found, Value):
            yield number, "unclear" if isinstance(found, Unclear) else "right" if wanted == "" else "missing", found
        else:
            if question.field.kind == "slots":
                wanted = [question.slots["abc".index(letter_)][0] for letter_ in wanted]
            yield number, "right" if is_same(found.value, wanted, number, question.field.kind) else "wrong", found
