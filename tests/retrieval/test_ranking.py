"""How candidates are put in order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval import ranking
from assistant.retrieval.ranking import Standing, best_first, fuse, merit, percentiles, recency, shrunk, weigh


def floats(*values: float) -> ranking.Floats:
    return np.array(values, dtype=np.float32)


def rows(*values: int) -> ranking.Rows:
    return np.array(values, dtype=np.intp)


def standing(performance: float = 0.5, recency: float = 1.0, home: float = 0.0, pinned: bool = False) -> Standing:
    return Standing(floats(performance), floats(recency), floats(home), np.array([pinned]))


def one(found: ranking.Floats) -> float:
    return float(found[0])


def test_first_in_every_ranking_is_wholly_relevant() -> None:
    named, relevance = fuse([(rows(4, 2), floats(9, 1), 1.0), (rows(4, 7), floats(0.9, 0.1), 0.5)])
    assert named.tolist() == [2, 4, 7]
    assert relevance[1] == pytest.approx(1)
    assert relevance[0] > relevance[2]


def test_scores_that_are_almost_equal_share_a_place() -> None:
    _, relevance = fuse([(rows(0, 1, 2), floats(1.0, 0.97, 0.5), 1.0)])
    assert relevance[0] == relevance[1] > relevance[2]


def test_fusing_nothing_gives_nothing() -> None:
    assert fuse([])[0].tolist() == []
    assert fuse([(rows(), floats(), 1.0)])[1].tolist() == []


def test_percentiles_are_taken_within_each_group() -> None:
    values, samples = percentiles(floats(1, 2, 3, 1000, 2000), rows(0, 0, 0, 1, 1), np.arange(5, dtype=np.float64))
    assert values.tolist() == pytest.approx([1 / 6, 1 / 2, 5 / 6, 1 / 4, 3 / 4])
    assert samples.tolist() == [3, 3, 3, 2, 2]


def test_growth_lifts_nobody() -> None:
    """An account that grows a hundredfold: its best post of the first year stands as high as its best post of the last."""
    year = 300
    growth = np.repeat([1.0, 10.0, 100.0], year)
    noise = np.tile(np.arange(year) % 10 + 1, 3)
    values, _ = percentiles((growth * noise).astype(np.float32), np.zeros(3 * year, dtype=np.intp), np.arange(3 * year, dtype=np.float64))
    early, late = values[100:200], values[700:800]
    assert early.max() == pytest.approx(late.max(), abs=0.02)
    assert early.max() > 0.9


def test_posts_without_figures_have_no_percentile_and_count_for_nobody() -> None:
    values, samples = percentiles(floats(5, np.nan, 7), rows(0, 0, 0), np.array([0.0, 1.0, 2.0]))
    assert np.isnan(values[1])
    assert samples.tolist() == [2, 0, 2]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 2), st.integers(0, 1000)), max_size=250))
def test_percentiles_lie_between_0_and_1_and_follow_the_figures(posts: list[tuple[int, int, int]]) -> None:
    engagement = np.array([likes for likes, _, _ in posts], dtype=np.float32)
    groups = np.array([group for _, group, _ in posts], dtype=np.intp)
    values, samples = percentiles(engagement, groups, np.array([when for _, _, when in posts], dtype=np.float64))
    assert np.all((values > 0) & (values < 1))
    assert np.all(samples <= 2 * ranking.NEIGHBOURS + 1)
    for group in set(groups.tolist()):
        inside = groups == group
        if inside.sum() <= 2 * ranking.NEIGHBOURS + 1:
            order = np.argsort(engagement[inside], kind="stable")
            assert np.all(np.diff(values[inside][order]) >= -1e-6)


def test_few_posts_prove_little() -> None:
    found = shrunk(floats(0.9, 0.9, np.nan), rows(2, 100, 0))
    assert 0.5 < found[0] < found[1] < 0.9
    assert found[2] == 0.5


def test_a_post_fades_by_half_every_year_and_an_undated_one_stands_in_the_middle() -> None:
    found = recency(np.array([0, ranking.HALF_LIFE, 2 * ranking.HALF_LIFE, np.nan, -5.0]))
    assert found.tolist() == pytest.approx([1, 0.5, 0.25, 0.5, 1])


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (standing(performance=0.9), standing(performance=0.2)),
        (standing(recency=1.0), standing(recency=0.1)),
        (standing(home=1.0), standing(home=0.0)),
        (standing(home=1.0), standing(home=0.5)),
        (standing(performance=0.0, recency=0.0, pinned=True), standing(performance=1.0, recency=1.0, home=1.0)),
    ],
)
def test_of_two_equally_relevant_posts_the_better_comes_first(better: Standing, worse: Standing) -> None:
    assert one(weigh(floats(0.5), better)) > one(weigh(floats(0.5), worse))


def test_the_best_figures_do_not_make_up_for_half_the_relevance() -> None:
    assert one(weigh(floats(1.0), standing(performance=0.3))) > one(weigh(floats(0.5), standing(performance=1.0)))


def test_pins_come_first_among_posts_on_their_own() -> None:
    assert one(merit(standing(performance=0.0, recency=0.0, pinned=True))) > one(merit(standing(performance=1.0)))


def test_equal_scores_stay_in_their_order() -> None:
    assert best_first(floats(1, 2, 2, 1), 3).tolist() == [1, 2, 0]
