"""`paper`: a certificate or a service letter from the command line, as HTML or PDF."""

import re
import sys
import zlib
from pathlib import Path

import pytest

from coordinator import config
from coordinator.errors import ConfigurationError
from tests.cli.running import run

NOW = ("--now", "2026-02-20T08:00")


def words_of(pdf: bytes) -> str:
    """What the pages say, with a built-in font."""
    pages = [zlib.decompress(s) for s in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL) if s[:1] == b"\x78"]
    return "".join(re.findall(r"\(((?:[^()\\]|\\.)*)\)", b"".join(pages).decode("cp1252")))


@pytest.mark.req("ACHE-8", "AAHA-35")
@pytest.mark.parametrize(("kind", "who"), [("certificate", "maya"), ("service-letter", "mona")])
def test_a_paper_is_printed_as_a_page_and_written_as_pdf(chapter: Path, tmp_path: Path, kind: str, who: str):
    page = run("--chapter", chapter, "paper", kind, f"{who}@example.com", *NOW)
    assert page.code == 0, page.err
    assert page.out.startswith("<!DOCTYPE html>")
    name = {"maya": "Maya Roy", "mona": "Mona Ek"}[who]
    assert name in page.out
    file = tmp_path / "paper.pdf"
    written = run("--chapter", chapter, "paper", kind, f"{who}@example.com", "--pdf", file, *NOW)
    assert (written.code, written.out) == (0, f"{file}: {kind} of {name}\n"), written.err
    content = file.read_bytes()
    assert content.startswith(b"%PDF-")
    assert name.replace(" ", "") in words_of(content).replace(" ", "")
    run("--chapter", chapter, "paper", kind, f"{who}@example.com", "--pdf", file, *NOW)
    assert file.read_bytes() == content, "the same for the same values"


def test_without_the_package_the_way_out_is_said_and_the_page_still_comes(chapter: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fpdf", None)
    file = tmp_path / "paper.pdf"
    refused = run("--chapter", chapter, "paper", "certificate", "maya@example.com", "--pdf", file, *NOW)
    assert refused.code == 2
    assert "certificate.pdf: the package fpdf2 is missing – pip install 'coordinator[pdf]'" in refused.err
    assert not file.exists()
    assert run("--chapter", chapter, "paper", "certificate", "maya@example.com", *NOW).code == 0
    settings = chapter / "config.toml"
    settings.write_text(re.sub(r"(\[chapter\]\n)", r"\1pdf = true\n", settings.read_text()))
    with pytest.raises(ConfigurationError, match=r"config.toml:\d+: the package fpdf2 is missing"):
        config.load(chapter)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("service-letter", "maya@example.com"), "maya@example.com: no pairing as mentor – "),
        (("certificate", "maya@example.com", "--pairing", "p7"), "no pairing p7 as mentor or mentee – theirs: p1"),
        (("certificate", "nobody@example.com"), "nobody of that address or id is on the roster"),
    ],
)
def test_who_has_no_such_paper_is_told_why(chapter: Path, arguments: tuple[str, ...], words: str):
    refused = run("--chapter", chapter, "paper", *arguments, *NOW)
    assert refused.code == 2
    assert words in refused.err


def test_a_file_that_cannot_be_written_is_named(chapter: Path, tmp_path: Path):
    file = tmp_path / "nowhere" / "paper.pdf"
    refused = run("--chapter", chapter, "paper", "certificate", "maya@example.com", "--pdf", file, *NOW)
    assert refused.code == 74
    assert f"{file}: cannot be written" in refused.err


def test_letters_that_latin_fonts_lack_are_written_with_a_font_of_this_machine():
    from coordinator.formats.letter_pdf import pdf

    if not list(Path("/usr/share/fonts").rglob("DejaVuSerif.ttf")):
        pytest.skip("the DejaVu fonts are not installed")
    page = pdf("<h1>Łucja Żak</h1>\n<p>Ελένη</p>\n", title="Łucja", language="pl", what="certificate.pdf")
    assert b"DejaVuSerif" in page
