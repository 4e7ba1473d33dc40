"""Whether the place of a chapter is one in which nobody else on this machine can put another in its stead."""

import stat
from pathlib import Path


def place_fault(folder: Path) -> str | None:
    """What is wrong with a chapter's folder or one that it lies in, None when nothing is.

    As ssh and sudo have it: whoever may write into a folder may rename what lies in it. Where each may rename only
    what is their own, as in /tmp, nobody can.
    """
    real = folder.resolve()
    for place in (real, *real.parents):
        try:
            mode = place.stat().st_mode
        except OSError:
            continue  # it is not there yet, or told of by whoever reads it
        if mode & stat.S_IWOTH and not (mode & stat.S_ISVTX and place != real):
            inside = "the chapter's folder" if place == real else "a folder that the chapter lies in"
            way = f"run chmod o-w {place}" + ("" if place == real else ", or move the chapter elsewhere")
            return f"{place}: everybody on this machine may write into {inside} and put another in its place – {way}"
    return None
