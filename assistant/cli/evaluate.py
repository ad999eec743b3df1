"""The command `evaluate`: a suite of briefs against any writer, a list for readers, their sheets read back in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import output
from assistant.cli.desk import as_json, desk, listed
from assistant.messages import Language, Message, has, render

if TYPE_CHECKING:
    from assistant.evaluation.keeping import Run
    from assistant.services.reading_lists import Given

MOST_FOUND = 8
"""Kinds of remarks that a terminal shows; `--json` holds all."""


@click.command()
@click.option("--brand", "brands", multiple=True, metavar="SLUG", help="Only this brand; may be given again. Else all with briefs.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="Only briefs in this language.")
@click.option("--writer", type=click.Choice(["auto", "built-in", "model"]), default="auto", show_default=True)
@click.option("--networks", metavar="a,b", help="Each brief on these networks; else on its own.")
@click.option("--limit", type=click.IntRange(1), help="At most so many briefs of a brand, taken evenly.")
@click.option("--briefs", type=click.Path(path_type=Path), metavar="FOLDER", help="Your own briefs (YAML, as for `draft`) for one --brand.")
@click.option("--read", "out", type=click.Path(path_type=Path), metavar="OUT.html", help="Also write a reading list, its sheet beside it.")
@click.option("--texts", type=click.IntRange(1, 500), default=50, show_default=True, help="Drafts in the reading list.")
@click.option("--posts", type=click.IntRange(0, 200), default=0, show_default=True, help="Published posts mixed into the list.")
@click.option("--also", type=click.Path(path_type=Path), metavar="RUN.json", help="Also read what an earlier run made of the same briefs.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which texts are read, and in which order.")
@click.option("--sheets", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="Count filled-in sheets; drafts nothing.")
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="[MORE]...")
@as_json
@output.speaks
def evaluate(
    brands: tuple[str, ...],
    language: Language | None,
    writer: str,
    networks: str | None,
    limit: int | None,
    briefs: Path | None,
    out: Path | None,
    texts: int,
    posts: int,
    seed: int,
    also: Path | None,
    sheets: tuple[Path, ...],
    more: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Draft a suite of briefs, measure the drafts and compare them with the last run; nothing comes into the queue.

    With --read the texts go to people: an HTML list without a word on who wrote what, and a scoring sheet. With --sheets FILE...
    their sheets are checked, joined with the key and counted.
    """
    reader = output.reader()
    if more and not sheets:
        raise click.UsageError(f"Got unexpected extra argument ({more[0]})")
    with desk() as services:
        from assistant.services.evaluation import Evaluation
        from assistant.services.reading_lists import Choice, ReadingLists

        evaluation = Evaluation(services)
        lists = ReadingLists(services, evaluation.folder)
        if sheets:
            _count(lists.read((*sheets, *more)), reader, as_json=as_json)
            return
        choice = Choice(texts, posts, seed, language, also)
        if out:
            lists.refuse(out, choice)
        cases = evaluation.cases(brands, language=language, networks=listed(networks), limit=limit, folder=briefs)
        run = evaluation.run(cases, writer=writer, heard=_quiet if as_json else _told)
        given = lists.write(run, cases, out, choice, reader=language or reader) if out else None
        if as_json:
            output.document({**run.as_json(drafts=False), "read": _given_json(given)})
        else:
            _show(run, reader)
            _hand_out(given, posts)


def _told(done: int, of: int) -> None:
    if done < of and done % 10 == 0:
        output.warn(output.sentence("evaluation.at", number=done + 1, count=of))


def _quiet(done: int, of: int) -> None:
    """Whoever reads JSON reads nothing else."""


