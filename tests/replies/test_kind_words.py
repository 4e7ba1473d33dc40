"""Short words to a letter that asks nothing: thanks need nobody, and everything else is for a human."""

import pytest

from coordinator.core.answers_polite import is_kind_word
from tests.advisors.desk import desk, summary_of, told
from tests.e2e.chapters import MAYA, Chapter, on_maildir
from tests.e2e.seasons import met
from tests.replies.letters_sent import context

KIND = {
    "en": [
        "Thanks!",
        "Great, thank you so much",
        "Will do 👍",
        "ok",
        "See you then",
        "Thanks for passing that on, Mona",
    ],
    "es": ["Muchas gracias", "Perfecto, gracias", "Vale, entendido", "Qué bien"],
    "de": ["Vielen Dank!", "Super, danke dir", "Alles klar", "Ich freue mich darauf"],
    "fr": ["Merci beaucoup !", "Bien reçu, merci", "Parfait"],
    "it": ["Grazie mille", "Perfetto, grazie", "Va bene"],
    "nl": ["Bedankt!", "Prima, dank je wel", "Komt goed"],
    "pt": ["Muito obrigada", "Perfeito, obrigado", "Combinado"],
}
NOT_KIND = {
    "en": ["Mona died last week", "I want to quit", "I quit", "call me", "wrong person", "Thanks, but that is wrong"],
    "es": ["Mona no me contesta", "Ya no quiero seguir", "Gracias, pero es falso"],
    "de": ["Mona hat gekündigt", "Ich will nicht mehr", "Ich bin krank"],
    "fr": ["Mona est partie", "Je suis malade", "Je ne veux plus"],
    "it": ["Non voglio più continuare", "Sono malata"],
    "nl": ["Ik ben ziek", "Mona is vertrokken"],
    "pt": ["Não quero continuar", "Estou doente"],
}


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in KIND.items() for text in texts])
def test_thanks_and_joy_are_kind_words_in_every_language(language: str, text: str):
    assert is_kind_word(text, context(language), ["Mona"])


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in NOT_KIND.items() for text in texts])
def test_news_and_wishes_are_no_kind_words_however_short(language: str, text: str):
    assert not is_kind_word(text, context(language), ["Mona"])


@pytest.mark.parametrize(("said", "held"), [("Mona died last week", 1), ("I am ill", 1), ("Great, thank you!", 0)])
def test_short_news_to_a_letter_that_asks_nothing_waits_for_a_human(tmp_path, said: str, held: int):
    chapter: Chapter = on_maildir(tmp_path / "elm")
    met(chapter)
    letter = next(each for each in reversed(chapter.to(MAYA)) if not each.asks)
    chapter.reply(letter, said)
    assert len(chapter.held()) == held


def test_short_news_of_an_advisor_are_not_passed_over():
    season = desk()
    assert told(season, season.reply(summary_of(season), text="Mona has left"))
    season.tick()
    assert not told(season, season.reply(summary_of(season), text="Thank you!"))
