"""Checking is quick enough to follow somebody who types, with a thousand past posts at hand."""

import time
from datetime import date

from assistant.brands.kit import Account, Fact, Kit, Term, Terms
from assistant.briefs import Brief
from assistant.checks import CheckContext, Checked, OtherMark, run
from assistant.networks import catalogue
from assistant.posts import Post

MOST = 0.045
"""Seconds of computing: three times what it takes on an idle core, so that a busy machine does not fail."""
NOUNS = ["fournée", "tourte", "seigle", "épeautre", "levain", "miche", "baguette", "brioche", "four", "pétrin", "farine", "moulin"]


def test_a_thousand_characters_against_a_thousand_posts() -> None:
    posts = tuple(
        Post(
            f"p{n}",
            f"La {NOUNS[n % 12]} numéro {n} sort à {n % 12 + 7} h {n % 60:02}, "
            f"{n % 30 + 2} € la part, avec {NOUNS[n % 7]} et {NOUNS[n % 5]}.",
            "facebook",
        )
        for n in range(1000)
    )
    kit = Kit(
        slug="brindille",
        name="Brindille",
        languages=("fr",),
        accounts=(Account(network="facebook", address="vous", speaker="on"),),
        terms=Terms(never=tuple(Term(term=f"jamais{n}") for n in range(50)), avoid=tuple(Term(term=f"éviter {n}") for n in range(50))),
        facts=tuple(Fact(id=f"f{n}", name=f"Prix {n}", value=f"{n} €", kind="price") for n in range(30)),
    )
    brief = Brief(
        subject="La fournée du samedi",
        key_points=("Le four tourne depuis quatre heures",),
        facts={"date": "samedi 5 décembre", "prix": "8 €"},
    )
    context = CheckContext(
        catalogue.get("facebook"),
        "fr",
        date(2026, 11, 30),
        kit,
        kit.accounts[0],
        brief,
        past_posts=posts,
        recent_drafts=tuple(post.text for post in posts[:10]),
        other_marks=tuple(OtherMark(f"Marque {n}", f"Marque {n}") for n in range(40)),
    )
    text = (
        "Samedi 5 décembre, la fournée sort à 8 h. Samir pèse le seigle, on compte les parts à 8 €, et la porte bleue reste ouverte. " * 9
    )[:1000]
    run(Checked(text), context)
    taken = []
    for number in range(15):
        started = time.process_time()
        run(Checked(f"{text[:-3]}{number:03}"), context)
        taken.append(time.process_time() - started)
    assert min(taken) < MOST
