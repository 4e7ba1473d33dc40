"""Every letter of every shipped program as a browser shows it: `python -m tests.letters.pictures FOLDER`."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from coordinator.formats import letters
from coordinator.programs.folders import names
from tests.letters.some import CHAPTER, program

PHONE = "--window-size=420,1400"


def browser() -> str | None:
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


def every() -> Iterator[tuple[str, str, str]]:
    """(program, prompt, language), each letter once: under the first program that has it."""
    seen: set[str] = set()
    for name in ("base", *(n for n in names(None) if n != "base")):
        for id_, versions in program(name).prompts.items():
            for language, prompt in versions.items():
                if prompt.source not in seen:
                    seen.add(prompt.source)
                    yield name, id_, language


def picture(name: str, prompt: str, language: str, into: Path, chromium: str) -> Path:
    """One letter, 420 pixels wide, as on a phone."""
    html = letters.preview(program(name), prompt, language, CHAPTER, html=True)
    target = into / name / language / f"{prompt}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "letter.html"
        page.write_text(html, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", PHONE]
        subprocess.run(
            [chromium, *options, f"--user-data-dir={folder}", f"--screenshot={target}", page.as_uri()],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
    return target


def main() -> None:
    into, chromium = Path(sys.argv[1] if len(sys.argv) > 1 else "build/letters"), browser()
    if chromium is None:
        sys.exit("Chromium is not installed")
    for name, prompt, language in every():
        sys.stdout.write(f"{picture(name, prompt, language, into.resolve(), chromium)}\n")


if __name__ == "__main__":
    main()
