from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.brands import folder
from assistant.brands.kit import GuidePage, Kit
from assistant.errors import InputError
from assistant.messages import Language
from assistant.onboarding.plain import propose
from assistant.posts import Post

NOW = datetime(2026, 7, 1, tzinfo=UTC)
THINGS = [
    *("chaîne", "selle", "roue", "pédale", "fourche", "jante", "sonnette", "valve", "manivelle", "béquille", "lampe", "potence"),
    *("cassette", "gaine", "tige", "dynamo", "remorque", "sacoche", "pompe", "rustine", "clé", "patte", "cale"),
]


def posts(template: str, count: int = 23, network: str = "instagram", account: str = "velosaugel") -> list[Post]:
    texts = [template.replace("§", thing) for thing in THINGS[:count]]
    return [
        Post(id=f"{network}{n}", text=t, network=network, account=account, published_at=NOW + timedelta(days=n))
        for n, t in enumerate(texts)
    ]


def kit_of(*, guide: str = "", own: list[Post] | None = None, language: Language = "fr", name: str = "Vélo Saugel") -> Kit:
    pages = (GuidePage(name="ton", text=guide),) if guide else ()
    return propose(slug="velo-saugel", name=name, language=language, guides=pages, posts=own or [], account=None)


def asked(kit: Kit) -> dict[str, str]:
    return {q.id: q.question for q in kit.open_questions}


def test_a_name_and_a_language_make_a_kit_that_invents_nothing() -> None:
    kit = kit_of()
    assert kit.accounts == ()
    assert (kit.description, kit.audience, kit.pillars, kit.lines, kit.moulds, kit.facts) == ("", "", (), (), (), ())
    assert {"no_posts", "no_guide", "no_account", "address", "no_facts", "no_playbook"} <= set(asked(kit))
    assert set(kit.confidence.values()) == {"low"}
    assert all(q.recommendation for q in kit.open_questions)


def test_address_speaker_and_accounts_come_from_posts_that_agree() -> None:
    kit = kit_of(
        own=[
            *posts("On répare ta §. Passe à l’atelier !"),
            *posts("Nous publions notre étude sur la §, que vous lirez ici.", network="linkedin"),
        ]
    )
    assert [(a.network, a.handle, a.address, a.speaker) for a in kit.accounts] == [
        ("instagram", "@velosaugel", "tu", "on"),
        ("linkedin", "@velosaugel", "vous", "nous"),
    ]
    assert "address" not in asked(kit)
    assert kit.account("instagram") is not None


def test_posts_that_disagree_leave_the_question_open_with_their_counts() -> None:
    own = [*posts("Ta § est prête."), *posts("Votre § est prête, dit le mot.", count=12)]
    kit = kit_of(own=[Post(id=str(n), text=p.text, network="x") for n, p in enumerate(own)])
    assert kit.accounts[0].address == "none"
    assert "«\u00a0tu\u00a0» 23, «\u00a0vous\u00a0» 12" in asked(kit)["address"]


def test_a_form_seen_in_a_few_posts_is_not_taken() -> None:
    kit = kit_of(own=[*posts("La § est prête."), *posts("Votre § est là.", count=3, network="x")])
    assert {a.address for a in kit.accounts} == {"none"}


def test_the_guide_s_form_of_address_wins_and_posts_against_it_are_asked_about() -> None:
    kit = kit_of(guide="Nous utilisons le vouvoiement.", own=posts("Ta § est prête."))
    assert kit.accounts[0].address == "vous"
    assert kit.confidence["accounts.address"] == "high"
    assert "«\u00a0tu\u00a0»" in asked(kit)["address_against"]


@pytest.mark.parametrize(
    "sentence", ["Pas de point d’exclamation.", "Évitez les points d'exclamation !", "N’utilisez pas de points d’exclamation."]
)
def test_exclamation_marks_that_the_guide_rules_out_and_posts_use_are_asked_about(sentence: str) -> None:
    assert "100\u00a0%" in asked(kit_of(guide=sentence, own=posts("La § est prête !")))["exclamation_against"]
    assert "exclamation_stated" in asked(kit_of(guide=sentence, own=posts("La § est prête.")))


