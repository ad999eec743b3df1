import pytest

from assistant.brands.linked import link_spans, without


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Tout est sur exemple.fr/velo.", ["exemple.fr/velo"]),
        ("Voir https://velo.example/a?b=1, puis rien", ["https://velo.example/a?b=1"]),
        ("(velo-saugel.example)", ["velo-saugel.example"]),
        ("https://intranet/page et exemple.fr", ["https://intranet/page", "exemple.fr"]),
        ("Sam@velo.example écrit", []),
        ("Rien ici", []),
    ],
)
def test_links_are_found_with_addresses_that_no_network_makes_clickable(text: str, links: list[str]) -> None:
    assert [text[a:b] for a, b in link_spans(text)] == links
    assert not any(link in without(text, link_spans(text)) for link in links)
