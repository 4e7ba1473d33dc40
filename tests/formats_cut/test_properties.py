"""What holds for any text at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.reading import Cut
from coordinator.formats.cut import cut
from tests.formats_cut.generator import STYLES, Reply, replies
from tests.formats_cut.letters import LETTERS, OURS

LETTER = LETTERS["en"]
LABELS = {"new", "quote", "attribution", "signature", "tagline", "banner", "disclaimer", "blank"}
LINES = st.sampled_from(
    [
        *LETTER.text.split("\n"),
        *(f"> {line}" for line in LETTER.text.split("\n")),
        *("yes", "no", "2. yes", "45", "", "> ", ">> older", "-- ", "Anna", "Best regards,", "Sent from my iPhone"),
        *("On Tue, 3 Nov 2026 at 09:14, X <x@example.org> wrote:", "From: X <x@example.org>", "Subject: q", "👍"),
        *("-----Original Message-----", "________", "CAUTION: external email from outside", "https://example.com/a"),
        *(
            "1. Did you two meet since my last mail? yes",
            "met since my last mail",
            "\u200f\u202bשלום",
            "はい、会いました",
        ),
    ]
)
BODIES = st.lists(LINES, max_size=30).map("\n".join) | st.text(max_size=300)
REPLIES = [reply for style in STYLES for reply in replies(style, languages=("en", "ja", "ar"))]


def aligned(text: str) -> Cut:
    return cut(text, parent=LETTER.text, questions=LETTER.questions, ours=OURS)


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(letter in rest for letter in part)


@given(BODIES, st.booleans())
@settings(max_examples=150, deadline=None)
def test_spans_cover_every_character_once(text: str, known: bool) -> None:
    found = aligned(text) if known else cut(text)
    assert [span.start for span in found.spans] == [0, *(span.end for span in found.spans)][: len(found.spans)]
    assert (found.spans[-1].end if found.spans else 0) == len(text)
    assert {span.label for span in found.spans} <= LABELS
    assert all(span.reason for span in found.spans)


@given(BODIES, st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_new_text_is_a_subsequence_and_lies_in_the_new_spans(text: str, known: bool) -> None:
    found = aligned(text) if known else cut(text)
    new = "".join(text[span.start : span.end] for span in found.spans if span.label == "new")
    assert is_subsequence(found.text, text)
    assert "".join(found.text.split()) == "".join(new.split())
    for piece in found.pieces:
        assert text[piece.start : piece.start + 1].strip()


@given(BODIES)
@settings(max_examples=100, deadline=None)
def test_reading_twice_reads_the_same(text: str) -> None:
    assert aligned(text) == aligned(text)


@given(
    st.lists(
        st.sampled_from(["yes", "no, 45", "1. yes", "2: 30 min", "G1 done", "It helped.", "👍"]), min_size=1, max_size=4
    )
)
@settings(max_examples=40, deadline=None)
def test_new_text_read_again_stays_as_it_is(answers: list[str]) -> None:
    text = "\n".join(answers)
    assert aligned(text).text == text


def _with_more(reply: Reply) -> str:
    quote = "\n".join(f"> {line}" for line in reply.letter.text.split("\n"))
    return f"{reply.body.rstrip()}\n\nOn Tue, 3 Nov 2026 at 09:14, {OURS.name} <{OURS.address}> wrote:\n{quote}\n"


@given(st.sampled_from([reply for reply in REPLIES if reply.name.startswith(("top", "html_top"))]))
@settings(max_examples=60, deadline=None)
def test_quoting_more_changes_no_piece(reply: Reply) -> None:
    def read(text: str) -> list[tuple[str, int | None]]:
        found = cut(text, parent=reply.letter.text, questions=reply.letter.questions, ours=OURS)
        return [(piece.text, piece.after) for piece in found.pieces]

    assert read(_with_more(reply)) == read(reply.body)
    assert read(reply.pieces[0][0]) == read(reply.body)
