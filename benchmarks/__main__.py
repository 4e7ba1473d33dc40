"""`python -m benchmarks [NAME …] [--small | --full]`: prints every ratio beside its goal, whatever it is."""

import argparse
import time
from importlib import import_module

from benchmarks.table import Bar, printed

ALL = ("startup", "loop", "state", "season", "matching", "summary", "report", "calendar")


def run(names: tuple[str, ...] = ALL, *, size: str = "usual") -> list[Bar]:
    """size: "small" for a test, "usual", or "full" for the numbers of docs/performance.md."""
    bars: list[Bar] = []
    for name in names:
        began = time.perf_counter()
        print(f"\n{name}", flush=True)
        bars += import_module(f"benchmarks.{name}").run(size=size)
        print(f"  ({time.perf_counter() - began:.0f} s)", flush=True)
    return bars


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(ALL)}; all when none is named")
    parser.add_argument("--small", action="store_true", help="just enough to see that they run")
    parser.add_argument("--full", action="store_true", help="the sizes of docs/performance.md, for half an hour")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in ALL]:
        parser.error(f"no benchmark {', '.join(unknown)} – there is: {', '.join(ALL)}")
    bars = run(tuple(given.names) or ALL, size="full" if given.full else "small" if given.small else "usual")
    print()
    printed(bars)


if __name__ == "__main__":
    main()