def _show(run: "Run", reader: Language) -> None:
    from assistant.evaluation.table import as_text

    printed = run.as_json(drafts=False)
    output.say(output.sentence("evaluation.head", briefs=printed["briefs"], writers=printed["writers"]))
    before = printed["compared_with"]
    then = {"day": before["when"], "writers": before["writers"]} if before else None
    output.say(output.sentence("evaluation.compared", **then) if then else output.sentence("evaluation.first"))
    output.say("\n" + as_text(run.rows(), reader) + "\n")
    output.say(output.sentence("evaluation.most_found"))
    for one in printed["findings"][:MOST_FOUND]:
        output.say(f"  {one['count']:5}  {one['id']} [{one['level']}]  {one['first']}")
    for one in printed["failures"]:
        network, reason = Message(f"network.{one['network']}"), one["id"]
        output.warn(output.sentence("evaluation.failure", case=one["case"], network=network, reason=reason))


def _hand_out(given: "Given | None", posts: int) -> None:
    if given is None:
        return
    files = {"file": given.page, "sheet": given.sheet, "key": given.key}
    output.say(output.sentence("evaluation.read.written", count=len(given.reading.texts), **files))
    if given.published < posts:
        output.warn(output.sentence("evaluation.read.fewer_posts", count=given.published, asked=posts))


def _given_json(given: "Given | None") -> dict[str, Any] | None:
    if given is None:
        return None
    counts = {"texts": len(given.reading.texts), "posts": given.published}
    return {"list": given.reading.id, "page": str(given.page), "sheet": str(given.sheet), "key": str(given.key), **counts}


def _count(read: tuple[dict[str, Any] | None, list[Message]], reader: Language, *, as_json: bool) -> None:
    found, problems = read
    for one in problems:
        output.warn(f"- {render(one, reader)}")
    if found is None:
        output.warn(output.sentence("evaluation.sheets_refused", count=len(problems)))
        sys.exit(output.REFUSED)
    if as_json:
        output.document(found)
        return
    output.say(output.sentence("evaluation.summary.head", texts=found["texts"], readers=found["readers"]))
    for group in found["groups"]:
        _say_group(group, reader)
    for one in found["faults"]:
        state = Message("evaluation.summary.confirmed" if one["confirmed"] else "evaluation.summary.to_confirm")
        quotes = " · ".join(f"{said['reader']}: {said['quote']}" for said in one["said"])
        fault = {"id": one["id"], "text": one["text_id"], "source": _source(one["source"]), "state": state, "said": quotes}
        output.say(output.sentence("evaluation.summary.fault", **fault))
    for one in found["agreement"]:
        _say_agreement(one, reader)
    if found["far_apart"]:
        output.say(output.sentence("evaluation.summary.apart", count=len(found["far_apart"])))


def _say_agreement(one: dict[str, Any], reader: Language) -> None:
    first, second = one["readers"]
    same, send, close = (_percent(one[name]) for name in ("same_verdict", "same_send_or_not", "scores_within_one"))
    shares = {"same": same, "send": send, "close": close, "kappa": _number(one["kappa"], reader)}
    output.say(output.sentence("evaluation.summary.agreement", first=first, second=second, texts=one["texts"], **shares))


def _say_group(group: dict[str, Any], reader: Language) -> None:
    where = group["language"] or (Message(f"network.{group['network']}") if group["network"] else "")
    means, whole = group["means"], [_source(group["source"])]
    figures = {"overall": group["overall"], "voice": means.get("S1"), "opening": means.get("P1"), "tics": group["tics_per_100"]}
    said = {verdict: _percent(group[verdict]) for verdict in ("send", "small_edit", "rewrite")}
    said |= {name: _number(value, reader) for name, value in figures.items()}
    name = [*whole, where] if where else whole
    output.say(output.sentence("evaluation.summary.group", name=name, count=group["texts"], faults=group["hard_faults"], **said))
    if not where:
        output.say(output.sentence("evaluation.summary.means", means=[f"{id} {_number(value, reader)}" for id, value in means.items()]))
        if group["guessed"]:
            output.say(output.sentence("evaluation.summary.guessed", **{id: _percent(value) for id, value in group["guessed"].items()}))


def _source(source: str) -> Message | str:
    id = f"evaluation.source.{source}"
    return Message(id) if has(id) else source


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}"


def _number(value: float | None, reader: Language) -> str:
    said = "–" if value is None else f"{value:g}"
    return said.replace(".", ",") if reader == "fr" else said
