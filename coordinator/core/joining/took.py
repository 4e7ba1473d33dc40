"""What became of an answer that belongs to no pairing."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Took:
    """lines: said to its writer in the receipt. unclear: it is asked once more. stuck: why a human looks, "" = nobody.

    lacks: it was understood, and stays open for what these words ask for. is_open: it stays open as it was asked.
    silent: nothing is said to its writer at all.
    """

    lines: tuple[str, ...] = ()
    unclear: bool = False
    stuck: str = ""
    lacks: str = ""
    is_open: bool = False
    silent: bool = False

    @property
    def is_settled(self) -> bool:
        return not (self.unclear or self.lacks or self.is_open)

    @property
    def told(self) -> tuple[str, ...]:
        """All of it for a reader whom nothing is asked."""
        return (*self.lines, self.lacks) if self.lacks else self.lines


UNCLEAR = Took(unclear=True)
