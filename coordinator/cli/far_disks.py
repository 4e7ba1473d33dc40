"""Whether a folder lies on a disk of another machine, whose locks are made in ways of their own."""

from pathlib import Path

FAR = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "9p",
    "fuse.sshfs",
    "fuse.rclone",
    "webdav",
    "fuse.davfs",
)
MOUNTS = Path("/proc/self/mounts")


def far_disk(folder: Path, mounts: str | None = None) -> str:
    """The kind of network file system that holds it, "" when none does or the system does not say."""
    try:
        lines = (MOUNTS.read_text(encoding="utf-8", errors="replace") if mounts is None else mounts).splitlines()
    except OSError:
        return ""
    real, kind, longest = folder.resolve(), "", -1
    for line in lines:
        words = line.split()
        if len(words) < 3:
            continue
        place = Path(_spelled(words[1]))
        # The last of two that are mounted at one place is the one that counts.
        if (place == real or place in real.parents) and len(place.parts) >= longest:
            kind, longest = words[2], len(place.parts)
    return kind if kind in FAR else ""


def _spelled(place: str) -> str:
    """Without the codes that stand for spaces."""
    return place.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
