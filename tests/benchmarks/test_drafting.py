"""The built-in writer for eight networks, what a draft costs beside the writer, and how soon the command line answers."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from assistant.drafting.briefing import read_brief
from assistant.services import Services

pytestmark = pytest.mark.bench
BRIEFS = Path(__file__).parents[1] / "briefs"
EIGHT = ("instagram", "facebook", "x", "linkedin", "bluesky", "mastodon", "threads", "tiktok")
RUNS = 5


def test_eight_networks_with_three_variants_each(services: Services, measured: Callable[..., None]) -> None:
    brief = read_brief(BRIEFS / "vaudrille" / "01-event.yaml")
    list(services.draft("vaudrille", brief, networks=EIGHT, variants=3))
    taken = []
    for seed in range(RUNS):
        start = time.perf_counter()
        made = [one for drafted in services.draft("vaudrille", brief, networks=EIGHT, variants=3, seed=seed) for one in drafted.drafts]
        taken.append(time.perf_counter() - start)
        assert len(made) >= len(EIGHT)
    measured("built-in writer, 8 networks × 3 variants, saved and checked", median(taken), "s", "≤ 1 s")


def test_the_command_line_answers_at_once(measured: Callable[..., None]) -> None:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "assistant", "--help"], capture_output=True, check=True)
        taken.append(time.perf_counter() - start)
        assert b"prepare" in done.stdout
    measured("`plume --help`", median(taken), "s", "≤ 0.5 s")


def test_a_check_of_one_text(services: Services, measured: Callable[..., Any]) -> None:
    services.check("vaudrille", "facebook", "Samedi, on affûte.")
    taken = []
    for n in range(50):
        start = time.perf_counter()
        services.check("vaudrille", "facebook", f"Samedi {n}, on affûte les ciseaux et on vide le tiroir 12. Entrée libre, café compris.")
        taken.append(time.perf_counter() - start)
    measured("one text checked, with its voice", 1000 * median(taken), "ms", "reported")
