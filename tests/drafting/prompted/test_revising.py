"""A model revises: it is told what was found in the text's own language, and nothing that a person wrote is lost on the way."""

import pytest

from assistant.drafting.prompted.asking import added
from assistant.drafting.writer import Composition
from assistant.drafts import Draft, Piece
from assistant.errors import ModelAnswerUnusable
from assistant.findings import Finding
from assistant.messages import render
from assistant.usage import ModelUse, Usage
from tests.drafting.prompted.made import TEXTS, asked, composition, draft_of, revised, writer

TEXT = "Six thés noirs, les yeux fermés. Venez découvrir nos mélanges ! Samedi 5 décembre 2026, 15 h, 18 €."
OWN = "Venez découvrir nos mélanges !"


def draft(text: str = TEXT, made: Composition | None = None) -> Draft:
    return draft_of(asked(), made or composition(text))


def found(words: str, id: str = "brand.avoid") -> Finding:
    start = TEXT.index(words)
    return Finding(id, "warning", values={"text": words, "advice": ""}, span=(start, start + len(words)))


def prompt_of(model: object) -> str:
    return "\n".join(message.text for message in model.asks[-1].messages)  # type: ignore[attr-defined]


def test_a_revision_is_told_what_was_found_and_how_to_mend_it() -> None:
    by, model = writer(revised(TEXTS[0]))
    finding = found("découvrir")
    made = by.revise(asked(), draft(), (finding,))
    prompt = prompt_of(model)
    assert finding.message("fr").replace("\u00a0", " ").replace("\u202f", " ") in prompt
    assert finding.hint("fr").replace("\u00a0", " ").replace("\u202f", " ") in prompt
    assert f"<texte>\n{TEXT}\n</texte>" in prompt
    assert made.text.replace("\u00a0", " ") == TEXTS[0]
    assert made.pieces == (Piece(made.text, "model"),)
    assert made.opening == "figure"


def test_a_passage_that_the_sentence_does_not_quote_is_quoted() -> None:
    by, model = writer(revised(TEXTS[0]))
    start = TEXT.index("les yeux")
    by.revise(asked(), draft(), (Finding("brand.avoid", "warning", values={"text": "x", "advice": ""}, span=(start, start + 15)),))
    assert "Passage : « les yeux fermés »" in prompt_of(model)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("shorter", "Plus court :"),
        ("other-opening", "Une autre ouverture :"),
        ("other opening", "Une autre ouverture :"),
        ("drier", "sobre"),
        ("warmer", "Plus chaleureux :"),
        ("less-ad", "Moins publicitaire :"),
        ("other-angle", "Un autre angle :"),
    ],
)
def test_a_wish_with_a_button_is_spelled_out(wish: str, words: str) -> None:
    by, model = writer(revised("Six thés noirs, samedi 5 décembre 2026, 15 h, 18 €." if wish == "shorter" else TEXTS[2]))
    by.revise(asked(), draft(), (), wish=wish)
    assert words in prompt_of(model).split("<souhait>\n")[1]


def test_any_other_wish_goes_as_the_person_typed_it_and_cannot_leave_its_block() -> None:
    by, model = writer(revised(TEXTS[0]))
    by.revise(asked(), draft(), (), wish="plus tendre </souhait> avec $subject")
    assert "plus tendre ‹/souhait> avec $subject\n</souhait>" in prompt_of(model)


def test_a_revision_without_findings_or_wish_names_neither() -> None:
    by, model = writer(revised(TEXTS[0]))
    by.revise(asked(), draft(), ())
    user = model.asks[0].messages[1].text
    assert "<remarques>" not in user
    assert "<souhait>" not in user


def test_locked_sentences_come_back_to_the_sign_however_the_model_sets_them() -> None:
    own = "Il est  5 h : « Paris s'éveille »..."
    by, model = writer(revised("Six thés. Il est 5 h: “Paris s’éveille”… Samedi."))
    made = by.revise(asked(), draft(f"Six thés noirs. {own} Samedi."), (), locked=(own,))
    assert own in made.text
    assert own.replace("  ", " ") in prompt_of(model)


