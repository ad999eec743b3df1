"""« C'est vendredi, finalement »: the page lists what states the old day, shows the difference, and one click corrects it."""

from collections.abc import Callable
from typing import Any

Visit = Callable[..., Any]
FACTS = "date : samedi 28 novembre 2026\nheure : 10 h–11 h\nprix : 12 €"


def test_a_fact_corrected_in_the_brief_is_corrected_in_every_text_with_one_click(visit: Visit) -> None:
    desk = visit().type("draft_subject", "L’Heure du trou").type("draft_key_points", "Idriss monte trois murs exprès.")
    desk.type("draft_facts", FACTS).choose("draft_networks", ["x", "threads"]).click("draft_go")
    assert "draft_correct" not in desk.run().widgets()
    desk.type("draft_facts", FACTS.replace("samedi 28", "vendredi 27"))
    assert "Un fait du brief a changé" in desk.reads()
    assert any("<del>" in body and "<ins>" in body for body in desk.bodies())
    desk.click("draft_correct")
    items = desk.services.stores.drafts.find("vaudrille", brief_id=desk.brief_id)
    assert len(items) >= 2
    assert all("endredi 27" in item.draft.text and "amedi 28" not in item.draft.text for item in items)
    assert "draft_correct" not in desk.widgets()
    assert "Un fait du brief a changé" not in desk.reads()
    assert "Brief modifié depuis" not in desk.reads(), "the texts are as new as their brief again"
