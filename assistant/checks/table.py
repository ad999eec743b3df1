"""The checks as a Markdown table, for `docs/checks.md`."""

import regex

from assistant.checks.check import Rule
from assistant.checks.desk import CHECKS
from assistant.findings import Finding
from assistant.messages import catalogue


def checks_table() -> str:
    """One line per finding: its id, its level, the languages of the texts it speaks about, what it says."""
    rows = ["| finding | level | texts | what it says |", "|---|---|---|---|"]
    seen: set[str] = set()
    for check in CHECKS:
        for rule in check.rules:
            if rule.id not in seen:
                seen.add(rule.id)
                rows.append(f"| `{rule.id}` | {_level(rule)} | {', '.join(rule.languages)} | {_says(rule.id)} |")
    return "\n".join(rows)


def _level(rule: Rule) -> str:
    """An error that no reason can waive is said to be one."""
    return rule.level if Finding(rule.id, rule.level).waivable else f"{rule.level}, never waived"


def _says(id: str) -> str:
    """The English sentence, its values left open."""
    sentence = catalogue()[f"finding.{id}"]["en"]
    if isinstance(sentence, dict):
        sentence = sentence["other"]
    return regex.sub(r"\$advice", "", regex.sub(r"\$(?!advice)\{?\w+\}?", "…", str(sentence))).replace("|", "\\|").replace("……", "…")
