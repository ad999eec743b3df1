"""The language of a comment, however short, whatever the brand's own."""

import pytest

from assistant.triage import triage


@pytest.mark.parametrize(
    ("text", "brand", "language"),
    [
        ("Merci beaucoup", "en", "fr"),
        ("trop bien", "en", "fr"),
        ("c nul", "en", "fr"),
        ("Great job!", "fr", "en"),
        ("awesome", "fr", "en"),
        ("where is my order", "fr", "en"),
        ("Hola, ¿cuándo abren?", "fr", "es"),
        ("Wo ist mein Paket? Ich warte seit drei Wochen.", "fr", "de"),
        ("أين طلبي", "fr", "ar"),
        ("😍", "fr", "fr"),
        ("😍", "en", "en"),
        ("ok", "fr", "fr"),
        ("", "en", "en"),
        ("12", "fr", "fr"),
    ],
)
def test_a_comment_is_in_its_language(text: str, brand: str, language: str) -> None:
    assert triage(text, brand).language == language


def test_a_word_of_the_other_language_is_read_as_such() -> None:
    assert triage("I bought four chairs and they are sale items", "fr").tone == "neutral"
    assert triage("C’est bad, vraiment horrible").tone == "negative"
