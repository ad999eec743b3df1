"""Only the person's words, the kit's and a handful of joints; facts and key points as typed, never cut, in the person's order."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.brands.kit import HashtagPolicy, Kit, Line, Mould
from assistant.brands.layout import Layout
from assistant.briefs import Brief
from assistant.drafting.builtin.lexicon import joints, plain, tokens
from assistant.drafting.builtin.parting import parted
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language
from assistant.text import fold, words
from assistant.typography import narrow_on, typeset

SENCHA = Brief(
    subject="Atelier dégustation de sencha",
    purpose="event",
    key_points=(
        "on a raté trois fois ce sencha : l'eau était trop chaude",
        "on goûte cinq thés à l'aveugle",
        "chacun repart avec son thermomètre",
    ),
    facts={"date": "samedi 5 décembre", "heure": "15 h - 16 h 30", "lieu": "12 rue des Capucins", "prix": "18 €"},
    link="https://valbrune.example/atelier",
)
NETWORKS = ("instagram", "facebook", "x", "linkedin", "bluesky", "threads", "mastodon", "tiktok", "google-business")

LINES = (
    Line(id="aside", text="L'eau n'attend personne.", role="aside"),
    Line(id="close", text="La théière est au fond.", role="closing", language="fr"),
    Line(id="ask", text="Say it below.", role="ask", language="en"),
    Line(id="bio", text="Tout est en bio.", role="link_label", language="fr"),
    Line(id="sign", text="L'équipe du thé", role="signature", language="fr"),
)
MOULDS = (Mould(id="m", name="Ardoise", lines=("{first}", "{rest}", "Sur l'ardoise : {subject_label}", "{practical}")),)

PIECE = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèàçABCDÉ 0123456789,.:;!?'’«»\"()-#@€%\n🙂", min_size=1, max_size=60)
SAID = st.sampled_from(
    [
        "On a raté trois fois ce sencha.",
        "Elle pèse douze kilos",
        "chacun repart avec son thermomètre",
        "pommes, poires, coings",
        "Places limitées à vingt personnes",
        "« C'est trop chaud », dit Maud.",
        "Fabriqué à Thiers",
        "Vous le buvez à combien ?",
        "It weighs twelve kilos",
        "Samira keeps a spanner in every coat",
        "Booking essential",
        "Made in Leeds",
        "Then the wind got up",
        "12 kilos: no more",
    ]
)
NAMES = st.sampled_from(["date", "heure", "lieu", "prix", "prix enfant", "code", "place", "time", "matière", "conditions"])
BRIEFS = st.builds(
    Brief,
    subject=st.one_of(
        st.sampled_from(["Le sencha d'automne", "Why the ferry stops", "La navette a dix ans", "Bourse aux vélos"]), PIECE
    ).filter(lambda s: bool(s.strip()) and bool(Brief(subject="x").model_copy(update={"subject": s}).subject.strip())),
    subject_sentence=st.one_of(st.just(""), SAID),
    first_words=st.one_of(st.just(""), SAID),
    key_points=st.lists(st.one_of(SAID, PIECE), max_size=6).map(tuple),
    facts=st.dictionaries(
        NAMES, st.one_of(st.sampled_from(["samedi 5 décembre", "15 h", "12 rue Haute", "18 €", "lin"]), PIECE), max_size=5
    ),
    link=st.sampled_from(["", "https://valbrune.example/atelier", "valbrune.example"]),
    must_include=st.lists(st.one_of(st.sampled_from(["#Sencha", "gratuit", "18 €"]), PIECE), max_size=2).map(tuple),
    purpose=st.sampled_from([None, "event", "launch", "question", "tip", "news"]),
)
LAYOUTS = st.builds(
    Layout,
    posts=st.just(20),
    length=st.sampled_from([(40, 80, 120), (150, 250, 400), (500, 900, 1500)]),
    blocks=st.sampled_from([1.0, 2.0, 5.0]),
    break_after_first=st.sampled_from([0.0, 0.5, 1.0]),
    sentence_a_line=st.sampled_from([0.0, 1.0]),
    blank_lines=st.sampled_from([0.0, 1.0]),
    final_stop=st.sampled_from([0.0, 1.0]),
    emoji=st.sampled_from([0.0, 1.0]),
    favourite_emoji=st.just(("🍵",)),
    hashtags=st.sampled_from([0.0, 1.5, 3.0]),
    hashtags_last=st.sampled_from([0.0, 1.0]),
    link_own_line=st.sampled_from([0.0, 1.0]),
    link_led=st.sampled_from([0.0, 1.0]),
    practical_label=st.sampled_from([0.0, 1.0]),
    practical_line=st.sampled_from([0.0, 1.0]),
)


def vocabulary(request: WriteRequest) -> set[str]:
    """Folded words of brief, kit lines, moulds, facts, hashtags and joints."""
    brief, kit = request.brief, request.kit
    said = [
        brief.subject,
        brief.subject_sentence,
        brief.first_words,
        brief.link,
        *brief.key_points,
        *brief.answers.values(),
        *brief.must_include,
    ]
    said += [*brief.facts, *(name.replace("_", " ") for name in brief.facts), *brief.facts.values()]
    said += [line.text for line in kit.lines] + [row for mould in kit.moulds for row in mould.lines]
    said += [fact.value for fact in kit.facts] + [fact.name for fact in kit.facts] + [*kit.hashtags.brand, *kit.hashtags.campaign]
    known = {word for text in said for word in spelled(text, request)}
    return known | set(joints(request.language))


def spelled(text: str, request: WriteRequest) -> list[str]:
    set_ = typeset(text, request.kit.variant(request.language), narrow=narrow_on(request.network.key))
    return [token for source in (text, set_) for word in words(fold(source)) for token in (word, *tokens(plain(word)))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), language=st.sampled_from(["fr", "en"]), network=st.sampled_from(NETWORKS))
def test_every_word_is_in_brief_kit_or_joints(
    ask: Callable[..., WriteRequest], kit_with: Callable[..., Kit], data: st.DataObject, language: Language, network: str
) -> None:
    kit = kit_with(lines=LINES, moulds=MOULDS, tags=("#Valbrune", "#ThéVert"))
    request = ask(data.draw(BRIEFS), network, language, kit=kit, layout=data.draw(LAYOUTS), seed=data.draw(st.integers(0, 5)))
    known = vocabulary(request)
    written = BuiltInWriter().write(request)
    for made in written.compositions:
        assert "".join(piece.text for piece in made.pieces) == made.text
        strangers = [word for word in words(fold(made.text)) if word not in known and not set(tokens(plain(word))) <= known]
        assert not strangers, (strangers, made.text)
        for piece in made.pieces:
            if piece.source == "joint":
                assert set(words(fold(piece.text))) <= joints(language)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(brief=BRIEFS, layout=LAYOUTS, network=st.sampled_from(NETWORKS))
def test_the_same_request_gives_the_same_drafts(ask: Callable[..., WriteRequest], brief: Brief, layout: Layout, network: str) -> None:
    request = ask(brief, network, layout=layout)
    first, second = BuiltInWriter().write(request), BuiltInWriter().write(request)
    assert [c.text for c in first.compositions] == [c.text for c in second.compositions]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(brief=BRIEFS, layout=LAYOUTS, network=st.sampled_from(NETWORKS))
def test_a_brief_always_gives_a_draft_and_units_are_never_cut(
    ask: Callable[..., WriteRequest], brief: Brief, layout: Layout, network: str
) -> None:
    written = BuiltInWriter().write(ask(brief, network, layout=layout))
    assert written.compositions
    mails = [parted(text, "fr", mail=mail, last=last) for text in brief.key_points for mail in (True, False) for last in (True, False)]
    parts = [part.text for mail in mails for part in mail]
    wholes = {"".join(c for c in fold(text) if c.isalnum()) for text in (*parts, brief.first_words, brief.subject_sentence)}
    for made in written.compositions:
        for piece in made.pieces:
            if piece.source.startswith(("brief.key_points", "brief.first_words", "brief.subject_sentence")):
                assert "".join(c for c in fold(piece.text) if c.isalnum()) in wholes


@pytest.mark.parametrize("network", ["facebook", "linkedin", "instagram", "mastodon", "threads"])
def test_facts_and_key_points_are_stated_as_typed(ask: Callable[..., WriteRequest], writer: BuiltInWriter, network: str) -> None:
    for made in writer.write(ask(SENCHA, network)).compositions:
        flat = made.text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
        assert all(value in flat or value[0].upper() + value[1:] in flat for value in SENCHA.facts.values())
        missing = [n for n, point in enumerate(SENCHA.key_points) if point.casefold() not in flat.casefold()]
        assert set(made.left_out) >= {f"brief.key_points[{n}]" for n in missing}
        assert not missing or made.angle.id == "writer.angle.shorter"


def test_on_x_the_first_says_all_that_fits_and_in_the_others_whole_units_go_and_are_named(
    ask: Callable[..., WriteRequest], writer: BuiltInWriter
) -> None:
    short = Layout(posts=20, length=(60, 95, 130))
    for number, made in enumerate(writer.write(ask(SENCHA, "x", layout=short)).compositions):
        kept = [p.source for p in made.pieces if p.source.startswith("brief.key_points")]
        gone = [source for source in made.left_out if source.startswith("brief.key_points")]
        assert len(kept) == 3 if number == 0 else 1 <= len(kept) <= 2
        assert {*kept, *gone} == {f"brief.key_points[{n}]" for n in range(3)}
        assert "18\u00a0€" in made.text


def test_a_point_that_states_a_fact_stays_and_the_fact_is_not_said_twice(ask: Callable[..., WriteRequest], writer: BuiltInWriter) -> None:
    brief = Brief(
        subject="Le sencha",
        key_points=("on le vend 14 € les 100 g", "onze kilos, pas un de plus", "il est vert"),
        facts={"prix": "14 € les 100 g"},
    )
    for made in writer.write(ask(brief, "x")).compositions:
        assert made.text.count("14\u00a0€") == 1


def test_must_include_is_the_last_to_go(ask: Callable[..., WriteRequest], writer: BuiltInWriter) -> None:
    long = tuple(f"point numéro {n} qui prend à lui seul une bonne partie de la place disponible ici" for n in range(5))
    brief = Brief(subject="Le sencha", key_points=long, must_include=("sans caféine ajoutée",))
    for made in writer.write(ask(brief, "x")).compositions:
        assert "ans caféine ajoutée" in made.text
        assert made.left_out


def test_what_cannot_fit_is_returned_whole_with_a_warning(ask: Callable[..., WriteRequest], writer: BuiltInWriter) -> None:
    required = tuple(f"phrase obligatoire numéro {n} " + "et longue " * 12 for n in range(4))
    written = writer.write(ask(Brief(subject="Le sencha", must_include=required), "x"))
    assert "writer.nothing_fits" in [warning.id for warning in written.warnings]
    assert all(text.strip().capitalize() in written.compositions[0].text for text in required)


def test_the_kit_adds_at_most_its_share_of_the_words(
    ask: Callable[..., WriteRequest], kit_with: Callable[..., Kit], writer: BuiltInWriter
) -> None:
    kit = kit_with(lines=[Line(id="a", text="L'eau attend dans la théière du fond.", role="aside", purposes=("event",))])
    for seed in range(8):
        for made in writer.write(ask(SENCHA, "facebook", kit=kit, seed=seed)).compositions:
            own = sum(len(words(p.text)) for p in made.pieces if p.source.startswith("kit."))
            assert own <= 0.15 * len(words(made.text))


def test_nothing_is_described_that_nobody_mentioned(ask: Callable[..., WriteRequest], writer: BuiltInWriter) -> None:
    made = writer.write(ask(SENCHA, "instagram")).compositions[0]
    assert (made.alt_text, made.visual_brief, made.first_comment, made.parts) == ("", "", "", ())


def test_tags_come_from_the_kit_at_the_end(ask: Callable[..., WriteRequest], kit_with: Callable[..., Any], writer: BuiltInWriter) -> None:
    kit = kit_with(tags=("#Valbrune",)).model_copy(update={"hashtags": HashtagPolicy(brand=("#Valbrune",), max={"instagram": 1})})
    layout = Layout(posts=20, length=(120, 220, 360), hashtags=3, blank_lines=1, blocks=3)
    made = writer.write(ask(SENCHA, "instagram", kit=kit, layout=layout)).compositions[0]
    assert made.text.endswith("\n#Valbrune")
    assert made.pieces[-1].source == "kit.hashtags"
