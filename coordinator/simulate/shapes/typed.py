"""What a person types, before a client dresses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Typed:
    """new: answers by question number, or prose. numbering: how an answer is numbered where it needs a number.

    greeting, signature: "" when there is none; several lines are allowed.
    """

    new: str | Mapping[int, str]
    numbering: str = "{n}. {answer}"
    greeting: str = ""
    signature: str = ""

    def block(self) -> tuple[str, ...]:
        """The answers as one block, for above or below the quote."""
        if isinstance(self.new, str):
            return tuple(self.new.split("\n"))
        lines: list[str] = []
        for number, answer in self.new.items():
            first, *rest = answer.split("\n")
            lines += [self.numbering.format(n=number, answer=first), *rest]
        return tuple(lines)

    def opening(self) -> tuple[str, ...]:
        return (*self.greeting.split("\n"), "") if self.greeting else ()

    def under(self, number: int, numbers: Sequence[int]) -> tuple[str, ...]:
        """What is typed under one question; prose goes under the last."""
        if isinstance(self.new, str):
            return tuple(self.new.split("\n")) if numbers and number == numbers[-1] else ()
        return tuple(self.new[number].split("\n")) if number in self.new else ()

    def beside(self, number: int, numbers: Sequence[int]) -> str:
        """The same on the question's own line."""
        return ", ".join(line.strip() for line in self.under(number, numbers) if line.strip())