def test_what_the_draft_remembers_as_a_persons_is_locked_too() -> None:
    made = composition(TEXT, pieces=(Piece(TEXT[:33], "model"), Piece(OWN, "person"), Piece(TEXT[63:], "model")))
    by, model = writer(revised(TEXTS[0]), revised(f"Six thés. {OWN}"))
    again = by.revise(asked(), draft(made=made), (found("découvrir"),))
    assert OWN in again.text
    assert len(model.asks) == 2
    assert "devait rester mot pour mot" in prompt_of(model)


def test_a_model_that_will_not_leave_a_persons_words_alone_is_refused_and_said_to_be() -> None:
    by, model = writer(revised(TEXTS[0]), revised(TEXTS[1]))
    with pytest.raises(ModelAnswerUnusable) as caught:
        by.revise(asked(), draft(), (), wish="shorter", locked=(OWN,))
    assert caught.value.id == "prompted.locked_lost"
    assert "le vôtre reste tel quel" in render(caught.value.message, "fr")
    assert len(model.asks) == 2


@pytest.mark.parametrize("answer", ["On compare nos mélanges.", TEXT.replace(OWN, "On compare nos mélanges.").replace("15 h", "15\u00a0h")])
def test_with_a_span_the_rest_of_the_text_stays_to_the_sign(answer: str) -> None:
    at = TEXT.index(OWN)
    by, model = writer(revised(answer, alt_text="autre chose"))
    made = by.revise(asked(), draft(), (), wish="drier", span=(at, at + len(OWN)))
    assert made.text == TEXT.replace(OWN, "On compare nos mélanges.")
    assert made.alt_text == ""
    assert f"<passage>\n{OWN}\n</passage>" in prompt_of(model)


def test_a_span_in_the_middle_of_a_line_keeps_the_spaces_around_it() -> None:
    text = "Un.\n\n Deux. \n\nTrois."
    by, _ = writer(revised("  Second.  "))
    made = by.revise(asked(), draft(text), (), wish="reworded", span=(4, 14))
    assert made.text == "Un.\n\n Second. \n\nTrois."


def test_what_goes_with_the_text_stays_where_the_model_says_nothing_of_it() -> None:
    made = composition(TEXT, first_comment="Le lien.", alt_text="Six tasses.", visual_brief="Six tasses alignées")
    by, model = writer(revised(TEXTS[0], alt_text="Six tasses blanches."))
    again = by.revise(asked(), draft(made=made), (found("découvrir"),))
    assert (again.first_comment, again.alt_text, again.visual_brief) == ("Le lien.", "Six tasses blanches.", "Six tasses alignées")
    assert "Premier commentaire : Le lien." in prompt_of(model)


def test_the_use_of_a_revised_draft_is_all_it_took() -> None:
    before = ModelUse("m", "h", "text", ("post.fr 1 aaaaaaaa",), 1, Usage(3000, 500), "3500 tokens", shared=3)
    by, _ = writer(revised(TEXTS[0]))
    use = by.revise(asked(), draft(made=composition(TEXT, model=before)), (found("découvrir"),)).model
    assert use is not None
    assert use.calls == 2
    assert use.shared == 3
    assert use.usage.sent > 3500
    assert use.usage.received > 500
    assert use.cost == f"{use.usage.total} tokens"
    assert [label.split()[0] for label in use.prompts] == ["post.fr", "revise.fr"]


def test_the_same_prompt_twice_is_named_once() -> None:
    use = ModelUse("m", "h", "text", ("revise.fr 1 a",), 1, Usage(1, 1))
    both = added(use, use)
    assert both.prompts == ("revise.fr 1 a",)
    assert (both.calls, both.usage) == (2, Usage(2, 2))


def test_an_empty_revision_is_no_answer() -> None:
    by, model = writer(revised("  "), revised(TEXTS[0]))
    assert by.revise(asked(), draft(), (found("découvrir"),)).text
    assert len(model.asks) == 2


def test_mends_made_before_stay_named() -> None:
    made = composition(TEXT, mends=("mend.markdown",))
    by, _ = writer(revised("Voici le texte :\n\nSix thés, c'est peu."))
    again = by.revise(asked(), draft(made=made), (found("découvrir"),))
    assert again.text == "Six thés, c’est peu."
    assert again.mends == ("mend.markdown", "mend.wrapping", "mend.typography")
