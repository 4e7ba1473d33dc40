"""By what somebody who is forgotten is found in the words of others."""

import pytest

from coordinator.core.forgetting import BLACK, Forgotten


def whom(first: str = "Maya", last: str = "Roy", address: str = "maya@example.com") -> Forgotten:
    return Forgotten(
        id="u2", addresses=(address,), first_name=first, last_name=last, about=frozenset(), partners=frozenset()
    )


@pytest.mark.req("S-2")
@pytest.mark.parametrize(
    "text", ["Maya is good", "MAYA is good", "maya is good", "Mayas talk", "maya's talk", "Ms Roy", "ROY", "(maya)"]
)
def test_a_partner_names_them_however_they_type(text: str):
    assert whom().names(text, near=True)
    assert "ay" not in whom().blacked(text, near=True).replace(BLACK, "").casefold() or "Ms" in text


@pytest.mark.parametrize("text", ["a mayan temple", "maya@example.org", "the royal road", "a corduroy coat"])
def test_other_words_and_addresses_that_hold_the_name_stay(text: str):
    assert whom().blacked(text, near=True) == text


def test_a_name_that_is_a_word_is_one_only_where_it_is_written_as_a_name():
    will = whom("Will", "Moore", "will@example.com")
    assert will.blacked("Will said that he will be there once more", near=True) == (
        f"{BLACK} said that he will be there once more"
    )


def test_a_name_is_the_same_however_its_accents_are_put_together():
    assert whom("Zoë", "Bäcker").names("Zoe\u0308 Ba\u0308cker was here", near=False)
    assert whom("Zoe\u0308", "Ba\u0308cker").names("Zoë Bäcker was here", near=False)


def test_a_stranger_names_them_only_by_the_whole_name_or_the_address():
    assert not whom().names("Maya came late", near=False)
    assert whom().names("maya\n  roy came late", near=False)
    assert whom().names("write to MAYA@example.com", near=False)


def test_somebody_without_a_name_is_found_by_the_address_alone():
    assert not whom("", "").names("anything at all", near=True)
    assert whom("", "").names("maya@example.com", near=True)
