"""`python -m tests.prompts.snapshots`: write anew the snapshots of rendered prompts, and `prompts/versions.toml`.

A prompt whose text changed needs a new `version` in its head first: what was sent can then be told from a draft's provenance.
"""

import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from assistant.brands.playbook import Play
from assistant.comments import Comment
from assistant.drafting.prompted.announcing import contest_inputs
from assistant.drafting.prompted.answering import ReplyRequest, reply_inputs
from assistant.drafting.prompted.fullness import Fullness
from assistant.drafting.prompted.material import post_inputs, revise_inputs
from assistant.drafting.writer import WriteRequest
from assistant.drafts import Draft, Provenance
from assistant.findings import Finding
from assistant.messages import LANGUAGES, Language, Message
from assistant.prompts import Prompts, block
from tests.prompts.shipped import ROOT, SLUGS, brands

FOLDER = Path(__file__).parent / "snapshots"
PROMPTS = ROOT / "prompts"
VERSIONS = PROMPTS / "versions.toml"
WHERE = {"vaudrille": (0, "instagram"), "thole-ferry": (4, "facebook"), "rotelier": (9, "linkedin")}
"""Brief and network of each brand's snapshots."""
COMMENT = {
    "fr": "Commande de mardi, toujours rien, et personne au téléphone.",
    "en": "Ordered on Tuesday, nothing yet, and nobody answers.",
}
MAIL = {"fr": "Coucou, on parle de l’Heure du trou samedi 28 ? 12 €, six places. Merci !", "en": "Hi, can we post the refit weeks? Thanks!"}
CONTEST: Mapping[str, str | tuple[str, ...]] = {
    "title": "95 ans",
    "organiser": "Vaudrille",
    "prizes": ("trois bons d’achat de 95 €",),
    "how_to_enter": ("répondre en commentaire",),
    "starts_at": "12 mai 2026, 9 h (Paris)",
    "ends_at": "22 mai 2026, 18 h (Paris)",
    "eligibility": "majeurs, France métropolitaine",
    "rules_url": "vaudrille.example/jeu",
}


def request_of(slug: str, language: Language) -> WriteRequest:
    """A full request of a shipped brand, in either language."""
    number, network = WHERE[slug]
    made = brands().full(slug, brands().briefs(slug)[number], network)
    return replace(made, language=language)


def draft_of(request: WriteRequest) -> Draft:
    """A draft with one sentence too many."""
    text = "Samedi, on perce. Découvrez nos murs !" if request.language == "fr" else "We drill on Saturday. Discover our walls!"
    return Draft(
        "d1",
        request.kit.slug,
        request.network.key,
        "",
        1,
        Message("angle.model.none"),
        request.language,
        text,
        0,
        0,
        Provenance("m", 0, "", ""),
    )


def inputs_of(name: str, slug: str, language: Language) -> dict[str, str]:
    """What fills a prompt for its snapshot."""
    request, full = request_of(slug, language), Fullness()
    draft = draft_of(request)
    start = draft.text.index("D")
    tic = Finding("brand.avoid", "warning", values={"text": draft.text[start:], "advice": ""}, span=(start, len(draft.text)))
    reply = ReplyRequest(
        kit=request.kit,
        account=request.account,
        network=request.network,
        language=language,
        comment=Comment("c1", COMMENT[language], author="Inès Roy"),
        play=request.kit.playbook.plays[2] if request.kit.playbook.plays else Play(kind="question", decision="answer"),
        today=request.today,
        post=request.evidence[0].text,
        thread=(Comment("c0", COMMENT[language], author="Inès Roy"),),
    )
    made: dict[str, Callable[[], dict[str, str]]] = {
        "post": lambda: post_inputs(request, full),
        "revise": lambda: revise_inputs(request, full, draft, (tic,), "shorter", None, (draft.text[: start - 1],)),
        "reply": lambda: reply_inputs(reply, full),
        "contest": lambda: contest_inputs(request, full, "launch", CONTEST, forbidden=("identifier des amis",), others=(draft.text,)),
        "read_brief": lambda: {
            "brand": request.kit.name,
            "today": "mardi 2026-11-24",
            "networks": "facebook, x",
            "purposes": "event, news",
            "objectives": "traffic",
            "formats": "photo",
            "message": block("message", MAIL[language]),
        },
        "voice_words": lambda: {
            "brand": request.kit.name,
            "measured": "…",
            "posts": "\n".join(block("post", one.text) for one in request.evidence[:2]),
            "guide": block("guide", request.kit.guide[0].text[:400]),
        },
        "again": lambda: {"problem": "variants: field required"},
    }
    return made[name]()


def cases() -> Iterator[tuple[str, str, Language, str]]:
    """File name, prompt, language and brand of each snapshot."""
    for name in sorted({prompt.name for prompt in Prompts(PROMPTS).all()}):
        for language in LANGUAGES:
            for slug in SLUGS:
                yield f"{name}.{language}.{slug}.txt", name, language, slug


def rendered(name: str, language: Language, slug: str) -> str:
    """A snapshot's text: every message under its role."""
    made = Prompts(PROMPTS).render(name, language, inputs_of(name, slug, language))
    return "\n\n".join(f"=== {role} ===\n{text}" for role, text in made.messages) + "\n"


def recorded() -> dict[str, dict[str, object]]:
    """What `prompts/versions.toml` says."""
    return tomllib.loads(VERSIONS.read_text("utf8")) if VERSIONS.is_file() else {}


def versions() -> str:
    """`prompts/versions.toml` as it ought to be."""
    head = "# Name and language, version and SHA-256 of each prompt file. Written by `python -m tests.prompts.snapshots`.\n"
    rows = [f'\n["{p.key}"]\nversion = {p.version}\nsha256 = "{p.hash}"\n' for p in Prompts(PROMPTS).all()]
    return head + "".join(rows)


def unversioned() -> list[str]:
    """Prompts whose text changed while their version stayed."""
    known = recorded()
    return [
        p.key
        for p in Prompts(PROMPTS).all()
        if p.key in known and known[p.key]["version"] == p.version and known[p.key]["sha256"] != p.hash
    ]


def main() -> None:
    """Write both, unless a changed prompt has its old version."""
    if stale := unversioned():
        sys.exit(f"changed, so raise `version` in the head first: {', '.join(stale)}")
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for file, name, language, slug in cases():
        (FOLDER / file).write_text(rendered(name, language, slug), "utf8")
    VERSIONS.write_text(versions(), "utf8")
    print(f"written: {len(list(FOLDER.glob('*.txt')))} snapshots, {VERSIONS.name}")


if __name__ == "__main__":
    main()
