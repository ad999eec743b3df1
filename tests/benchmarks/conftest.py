"""A large brand made from a grammar of French and English sentences, and a place for the figures."""

import json
import os
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from assistant.posts import Metrics
from assistant.retrieval.records import Record

TODAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
NETWORKS = ("instagram", "facebook", "linkedin", "x", "tiktok", "threads", "bluesky", "mastodon")

FRENCH_THEMES = {
    "vélo": "frein dérailleur selle sacoche pédale casque pneu jante guidon chaîne béquille sonnette",
    "thé": "sencha infusion théière feuille bouilloire matcha tasse rooibos cueillette sachet menthe bergamote",
    "pain": "levain farine miche baguette fournil croûte pétrin seigle brioche meunier levure épeautre",
    "jardin": "semis tomate compost bouture arrosoir serre courge pommier terreau paillis ciboulette greffe",
    "livre": "roman librairie dédicace auteur éditeur chapitre poésie reliure nouvelle traduction lecture bande",
    "musique": "concert violon répétition scène accord chorale partition batterie festival guitare studio vinyle",
    "laine": "pelote aiguille tricot écharpe mérinos teinture maille bonnet fuseau mohair crochet pull",
    "fromage": "comté affinage lait chèvre cave croûte plateau tomme raclette brebis faisselle meule",
    "randonnée": "sentier refuge sommet boussole gourde crête vallée bivouac cascade chaussure carte lac",
    "poterie": "argile tour émail four bol grès cuisson vase anse engobe assiette terre",
    "réparation": "grille-pain soudure pièce atelier panne bénévole moteur tournevis aspirateur lampe bouilloire fusible",
    "école": "cahier rentrée cantine élève préau maîtresse cartable récréation dictée craie sortie cour",
}
ENGLISH_THEMES = {
    "coat": "lining hem pocket zip collar waterproof sleeve button hood seam fabric drizzle",
    "bakery": "loaf crust oven flour starter scone crumb tray butter dough batch rye",
    "museum": "gallery curator exhibit portrait archive sculpture label ticket sketch restoration canvas frame",
    "coffee": "roast bean grinder filter espresso crema kettle origin harvest brew barista cup",
    "allotment": "seedling radish trellis watering mulch spade beetroot slug greenhouse harvest bean rhubarb",
    "swimming": "lane pool goggles lido towel coach breaststroke tide lifeguard stroke session dip",
    "bookshop": "novel shelf reading paperback author signing chapter poetry window recommendation map edition",
    "theatre": "rehearsal costume stage curtain matinee script lighting cast ticket interval director set",
}
FRENCH_LINES = (
    "{Noun1} et {noun2} : on a passé {day} à chercher la bonne formule.",
    "Qui aurait cru qu'un {noun1} tiendrait {number} ans ?",
    "{person} nous montre comment choisir {noun1}, {noun2} ou {noun3}.",
    "Il reste {number} places pour l'atelier {theme} de {day} à {place}.",
    "On ne répond plus du {noun1} sans {noun2}.",
    "Depuis {place}, {person} raconte {number} jours de {theme}.",
    "Le {noun1} se garde au sec, le {noun2} jamais.",
    "{day}, {number} h, {place} : apportez votre {noun1}.",
    "Trois gestes pour un {noun1} qui dure, expliqués par {person}.",
    "Pourquoi le {noun2} coûte-t-il {number} € de plus que le {noun3} ?",
    "Une cliente de {place} nous a écrit à propos du {noun1}.",
    "Ce {noun3} a fait {number} kilomètres avant d'arriver à {place}.",
    "Petit rappel : {noun1}, {noun3}, et rien d'autre.",
    "{person} a raté {number} fois son {noun2} avant de comprendre.",
)
ENGLISH_LINES = (
    "{Noun1} or {noun2}? {person} has an answer and {number} reasons.",
    "We spent {day} with a {noun1} that nobody else would touch.",
    "{number} people came to {place} for the {theme} morning.",
    "The {noun1} is back, the {noun3} is not.",
    "Ask {person} about the {noun2}, then sit down.",
    "From {place} on {day}: one {noun1}, no fuss.",
    "A short note on the {noun3}, since {number} of you asked.",
    "How we mend a {noun1} when the {noun2} has gone.",
    "It took {number} tries to get this {noun2} right.",
    "{person} moved to {place} and brought the {noun3} along.",
    "Keep the {noun1} dry; the {noun2} will forgive you.",
    "Doors open at {number} on {day}, {place}, bring a {noun3}.",
)
PEOPLE = "Lina Samir Odile Marco Agathe Yannick Noor Elsa Basile Ines Tom Priya Callum Wren Aled Morag Dilys Fergus Ana Joaquim".split()  # noqa: SIM905
PLACES = "Lyon Rennes Sète Arras Colmar Dinan Nevers Tulle Leeds Hull Bath Fife Whitby Cardiff Oban Kendal Gand Namur Québec Nyon".split()  # noqa: SIM905
FRENCH_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()  # noqa: SIM905
ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905


