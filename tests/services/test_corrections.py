"""A fact corrected once: who states the old value, what one step corrects, what goes back to review, what has left already."""

from typing import TYPE_CHECKING

from assistant.briefs import Brief
from assistant.drafts import Item, State
from assistant.services import corrections
from assistant.services.exporting import mark_copied

if TYPE_CHECKING:
    from assistant.services import Services

BRIEF = Brief(
    subject="L’Heure du trou",
    purpose="event",
    key_points=("Idriss monte trois murs exprès.", "Chacun perce, cheville et visse sa patère.", "On repart avec la patère."),
    facts={"date": "samedi 28 novembre 2026", "heure": "10 h–11 h", "prix": "12 €"},
)
FRIDAY = {"facts": {"date": "vendredi 27 novembre 2026", "heure": "10 h–11 h", "prix": "12 €"}}
NETWORKS = ("facebook", "x", "threads")


def drafted(services: "Services") -> dict[str, Item]:
    came = services.draft(
        "vaudrille", BRIEF, networks=NETWORKS, writer="built-in", actor="Ana", variants=1, brief_id=saved(services, BRIEF)
    )
    return {one.network: services.stores.drafts.get(one.drafts[0].id) for one in came}


def saved(services: "Services", brief: Brief, version: int | None = None) -> str:
    services.kit("vaudrille")
    content = brief.model_dump(mode="json", exclude_defaults=True)
    services.stores.briefs.save(id="b1", slug="vaudrille", brief_json=content, version=version, now=services.now(), actor="Ana")
    return "b1"


def flat(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_text_that_states_the_old_value_is_found_and_corrected_in_one_step(services: "Services") -> None:
    items = drafted(services)
    assert corrections.found(services, "vaudrille", "b1") == corrections.Found()
    edited = services.review.edit(items["x"].id, actor="Léo", version=1, text="Rien à voir, 12 €.")
    exported = services.review.ready(items["threads"].id, actor="Ana", version=1, reason="vu")
    mark_copied(services, exported, "Ana")
    changed = BRIEF.model_copy(update=FRIDAY)
    saved(services, changed, 1)

    found = corrections.found(services, "vaudrille", "b1")
    assert {one.item.draft.network for one in found.open} == {"facebook", "threads"}, "one states it no more"
    assert [one.item.id for one in found.gone] == [exported.id]
    assert [(one.name, one.old, one.new) for one in found.changes] == [("date", BRIEF.facts["date"], changed.facts["date"])]

    seen = {one.item.id: one.item.version for one in found.open}
    done = {item.draft.network: item for item in corrections.apply(services, "vaudrille", "b1", seen, actor="Ana")}
    assert set(done) == {"facebook", "threads"}
    for network, item in done.items():
        before = items[network].draft.text
        assert flat(item.draft.text) == flat(before).replace("samedi 28", "vendredi 27").replace("Samedi 28", "Vendredi 27")
        assert item.history[-1].reason == "wish.corrected"
        assert "".join(piece.text for piece in item.draft.provenance.pieces) == item.draft.text
        assert not [one for one in item.draft.findings if one.id.startswith("brief.missing")]
    assert done["threads"].state is State.IN_REVIEW
    assert done["threads"].sealed == ""
    assert services.stores.drafts.get(edited.id) == edited

    again = corrections.found(services, "vaudrille", "b1")
    assert again.open == ()
    assert [one.item.id for one in again.gone] == [exported.id], "what left with the old value stays listed"
    approved = services.review.approve(exported.id, actor="Ana", version=done["threads"].version, reason="vu")
    mark_copied(services, approved, "Ana")
    assert corrections.found(services, "vaudrille", "b1") == corrections.Found(), "until the new text has left too"


def test_a_corrected_text_takes_wishes_again_and_a_fact_may_change_twice(services: "Services") -> None:
    item = drafted(services)["facebook"]
    saved(services, BRIEF.model_copy(update=FRIDAY), 1)
    [once] = corrections.apply(services, "vaudrille", "b1", {item.id: 1}, actor="Ana")
    assert services.wishes.wish(once.id, "shorter", version=once.version, actor="Ana").draft.text != once.draft.text
    saved(services, BRIEF.model_copy(update={"facts": FRIDAY["facts"] | {"date": "jeudi 26 novembre 2026"}}), 2)
    now = services.stores.drafts.get(item.id)
    [twice] = corrections.apply(services, "vaudrille", "b1", {item.id: now.version}, actor="Ana")
    assert "eudi 26 novembre 2026" in flat(twice.draft.text)
    assert "endredi" not in twice.draft.text


def test_what_somebody_changed_since_it_was_shown_is_left_alone(services: "Services") -> None:
    item = drafted(services)["facebook"]
    saved(services, BRIEF.model_copy(update=FRIDAY), 1)
    edited = services.review.edit(item.id, actor="Léo", version=1, text=item.draft.text + "\n\nVenez.")
    assert corrections.apply(services, "vaudrille", "b1", {item.id: 1}, actor="Ana") == ()
    assert services.stores.drafts.get(item.id) == edited
