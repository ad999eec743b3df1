"""A measured voice says in words what it is made of."""

from assistant.brands.portrait import portrait
from assistant.brands.voice import measure
from assistant.messages import render
from assistant.posts import Post


def test_a_voice_is_told_with_its_figures() -> None:
    posts = [Post(id=str(n), text=f"On ouvre à {n} h. On ferme quand la pluie s’arrête 🌧️") for n in range(1, 31)]
    told = [render(one, "fr") for one in portrait(measure(posts, "fr"))]
    assert any(sentence.startswith("Longueur") for sentence in told)
    assert "Emoji\u00a0: presque toujours." in told
    assert "Point d’exclamation\u00a0: jamais." in told


def test_a_brand_without_posts_has_no_portrait_but_a_sentence() -> None:
    assert [one.id for one in portrait(measure([], "en"))] == ["voice.no_posts"]
