"""`make bench`: run the benchmarks and write their figures into the README's table.

Each benchmark appends lines {"what", "figure", "unit", "reach"} to the file named by PLUME_BENCH_OUT.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def main() -> int:
    """Run, then write; a benchmark that fails leaves the table as it was."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as file:
        out = Path(file.name)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-m",
        "bench",
        "-q",
        "-s",
        "-p",
        "no:xdist",
        str(ROOT / "tests" / "benchmarks"),
        *sys.argv[1:],
    ]
    code = subprocess.call(command, cwd=ROOT, env=os.environ | {"PLUME_BENCH_OUT": str(out)})
    rows = [json.loads(line) for line in out.read_text("utf8").splitlines()]
    out.unlink()
    if code == 0 and rows:
        write(ROOT / "README.md", table(rows))
    return code


def table(rows: list[dict[str, str]]) -> str:
    """The figures as Markdown, with the machine they were taken on."""
    lines = ["| what | measured | to reach |", "|---|---|---|"]
    lines += [f"| {row['what']} | {row['figure']} {row['unit']} | {row['reach']} |" for row in rows]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return "\n".join([*lines, "", f"Measured by `make bench` ({machine})."])


def write(readme: Path, text: str) -> None:
    """Put `text` between the marks."""
    before, rest = readme.read_text("utf8").split(BEGIN)
    readme.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", "utf8")


if __name__ == "__main__":
    sys.exit(main())
