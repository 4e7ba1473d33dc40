"""The verbs that an advisor may answer a numbered letter with; every room adds the verbs of its own things here."""

from collections.abc import Mapping

from coordinator.core import spans
from coordinator.core.verbs import absence, items, linking, pairs, parting, talking
from coordinator.core.verbs.wish import Verb

VERBS: Mapping[str, Verb] = {
    "done": Verb(about="item", does=items.done, reads=spans.nothing),
    "snooze": Verb(about="item", does=items.snooze, reads=spans.until),
    "call": Verb(about="item", does=talking.call, reads=spans.nothing),
    "call_both": Verb(about="pair", does=talking.call_both, reads=spans.nothing),
    "tell": Verb(about="item", does=talking.tell, reads=spans.something),
    "introduce": Verb(about="pair", does=linking.introduce, reads=spans.something),
    "rematch": Verb(about="pair", does=parting.rematch, reads=spans.nothing, asks=True),
    "hand_over": Verb(about="self", does=parting.hand_over, reads=spans.something, asks=True),
    "approve": Verb(about="item", does=items.decide, reads=spans.nothing),
    "decline": Verb(about="item", does=items.decide, reads=spans.anything),
    "every": Verb(about="pair", does=pairs.every, reads=spans.every),
    "stage": Verb(about="pair", does=pairs.stage, reads=spans.number),
    "away": Verb(about="self", does=absence.away, reads=spans.days),
    "back": Verb(about="self", does=absence.back, reads=spans.nothing),
}
"""Name, which is its key in the words table `[verbs]` → what it reads and does."""