def _text(rng: random.Random) -> str:
    french = rng.random() < 0.6
    themes, lines, days = (FRENCH_THEMES, FRENCH_LINES, FRENCH_DAYS) if french else (ENGLISH_THEMES, ENGLISH_LINES, ENGLISH_DAYS)
    theme = rng.choice(list(themes))
    said = []
    for line in rng.sample(lines, rng.randint(2, 5)):
        nouns = rng.sample(themes[theme].split(), 3)
        values = {f"noun{n + 1}": noun for n, noun in enumerate(nouns)} | {"Noun1": nouns[0].capitalize(), "theme": theme}
        values |= {"person": rng.choice(PEOPLE), "place": rng.choice(PLACES), "day": rng.choice(days), "number": str(rng.randint(2, 97))}
        said.append(line.format(**values))
    tags = " ".join(f"#{word}" for word in rng.sample([theme, *themes[theme].split()], rng.randint(0, 3)))
    return said[0] + "\n" + " ".join(said[1:]) + (f"\n\n{tags}" if tags else "")


def _corpus(size: int) -> list[Record]:
    rng = random.Random(20260601)
    return [
        Record(
            id=f"post-{n}",
            collection="post",
            text=_text(rng),
            network=rng.choice(NETWORKS),
            account="main",
            published_at=TODAY - timedelta(hours=rng.randint(72, 24 * 365 * 4)),
            kind="contest" if rng.random() < 0.04 else "ordinary",
            metrics=Metrics(likes=int(rng.lognormvariate(4, 1.2)), comments=int(rng.lognormvariate(1.5, 1))),
        )
        for n in range(size)
    ]


def _queries(size: int) -> list[str]:
    """Briefs: a line or two that no post holds as they stand."""
    rng = random.Random(7)
    return [" ".join(_text(rng).split("\n")[0].split()[:9]) + f" {rng.choice(PLACES)}" for _ in range(size)]


@pytest.fixture(scope="session")
def corpus() -> Callable[[int], list[Record]]:
    """So many posts of one brand, always the same."""
    return _corpus


@pytest.fixture(scope="session")
def queries() -> Callable[[int], list[str]]:
    """So many briefs, always the same."""
    return _queries


@pytest.fixture(scope="session")
def today() -> datetime:
    """The day on which the posts are searched."""
    return TODAY


@pytest.fixture
def measured() -> Callable[..., None]:
    """Prints a figure and keeps it where PLUME_BENCH_OUT says."""

    def measured(what: str, figure: float | str, unit: str, reach: str) -> None:
        row = {"what": what, "figure": figure if isinstance(figure, str) else f"{figure:.3g}", "unit": unit, "reach": reach}
        print("{what}: {figure} {unit} (to reach: {reach})".format(**row))
        if out := os.environ.get("PLUME_BENCH_OUT"):
            with Path(out).open("a", encoding="utf8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")

    return measured


@pytest.fixture(scope="session")
def spread() -> Callable[[Sequence[float]], tuple[float, float]]:
    """Median and 95th percentile of seconds, in milliseconds."""
    return lambda seconds: (float(np.percentile(seconds, 50) * 1e3), float(np.percentile(seconds, 95) * 1e3))
