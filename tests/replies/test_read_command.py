"""`coordinator read` in a process of its own: files, folders, parents, prompts, contexts, and mail that hurts."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.replies.letters_sent import ROOT, TEMPLATES, letter
from tests.replies.written import FILES, written

KEYS = {"file", "kind", "from", "text", "language", "calendar", "bounce", "problems"}
CONTEXT = """language = "en"
timezone = "Europe/Berlin"
now = 2026-03-04T18:30:00Z
goals = ["Lead a team meeting every month", "Pass the CHESP exam by October"]
slots = [
  { start = 2026-03-10T12:00:00+01:00, end = 2026-03-10T12:45:00+01:00 },
  { start = 2026-03-12T12:00:00+01:00, end = 2026-03-12T12:45:00+01:00 },
]
"""
MAIL = b"From: Ada <ada@example.com>\nTo: mentoring@example.org\nSubject: Re: hi\nMessage-ID: <1@example.com>\n"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "coordinator", "read", *map(str, arguments)]
    own = {**os.environ, "COORDINATOR_CHAPTER": str(TEMPLATES.parent)}  # The drawer's own debrief.
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, timeout=120, check=False)
    assert b"Traceback" not in done.stderr
    return done


def lines(*arguments: str | Path) -> list[dict[str, Any]]:
    """What `--json` prints, each line parsed."""
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Replies to the debrief, and beside them the mails that they answer, under the same names."""
    replies, parents = tmp_path_factory.mktemp("replies"), tmp_path_factory.mktemp("parents")
    for one in written(FILES[:1]):
        if one.to.name == "six-month/debrief/en" and one.language == "en":
            (replies / f"{one.name}.eml").write_bytes(one.raw())
            (parents / f"{one.name}.eml").write_bytes(one.to.draft.raw)
    return replies, parents


@pytest.fixture
def context(tmp_path: Path) -> Path:
    path = tmp_path / "context.toml"
    path.write_text(CONTEXT)
    return path


def test_a_folder_with_a_folder_of_parents_gives_a_line_a_file(folders: tuple[Path, Path], context: Path) -> None:
    replies, parents = folders
    found = lines(replies, "--parent", parents, "--prompt", "debrief", "--context", context)
    assert [Path(line["file"]).name for line in found] == sorted(path.name for path in replies.iterdir())
    assert {frozenset(line) for line in found} == {frozenset(KEYS | {"answers"})}
    inline = next(line for line in found if "014" in line["file"])
    assert {name: said["value"] for name, said in inline["answers"].items()} == {
        "met": True,
        "minutes": 45,
        "progress": {
            "1": {"score": 8, "state": None, "note": ""},
            "2": {"score": None, "state": "done", "note": ""},
        },
        "helped": "The role play",
        "hard": "",
    }
    assert inline["answers"]["minutes"]["evidence"] == "¾ hour"


def test_without_a_prompt_there_are_no_answers(folders: tuple[Path, Path]) -> None:
    (line,) = lines(next(iter(sorted(folders[0].iterdir()))))
    assert set(line) == KEYS
    assert (line["kind"], line["from"], line["calendar"], line["bounce"]) == ("reply", "ada@example.com", None, None)


def test_an_answer_says_why_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(MAIL + b"\n1: yes and no\n")
    (line,) = lines(path, "--prompt", "debrief")
    assert line["answers"]["met"]["value"] is None
    assert line["answers"]["met"]["reason"]
    assert line["answers"]["minutes"] == {"value": None, "reason": "not answered"}


def test_slots_come_from_the_context_with_their_offset(tmp_path: Path, context: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(MAIL + b"\n1: the second one\n")
    (line,) = lines(path, "--prompt", "introduction-mentee", "--context", context)
    assert line["answers"]["slots"]["value"] == [
        {"start": "2026-03-12T12:00:00+01:00", "end": "2026-03-12T12:45:00+01:00"}
    ]


def test_many_files_are_read_in_parallel_and_in_order(tmp_path: Path) -> None:
    for n in range(90):
        (tmp_path / f"{n:03}.eml").write_bytes(MAIL + f"\n1: yes\n2: {n + 10} min\n".encode())
    found = lines(tmp_path, "--prompt", "debrief")
    assert [line["answers"]["minutes"]["value"] for line in found] == [n + 10 for n in range(90)]


def _bombs(folder: Path) -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(200))
    bombs = {
        "empty": b"",
        "nul": b"\0" * 5000,
        "random": bytes(range(256)) * 40,
        "nested": MAIL + deep,
        "parts": MAIL + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5000,
        "tags": MAIL + b"Content-Type: text/html\n\n" + b"<div>" * 5000 + b"yes",
        "marks": MAIL + b"\n" + b">" * 100_000,
        "on-a": MAIL + b"\n" + b"On a\n" * 20_000,
        "froms": MAIL + b"\n" + b"From: a@b.cd\n" * 5000,
        "headers": b"X-A: b\n" * 50_000,
        "header": b"Subject: " + b"a" * 3_000_000 + b"\n\nyes",
        "words": b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nyes",
        "charset": MAIL + b"Content-Type: text/plain; charset=utf-7\n\n+ADw-script",
        "base64": MAIL + b"Content-Transfer-Encoding: base64\n\n!!!!not base64",
        "bidi": MAIL + b"Content-Type: text/plain; charset=utf-8\n\n" + "\u202eyes\u2066\n".encode() * 500,
        "winmail": MAIL + b"Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22" + b"\xff" * 1000,
        "calendar": MAIL + b"Content-Type: text/calendar; method=REPLY\n\n" + b"BEGIN:VEVENT\n" * 3000,
        "bounce": MAIL + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n",
        "huge": MAIL + b"\n" + b"a" * 30_000_000,
    }
    for name, content in bombs.items():
        (folder / f"{name}.eml").write_bytes(content)


