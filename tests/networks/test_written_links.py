"""A link that is written out is a link to its reader, whatever its domain; X bills only those whose ending exists."""

import pytest

from assistant.networks.counting import length
from assistant.networks.links import links, written_links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Inscription : https://vaudrille.example/ateliers.", ["https://vaudrille.example/ateliers"]),
        ("(voir https://intranet/page)", ["https://intranet/page"]),
        ("exemple.fr et https://shop.example/a?b=c !", ["exemple.fr", "https://shop.example/a?b=c"]),
        ("« https://shop.example »", ["https://shop.example"]),
        ("rien ici, même pas http://", []),
    ],
)
def test_a_reader_sees_these_links(text: str, found: list[str]) -> None:
    assert [link.url for link in written_links(text)] == found
    assert all(text[slice(*link.span)] == link.url for link in written_links(text))


def test_a_domain_that_cannot_exist_is_counted_letter_by_letter_on_x() -> None:
    assert links("https://shop.example/a") == []
    assert length("https://shop.example/a", "twitter_text_v3") == 22
