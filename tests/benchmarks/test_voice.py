"""Telling accounts apart: the voice score alone beside a linear classifier trained on the same rows, in the same run.

The classifier sees all accounts at once and learns what sets them apart; a voice is measured on its own account's posts only.
"""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from assistant.brands import voice
from assistant.documents.tables import read_posts
from assistant.messages import Language
from assistant.posts import Post
from assistant.text import fold

pytestmark = pytest.mark.bench
HELD_OUT = 30
SHARE = 0.85
"""How often the voice names the account, against how often the classifier does."""
LINK = regex.compile(r"(?:https?://|www\.)\S+|\b[\w.-]+\.(?:com|fr|net|org|ly|me|st|it|co|tv|us|gl)/\S*", regex.IGNORECASE)
TAG = regex.compile(r"[@#＃][\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*")
Rows = list[tuple[str, Post]]
"""Account and post."""


@pytest.mark.parametrize(
    ("files", "accounts"), [("french_media_x.csv", 13), ("facebook_*.csv", 10)], ids=["French media on X", "pages on Facebook"]
)
def test_a_voice_names_its_account_nearly_as_often_as_a_trained_classifier(
    files: str, accounts: int, bench_data: Path, measured: Callable[..., None], request: pytest.FixtureRequest
) -> None:
    own, languages = posts_by_account(sorted((bench_data / "posts").glob(files)))
    learnt = [(account, post) for account, posts in own.items() for post in posts[:-HELD_OUT]]
    held_out = [(account, post) for account, posts in own.items() for post in posts[-HELD_OUT:]]
    by_voice, by_classifier = named_by_voice(learnt, held_out, languages), named_by_classifier(learnt, held_out)
    where = request.node.callspec.id
    assert len(own) == accounts
    measured(f"account named by the voice score alone, {accounts} {where}", by_voice, "", f"≥ {SHARE} × the classifier's")
    measured(f"account named by a linear classifier trained on them, {accounts} {where}", by_classifier, "", "reported")
    assert by_voice >= SHARE * by_classifier


def posts_by_account(files: list[Path]) -> tuple[dict[str, list[Post]], dict[str, Language]]:
    """Each account's distinct posts in order of time, links, handles and hashtags taken out, and its language."""
    found: dict[str, dict[str, Post]] = defaultdict(dict)
    languages: dict[str, Language] = {}
    for file in files:
        read = read_posts(file.read_bytes(), file.name, account=None, network=None, time_zone="Europe/Paris", several_accounts=True)
        for post in sorted(read.posts, key=lambda post: (str(post.published_at), post.id)):
            text = "\n".join(" ".join(line.split()) for line in TAG.sub("", LINK.sub("", post.text)).splitlines()).strip()
            # the account without a name has almost no text
            if fold(text) and not post.account.startswith("account_"):
                languages[post.account] = "en" if file.stem.endswith("_en") else "fr"
                found[post.account].setdefault(
                    fold(" ".join(text.split())), Post(post.id, text, post.network, published_at=post.published_at)
                )
    return {account: list(posts.values()) for account, posts in found.items()}, languages


def named_by_voice(learnt: Rows, held_out: Rows, languages: dict[str, Language]) -> float:
    """The share of posts whose own account's voice scores them highest."""
    voices = {name: voice.measure([post for account, post in learnt if account == name], languages[name]) for name in languages}

    def name(post: Post) -> str:
        return max(voices, key=lambda account: voice.score(post.text, voices[account], post.network).score)

    return sum(name(post) == account for account, post in held_out) / len(held_out)


def named_by_classifier(learnt: Rows, held_out: Rows) -> float:
    """The share of posts that TF-IDF of words and characters and a linear support vector machine name rightly."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\w+|[^\w\s]", sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    classifier = make_pipeline(make_union(words, characters), LinearSVC())
    classifier.fit([post.text for _, post in learnt], [account for account, _ in learnt])
    return float(classifier.score([post.text for _, post in held_out], [account for account, _ in held_out]))
