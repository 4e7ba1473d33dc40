"""What a leap of the clock would do if somebody said that it is right: told before, with the way back."""

from datetime import datetime

from coordinator.store.work import Work


def foreseen(work: Work, now: datetime) -> str:
    """How many pairs would be past their last day, and how to look and keep a way back; "" where there is no pair."""
    under_way = [pairing for pairing in work.pairings() if pairing.status != "ended"]
    over = [pairing for pairing in under_way if pairing.end <= now.date()]
    if not under_way:
        return ""
    return (
        f"by this clock ({now:%Y-%m-%d}) {len(over)} of {len(under_way)} pairs are past their last day and would end"
        " – coordinator tick --dry-run --confirm-gap lists every letter that would go and sends none; coordinator"
        " backup FILE before --confirm-gap keeps the way back: set the clock right, then coordinator restore FILE"
        " --replace"
    )
