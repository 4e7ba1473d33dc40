"""How exactly the cut reads the generated replies: run `python -m tests.formats_cut.measure`."""

import sys
import time
from statistics import median

from coordinator.formats.cut import cut
from tests.formats_cut.generator import STYLES, Reply, replies
from tests.formats_cut.letters import OURS


def faults(reply: Reply) -> list[str]:
    """What is not as it was put in; empty when exact."""
    found = cut(reply.body, parent=reply.letter.text, questions=reply.letter.questions, ours=OURS)
    wanted, got = _plain(reply.text), _plain(found.text)
    wrong = [] if wanted == got else [f"wanted {wanted!r}, got {got!r}"]
    anchors = [(_plain(text), after) for text, after in reply.pieces]
    seen = [(_plain(piece.text), piece.after) for piece in found.pieces]
    return wrong or ([] if anchors == seen else [f"wanted {anchors!r}, got {seen!r}"])


def _plain(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    show = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    for style in STYLES:
        made = list(replies(style, rounds=rounds))
        wrong = [(reply, fault) for reply in made if (fault := faults(reply))]
        share = 100 * (len(made) - len(wrong)) / len(made)
        sys.stdout.write(f"{style:12} {share:6.2f} % exact of {len(made)}\n")
        for reply, fault in wrong[:show]:
            sys.stdout.write(f"    {reply.name} {fault}\n")
    sys.stdout.write(f"median {1000 * _median():.3f} ms\n")


def _median() -> float:
    times = []
    for style in STYLES:
        for reply in replies(style, languages=("en", "de")):
            spent = []
            for _ in range(5):
                begin = time.process_time()
                cut(reply.body, parent=reply.letter.text, questions=reply.letter.questions, ours=OURS)
                spent.append(time.process_time() - begin)
            times.append(min(spent))
    return median(times)


if __name__ == "__main__":
    main()
