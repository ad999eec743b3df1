"""All checks in one go: order, threads, silence, habits, copies; and a table of them that is current."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.brands.kit import Kit
from assistant.briefs import Brief
from assistant.checks import CHECKS, CheckContext, Checked, Habits, OtherMark, declared, habits_of, run
from assistant.checks.table import checks_table
from assistant.findings import LEVELS
from assistant.messages import LANGUAGES, catalogue
from assistant.posts import Post

Contexts = Callable[..., CheckContext]
ROOT = Path(__file__).parents[2]


def ids(text: str, context: CheckContext) -> list[str]:
    return [f.id for f in run(Checked(text), context)]


def test_errors_come_first_then_the_order_of_the_text(context: Contexts) -> None:
    found = run(Checked("Découvrez ce voyage ! Une évasion à 99 €, [Nom]."), context(brief=Brief(subject="La tourte")))
    assert [LEVELS.index(f.level) for f in found] == sorted(LEVELS.index(f.level) for f in found)
    errors = [f.span or (-1, -1) for f in found if f.level == "error"]
    assert errors == sorted(errors)
    assert {"brand.never", "grounding.price", "leftover.placeholder", "brand.avoid", "tics.T01"} <= {f.id for f in found}


def test_a_thread_is_measured_text_by_text_and_the_finding_says_which(context: Contexts) -> None:
    parts = ("Le four est chaud. 1/2", "Le pain est cuit. " * 20)
    found = run(Checked("Le four est chaud. " * 40, parts=parts), context("x"))
    assert [(f.field, f.values["part"]) for f in found if f.id == "limits.length"] == [("parts", 2)]


def test_a_fact_in_the_second_text_of_a_thread_is_stated(context: Contexts) -> None:
    brief = Brief(subject="Marché", facts={"prix": "8,50 €"})
    found = run(Checked("Marché", parts=("Le marché ouvre.", "La part est à 8,50 €.")), context(brief=brief))
    assert "brief.missing_fact" not in [f.id for f in found]


def test_remarks_and_warnings_can_be_silenced_and_errors_are_heard_all_the_same(context: Contexts, bakery: Kit) -> None:
    text = "Découvrez ce voyage ! Une évasion."
    assert {"tics.T01", "brand.avoid", "brand.never"} <= set(ids(text, context()))
    assert {"brand.never"} == set(ids(text, context(silenced=("tics.", "brand.avoid", "brand.never"))))
    tolerant = bakery.model_copy(update={"tolerated": ("tics.T01",)})
    assert "tics.T01" not in ids(text, context(kit=tolerant))
    assert "grounding.price" in ids(
        "La part est à 99 €.", context(brief=Brief(subject="La part"), silenced=("grounding.", "grounding.price"))
    )


POSTS = tuple(Post(f"p{n}", f"Fournée numéro {n}!! On pétrit, on cuit, on vend.", "facebook") for n in range(30))


def test_a_brand_that_shouts_in_its_own_posts_may_shout(context: Contexts) -> None:
    assert {"tics.T14", "typography.space"} <= set(ids("Le four est chaud!!", context()))
    found = run(Checked("Le four est chaud!!"), context(past_posts=POSTS))
    assert "tics.T14" not in [f.id for f in found]
    assert [f.level for f in found if f.id == "typography.space"] == ["info"]


def test_ten_posts_are_needed_to_know_a_habit(context: Contexts) -> None:
    assert "tics.T14" in ids("Le four est chaud!!", context(past_posts=POSTS[:9]))
    assert "tics.T14" not in ids("Le four est chaud!!", context(past_posts=POSTS[:10]))


def test_banned_posts_teach_no_habit(context: Contexts) -> None:
    banned = tuple(replace(post, banned=True) for post in POSTS)
    assert "tics.T14" in ids("Le four est chaud!!", context(past_posts=banned))


def test_habits_that_were_kept_serve_instead_of_the_posts(context: Contexts) -> None:
    kept = habits_of(POSTS, context())
    assert kept.posts == 30
    assert kept.rate("tics.T14") == 1.0
    assert "tics.T14" not in ids("Le four est chaud!!", context(habits=kept))
    assert "tics.T14" in ids("Le four est chaud!!", context(past_posts=POSTS, habits=Habits(30, {})))


def test_a_term_that_the_kit_avoids_stays_avoided_even_if_posts_use_it(context: Contexts) -> None:
    used = tuple(Post(f"p{n}", "Un voyage au fournil.", "facebook") for n in range(30))
    assert "brand.avoid" in ids("Un voyage au moulin.", context(past_posts=used))


def test_another_brands_mark_is_an_error_unless_the_brief_asks_for_it(context: Contexts) -> None:
    others = (OtherMark("Halles Corvin", "Halles Corvin"),)
    text = "Rendez-vous aux HALLES CORVIN."

    def levels(brief: Brief | None) -> list[tuple[str, bool]]:
        return [(f.level, f.waivable) for f in run(Checked(text), context(brief=brief, other_marks=others)) if f.id == "brand.other_brand"]

    assert levels(None) == [("error", False)]
    assert levels(Brief(subject="Un marché aux Halles Corvin")) == [("error", False)]
    assert levels(Brief(subject="Marché", must_include=("Halles Corvin",))) == [("warning", True)]
    assert levels(Brief(subject="Marché aux Halles Corvin", purpose="partnership")) == [("warning", True)]


def test_the_address_remark_names_every_passage_once(context: Contexts, bakery: Kit) -> None:
    account = bakery.accounts[0].model_copy(update={"address": "tu"})
    found = run(Checked("Fermez le robinet. Ouvrez-le ensuite et laissez couler. Fermez votre cave."), context(account=account))
    assert [f.values["text"] for f in found if f.id == "brand.address"] == ["Fermez … Ouvrez … laissez … votre"]


def test_a_copy_of_a_past_post_is_told_with_the_post(context: Contexts) -> None:
    post = Post("p7", "Le levain a doublé dans la nuit, on a failli repeindre le plafond du fournil.")
    (copy,) = [f for f in run(Checked(post.text), context(past_posts=(post,))) if f.id.startswith("originality.")]
    assert copy.values["post"] == "p7"


def test_without_a_kit_nothing_is_said_of_the_brand(context: Contexts) -> None:
    found = ids("Tu découvres une évasion, nous fermons 🔥🔥", context(kit=None, account=None))
    assert not [id for id in found if id.startswith("brand.")]


@pytest.mark.parametrize("id", sorted(declared()))
def test_every_finding_has_its_sentences_and_its_line_in_the_documentation(id: str) -> None:
    for sentence in (f"finding.{id}", f"hint.{id}"):
        assert set(catalogue()[sentence]) == set(LANGUAGES)
    assert f"| `{id}` |" in (ROOT / "docs" / "checks.md").read_text("utf8")


def test_a_finding_is_declared_once_and_begins_like_its_check() -> None:
    every = [(check, rule) for check in CHECKS for rule in check.rules]
    assert len({rule.id for _, rule in every}) == len(every)
    assert all(rule.id.startswith(check.prefix) for check, rule in every)


def test_the_table_of_checks_is_current() -> None:
    document = (ROOT / "docs" / "checks.md").read_text("utf8")
    assert f"<!-- checks: begin -->\n{checks_table()}\n<!-- checks: end -->" in document, "run `make docs`"
