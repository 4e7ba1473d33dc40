"""The wheel alone, outside of the source tree: it holds its letters, and a chapter runs from it."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("coordinator", "templates", "config.example.toml", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: nothing is left in the source tree. Its build backend is the installed one, without network."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, source / part)
    script = f"import hatchling.build as b; print(b.build_wheel({str(built)!r}))"
    subprocess.run([sys.executable, "-c", script], cwd=source, check=True, capture_output=True)
    (made,) = built.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a clean environment, in which the wheel is installed and its dependencies are borrowed."""
    place = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", str(place), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    libraries = Path(sysconfig.get_paths()["purelib"])
    (site,) = place.glob("lib/python*/site-packages")
    # The editable install of the source tree is a .pth file, which only counts in a folder of its own interpreter.
    (site / "borrowed.pth").write_text(f"{libraries}\n")
    return place / "bin" / "coordinator"


def ran(command: Path, folder: Path, *arguments: str) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COORDINATOR", "VIRTUAL_ENV"))}
    done = subprocess.run([command, *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_wheel_holds_every_letter_and_nothing_of_the_tests(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {p.relative_to(ROOT) for p in (ROOT / "templates").rglob("*") if p.is_file()}
    assert {f"coordinator/{path}" for path in shipped} <= names
    assert "coordinator/config.example.toml" in names
    assert not [n for n in names if n.startswith(("tests/", "templates/", "benchmarks/"))]
    assert any(n.endswith("licenses/LICENSE") for n in names)


def test_a_chapter_is_made_and_ticks_from_the_wheel_alone(command: Path, tmp_path: Path):
    where = "import coordinator, coordinator.programs.folders as f; print(coordinator.__file__)"
    python = command.with_name("python")
    found = subprocess.run([python, "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert Path(found.strip()).is_relative_to(command.parents[1])
    ran(
        command, tmp_path, "init", "elm", "--program", "six-month", "--name", "Elm", "--address",
        "mentoring@example.org", "--coordinator", "chief@example.org", "--timezone", "UTC", "--now", "2026-01-12T08:00",
    )  # fmt: skip
    (tmp_path / "people.csv").write_text(
        "email,first_name,roles,consent\nmona@example.com,Mona,mentor,yes\nmaya@example.com,Maya,mentee,yes\n"
    )
    at = ("--now", "2026-01-12T09:05")
    assert ran(command, tmp_path, "--chapter", "elm", "people", "import", "people.csv", *at).startswith("2 new")
    assert ran(command, tmp_path, "--chapter", "elm", "pair", "mona@example.com", "maya@example.com", *at) == "p1\n"
    assert ran(command, tmp_path, "--chapter", "elm", "check").endswith("all is well\n")
    assert json.loads(ran(command, tmp_path, "--chapter", "elm", "tick", "--json", *at))["sent"] == 2
    (letter, _) = sorted((tmp_path / "elm" / "out" / "new").iterdir())
    assert b"Ref:" in letter.read_bytes()
    assert "coordinator, version" in ran(command, tmp_path, "--version")
