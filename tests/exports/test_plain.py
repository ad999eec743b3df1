from collections.abc import Callable

import pytest

from assistant.drafts import Draft
from assistant.exports.plain import pieces, plain

Make = Callable[..., Draft]


def test_a_text_alone_is_copied_exactly(make_draft: Make) -> None:
    text = "  =Le four\n\n« est »\u202f!  "
    assert plain(make_draft(text=text), "fr") == text
    assert [piece.text for piece in pieces(make_draft(text=text), "fr")] == [text]


def test_each_thing_that_goes_out_is_named_when_there_are_several(make_draft: Make) -> None:
    draft = make_draft(text="Le four", first_comment="#pain", alt_text="Un four", visual_brief="photo du four")
    assert plain(draft, "fr") == "[Texte]\nLe four\n\n[Premier commentaire]\n#pain\n\n[Texte alternatif]\nUn four"


@pytest.mark.parametrize(("language", "label"), [("fr", "Partie 2 sur 2"), ("en", "Part 2 of 2")])
def test_a_thread_is_copied_part_by_part(make_draft: Make, language: str, label: str) -> None:
    draft = make_draft(text="Un deux", parts=("Un", "deux"))
    copies = pieces(draft, "fr" if language == "fr" else "en")
    assert [copy.text for copy in copies] == ["Un", "deux"]
    assert copies[1].label == label
