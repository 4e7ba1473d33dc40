"""What became of an answer that belongs to no pairing."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Took:
    """lines: said to its writer in the receipt. unclear: it is asked once more. stuck: why a human looks, "" = nobody.

    silent: nothing is said to its writer at all.
    """

    lines: tuple[str, ...] = ()
    unclear: bool = False
    stuck: str = ""
    silent: bool = False


UNCLEAR = Took(unclear=True)
