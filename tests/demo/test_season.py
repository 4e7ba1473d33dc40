"""A first month of the demo, on real folders with the real tick."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from coordinator import config, demo, store
from coordinator.demo.chapter import later
from coordinator.simulate.shapes.parent import read

START = datetime(2026, 1, 12, 14, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> demo.Season:
    return demo.run(tmp_path_factory.mktemp("demo") / "chapter", now=START, months=1)


def test_everything_sent_lies_in_the_outbox_and_everybody_was_written_to(season: demo.Season) -> None:
    ours = [event for event in season.events if event.is_ours]
    files = list((season.folder / "out" / "new").iterdir())
    assert len(files) == len(ours)
    assert len({event.person for event in ours}) >= 21


def test_what_people_wrote_is_put_away_and_nothing_is_left_over(season: demo.Season) -> None:
    came = [event for event in season.events if not event.is_ours]
    kinds = Counter(event.kind for event in came)
    assert kinds["reply"] > 30
    assert kinds["accept"] > 15
    assert len(list((season.folder / "mail" / ".Processed" / "cur").iterdir())) == len(came)
    assert not list((season.folder / "mail" / "new").iterdir())
    assert not list((season.folder / "mail" / ".Quarantine" / "cur").iterdir())


def test_a_reply_lies_in_the_mailbox_with_the_time_it_came(season: demo.Season) -> None:
    event = next(event for event in season.events if event.kind == "reply")
    assert read(event.raw).date == event.at.replace(microsecond=0)


def test_the_folder_is_an_ordinary_chapter_afterwards(season: demo.Season) -> None:
    settings = config.load(season.folder)
    work = store.open_store(settings.state, now=START).load()
    assert len(list(work.participants())) == 21
    answered = {answer.by for pairing in work.pairings() for answer in pairing.answers}
    assert {"ana-ruiz", "marcus-bell", "lucia-serrano"} <= answered
    assert "owen-pratt" not in answered


def test_the_story_and_the_page_tell_of_it(season: demo.Season) -> None:
    months = season.story.split("\n\n")
    assert months[0].startswith("January 2026\n  Mon 12 Jan")
    assert all(len(month.split("\n")) <= 26 for month in months)
    page = season.page.read_text(encoding="utf-8")
    assert page.count('<details class="mail') >= len(season.events)
    assert "Ana and Marcus" in page


def test_a_chapter_month_ends_on_its_last_day() -> None:
    assert later(datetime(2026, 8, 31).date(), 6) == datetime(2027, 2, 28).date()
    assert later(datetime(2026, 12, 5).date(), 1) == datetime(2027, 1, 5).date()
    assert later(datetime(2026, 6, 5).date(), 6) == datetime(2026, 12, 5).date()


def test_a_demo_does_not_play_over_a_chapter(season: demo.Season) -> None:
    kept = [season.folder / name for name in ("secret.key", "config.toml", "state/cohort.json")]
    before = [path.read_bytes() for path in kept]
    with pytest.raises(FileExistsError):
        demo.run(season.folder, now=START, months=2, program="base")
    assert [path.read_bytes() for path in kept] == before