def test_a_rule_for_one_place_is_no_rule_for_posts() -> None:
    kit = kit_of(guide="Never use exclamation points in failure messages.", own=posts("The § is ready!"), language="en")
    assert not {"exclamation_against", "exclamation_stated"} & set(asked(kit))


def test_limits_let_nearly_all_of_the_brand_s_own_posts_through() -> None:
    own = [*posts("La § 🚲🔧 #Velo #Colmar #Atelier"), *posts("Une § sans rien", count=20, network="instagram", account="velosaugel")]
    kit = kit_of(own=[Post(id=str(n), text=p.text, network="instagram") for n, p in enumerate(own)])
    assert kit.emoji.max == 2
    assert kit.hashtags.max == {"instagram": 3}


def test_a_brand_without_emoji_is_asked_and_nothing_is_forbidden() -> None:
    kit = kit_of(own=posts("La § est prête."))
    assert kit.emoji.max == 1
    assert "no_emoji_seen" in asked(kit)


def test_emoji_are_ruled_out_where_guide_and_posts_agree() -> None:
    assert kit_of(guide="Pas d’émojis.", own=posts("La § est prête.")).emoji.max == 0
    assert kit_of(guide="Pas d’émojis.", own=posts("La § est prête 🚲")).emoji.max == 1


def test_few_posts_make_no_rule() -> None:
    kit = kit_of(own=posts("La § 🚲🚲🚲🚲🚲 #a #bc #cd", count=5))
    assert kit.emoji.max == 3
    assert kit.hashtags.max == {}
    assert "few_posts" in asked(kit)


def test_tags_with_the_brand_s_name_or_in_a_third_of_its_posts_are_its_own() -> None:
    own = [*posts("La § #VéloSaugel", count=2), *posts("Une § #Colmar", count=23, network="x"), *posts("Ma § #rare", count=2, network="x")]
    kit = kit_of(own=[Post(id=str(n), text=p.text, network="x") for n, p in enumerate(own)])
    assert kit.hashtags.brand == ("#Colmar", "#VéloSaugel")


def test_a_line_that_comes_back_is_proposed_unless_it_passes_with_time() -> None:
    kit = kit_of(own=posts("La § est prête.\nLes mains sales sont comprises."))
    assert "Les mains sales sont comprises." in asked(kit)["line-1"]
    assert kit.lines == ()
    assert "line-1" not in asked(kit_of(own=posts("La § est prête.\nÀ bientôt à l’atelier.")))


def test_pages_of_the_same_name_are_told_apart() -> None:
    pages = (GuidePage(name="ton", text="a\n"), GuidePage(name="Ton", text="b\n"), GuidePage(name="a/b", text="c\n"))
    kit = propose(slug="v", name="V", language="fr", guides=pages, posts=[], account=None)
    assert [p.name for p in kit.guide] == ["Ton 2", "a b", "ton"]


def test_a_named_account_is_the_handle() -> None:
    kit = propose(slug="v", name="V", language="fr", guides=(), posts=posts("La §", account="Vélo Saugel, la page"), account="@saugel")
    assert kit.accounts[0].handle == "@saugel"
    assert propose(slug="v", name="V", language="fr", guides=(), posts=posts("La §", account="Vélo Saugel")).accounts[0].handle == ""


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 121])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"onboarding\.name"):
        kit_of(name=name)


anything = st.text(max_size=120)


@given(
    st.text(min_size=1, max_size=60).filter(lambda t: any(c.isalnum() for c in t)),
    st.lists(st.tuples(anything, anything), max_size=3),
    st.lists(anything, max_size=6),
    st.sampled_from(["fr", "en"]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_proposed_can_be_written_and_read_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, guides: list[tuple[str, str]], texts: list[str], language: Language
) -> None:
    pages = tuple(GuidePage(name=page, text="".join(c for c in text if c.isprintable() or c == "\n")) for page, text in guides)
    own = [Post(id=str(n), text=text, network="x-premium" if n % 2 else "x", account="a b") for n, text in enumerate(texts)]
    kit = propose(slug="brand", name=name, language=language, guides=pages, posts=own)
    target: Path = tmp_path_factory.mktemp("kits") / "brand"
    written = folder.write(target, kit)
    assert folder.read(target) == written
    assert written.model_copy(update={"version": ""}) == kit