def test_mail_that_hurts_is_a_line_like_any_other(tmp_path: Path) -> None:
    _bombs(tmp_path)
    found = lines(tmp_path, "--prompt", "debrief")
    assert len(found) == len(list(tmp_path.iterdir()))
    assert {line["kind"] for line in found} <= {"reply", "stray", "unsafe", "bounce", "auto_reply", "calendar"}
    assert next(line for line in found if line["file"].endswith("huge.eml"))["kind"] == "unsafe"
    assert run(tmp_path, "--prompt", "debrief").returncode == 0


def test_a_file_that_does_not_open_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml").symlink_to(tmp_path / "gone")
    (tmp_path / "b.eml").write_bytes(MAIL + b"\n1: yes\n")
    os.mkfifo(tmp_path / "c.eml")
    assert [line["kind"] for line in lines(tmp_path / "b.eml")] == ["reply"]
    assert [Path(line["file"]).name for line in lines(tmp_path)] == ["b.eml"]


def test_the_account_for_people_marks_the_mail_and_gives_the_evidence(folders: tuple[Path, Path]) -> None:
    one = next(path for path in sorted(folders[0].iterdir()) if "001" in path.name)
    shown = run(one, "--parent", folders[1], "--prompt", "debrief").stdout.decode()
    assert "[new: " in shown
    assert "  | yes, 40 min, G1 6, the role play helped" in shown
    assert "stands in our mail]" in shown
    assert "answer 2 minutes: 40    from the words" in shown


def test_the_account_shows_nothing_that_steers_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(MAIL + b"Content-Type: text/plain; charset=utf-8\n\n\x1b[31myes \xe2\x80\xaeno\n")
    shown = run(path).stdout
    assert b"\x1b" not in shown
    assert "\u202e".encode() not in shown


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--prompt", "no-such"), 2),
        (("--program", "no-such"), 2),
        (("--parent", "/no/such"), 2),
        (("--context", "/no/such"), 2),
    ],
)
def test_what_does_not_exist_is_said_and_exits_as_promised(
    tmp_path: Path, arguments: tuple[str, str], code: int
) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(MAIL + b"\nyes\n")
    done = run(path, *arguments)
    assert done.returncode in {code, 78}
    assert done.stdout == b""
    assert arguments[1].encode() in done.stderr


@pytest.mark.parametrize(
    "text", ["slots = 5", "now = 'soon'", "goals = [[1]]\nslots=[1]", "= broken", "goals = { x = 'a' }"]
)
def test_a_broken_context_is_unreadable_input(tmp_path: Path, text: str) -> None:
    path, broken = tmp_path / "one.eml", tmp_path / "context.toml"
    path.write_bytes(MAIL + b"\nyes\n")
    broken.write_text(text)
    done = run(path, "--prompt", "debrief", "--context", broken)
    assert done.returncode == 65, done.stderr


def test_a_parent_with_html_alone_is_aligned(tmp_path: Path) -> None:
    from coordinator.simulate.shapes import reply
    from tests.replies.test_letters_between import ADA, NOW

    raw = letter("debrief").draft.raw
    (tmp_path / "sent").write_bytes(raw)
    answer = reply(raw, {1: "no"}, client="apple_ios", style="html_inline", sender=ADA, now=NOW)
    (tmp_path / "one.eml").write_bytes(answer)
    (line,) = lines(tmp_path / "one.eml", "--parent", tmp_path / "sent", "--prompt", "debrief")
    assert line["answers"]["met"]["value"] is False
    assert line["text"] == "no"
