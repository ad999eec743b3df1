"""Commands on brands: `kits`, `posts`, `index`, `search`."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from assistant.cli import output, shapes
from assistant.cli.desk import as_json, as_lines, brand_option, bytes_of, desk, network_key
from assistant.errors import AssistantError, InputError, KitError, ModelUnavailable
from assistant.evidence import Collection
from assistant.messages import render
from assistant.posts import Post


@click.group()
def kits() -> None:
    """List, check and make brand kits."""


@kits.command("list")
@as_json
@output.speaks
def kits_list(as_json: bool) -> None:
    """List the brands."""
    language = output.reader()
    with desk() as services:
        good, found = services.shelf.all()
        broken: dict[str, AssistantError] = dict(found)
        rows: list[dict[str, Any]] = []
        for kit in good:
            try:
                services.kit(kit.slug)
            except InputError as error:  # its posts.csv or comments.csv: the kit is sound, what it posted cannot be read
                broken[kit.slug] = error
                continue
            rows.append(
                {
                    "slug": kit.slug,
                    "name": kit.name,
                    "languages": list(kit.languages),
                    "posts": services.stores.posts.count(kit.slug),
                    "networks": [account.network for account in kit.accounts],
                    "fictional": kit.fictional,
                    "open_questions": len(kit.open_questions),
                    "problems": 0,
                }
            )
        for slug, wrong in broken.items():
            problems = len(wrong.problems) if isinstance(wrong, KitError) else 1
            rows.append({"slug": slug, "name": slug, "languages": [], "posts": 0, "problems": problems})
        if not rows:
            output.warn(output.sentence("doctor.no_brand", folder=services.shelf.root))
    rows.sort(key=lambda row: str(row["slug"]))
    if as_json:
        output.document(rows)
        return
    for row in rows:
        output.say(f"{row['slug']:28} {row['name']:28} {'/'.join(map(str, row['languages'])):6} {row['posts']}")
    for wrong in broken.values():
        output.warn(render(wrong.message, language))


@kits.command("check")
@click.argument("slug")
@as_json
@output.speaks
def kits_check(slug: str, as_json: bool) -> None:
    """List all problems of a kit at once."""
    from assistant.brands import folder
    from assistant.brands.shelf import Shelf
    from assistant.settings import read_settings

    language = output.reader()
    problems = folder.problems(Shelf(read_settings().kits_folder).folder(slug))
    if as_json:
        output.document({"slug": slug, "problems": output.said(problems, language)})
    else:
        for problem in problems:
            output.say(render(problem, language))
        if not problems:
            output.say(output.sentence("kits.sound", brand=slug))
    sys.exit(output.DONE_WITH_ERRORS if problems else output.DONE)


@kits.command("onboard")
@click.argument("slug")
@click.option("--name", required=True, help="The brand's name.")
@click.option("--guide", "guides", multiple=True, metavar="FILE", help="Voice guide, Markdown or text; may be given several times.")
@click.option("--posts", "posts_files", multiple=True, metavar="FILE", help="Past posts: any CSV with a text column.")
@click.option("--account", help="Which account of the file is meant, when it holds several.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--network", help="The network of the posts, when the file does not say.")
@click.argument("more", nargs=-1)
@as_json
@output.speaks
def kits_onboard(
    slug: str,
    name: str,
    guides: tuple[str, ...],
    posts_files: tuple[str, ...],
    account: str | None,
    language: str,
    network: str | None,
    more: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make a kit from a name, a guide and past posts; an existing SLUG is refused.

    Files after a first `--guide FILE` may follow without the option again: `--guide a.md b.md`.
    """
    tables = [file for file in more if Path(file).suffix.lower() in (".csv", ".xlsx")]
    files = [(Path(file).name, bytes_of(file)) for file in (*guides, *(file for file in more if file not in tables))]
    data = [(Path(file).name, bytes_of(file)) for file in (*posts_files, *tables)]
    from assistant.services.onboarding import onboard

    reader = output.reader()
    with desk() as services:
        made = onboard(
            services,
            slug=slug,
            name=name,
            language="en" if language == "en" else "fr",
            guides=files,
            posts=data,
            account=account,
            network=network_key(network),
        )
    if as_json:
        output.document(
            {
                **made.kit.model_dump(mode="json", exclude_defaults=True, exclude={"guide"}),
                "slug": made.kit.slug,
                "confidence": made.kit.confidence,
                "open_questions": [one.model_dump(mode="json") for one in made.kit.open_questions],
                "posts": made.imported,
                "rejected": [{"row": one.row, "reason": render(one.reason, reader)} for one in made.rejected],
            }
        )
        return
    output.say(output.sentence("kits.onboarded", brand=made.kit.name, count=made.imported))
    for one in made.rejected[:20]:
        output.say(f"- {one.row}: {render(one.reason, reader)}")
    for question in made.kit.open_questions:
        output.say(f"? {question.question} {question.recommendation}".rstrip())


@click.group()
def posts() -> None:
    """Import past posts; pin or ban them."""


@posts.command("import")
@brand_option
@click.argument("file")
@click.option("--format", "kind", type=click.Choice(["auto"]), default="auto", show_default=True)
@click.option("--account", help="Which account of the file is meant, when it holds several.")
@click.option("--network", help="The network of the posts, when the file does not say.")
@as_json
@output.speaks
def posts_import(brand: str, file: str, kind: str, account: str | None, network: str | None, as_json: bool) -> None:
    """Import FILE; figures of known posts are brought up to date, nothing is dropped silently."""
    from assistant.services.onboarding import import_posts

    language = output.reader()
    with desk() as services:
        done, rejected = import_posts(services, brand, Path(file).name, bytes_of(file), account=account, network=network_key(network))
    rows = [{"row": one.row, "reason": render(one.reason, language)} for one in rejected]
    if as_json:
        output.document({"imported": done.imported, "updated": done.updated, "unchanged": done.unchanged, "rejected": rows})
        return
    output.say(output.sentence("posts.imported", imported=done.imported, updated=done.updated, unchanged=done.unchanged))
    for row in rows:
        output.say(f"- {row['row']}: {row['reason']}")


@posts.command("pin")
@brand_option
@click.argument("id")
@click.option("--off", is_flag=True, help="Take it back.")
@as_json
@output.speaks
def posts_pin(brand: str, id: str, off: bool, as_json: bool) -> None:
    """Write like this one: outranks its figures."""
    with desk() as services:
        services.kit(brand)
        post = services.stores.posts.pin(brand, id, on=not off, now=services.now(), actor="command line")
    _marked(post, "posts.unpinned" if off else "posts.pinned", as_json)


@posts.command("ban")
@brand_option
@click.argument("id", required=False)
@click.option("--before", metavar="YYYY-MM-DD", help="All posts before this day.")
@click.option("--off", is_flag=True, help="Take it back.")
@as_json
@output.speaks
def posts_ban(brand: str, id: str | None, before: str | None, off: bool, as_json: bool) -> None:
    """Never write like this one again."""
    if (id is None) == (before is None):
        raise InputError("posts.ban_what")
    with desk() as services:
        services.kit(brand)
        if before is not None:
            count = services.stores.posts.ban_before(brand, _day(before), now=services.now(), actor="command line")
            if as_json:
                output.document({"banned": count, "before": before})
            else:
                output.say(output.sentence("posts.banned_before", count=count, day=before))
        else:
            post = services.stores.posts.ban(brand, str(id), on=not off, now=services.now(), actor="command line")
            _marked(post, "posts.unbanned" if off else "posts.banned", as_json)


def _marked(post: Post, sentence: str, as_json: bool) -> None:
    if as_json:
        output.document({"id": post.id, "pinned": post.pinned, "banned": post.banned})
    else:
        output.say(output.sentence(sentence, post=post.id))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("input.bad_date", date=text) from error


@click.command()
@brand_option
@as_json
@output.speaks
def index(brand: str, as_json: bool) -> None:
    """Bring the search index up to date with the brand's posts, guide, replies and facts."""
    with desk() as services:
        services.kit(brand)
        done = services.search.sync(brand)
    if done.trouble:
        raise ModelUnavailable(done.trouble.id, **done.trouble.values)
    row = {"added": done.added, "updated": done.updated, "unchanged": done.unchanged, "removed": done.removed}
    if as_json:
        output.document(row)
    else:
        output.say(output.sentence("index.done", **row))


@click.command()
@brand_option
@click.option("--network", metavar="NET", help="Prefer this network.")
@click.option("--collection", type=click.Choice(["post", "guide", "reply", "fact"]), default="post", show_default=True)
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True)
@click.argument("query", required=False)
@as_json
@as_lines
@output.speaks
def search(brand: str, network: str | None, collection: Collection, limit: int, query: str | None, as_json: bool, jsonl: bool) -> None:
    """Find a brand's own material about QUERY, best first, each with its reasons."""
    language = output.reader()
    with desk() as services:

        def found(words: str) -> list[output.Json]:
            return [
                shapes.evidence_json(one, language)
                for one in services.find(brand, words, network=network, collection=collection, limit=limit)
            ]

        if jsonl:
            output.each_line(lambda value: found(output.field_of(value, "query")), language)
        if query is None:
            raise InputError("input.no_text")
        rows = found(query)
    if as_json:
        output.document(rows)
        return
    if any(row["engine"] == "words" for row in rows):
        output.warn(output.sentence("embedding.by_words"))
    for row in rows:
        output.say(f"{row['score']:.3f} {row['id']} {row['network']}: {' '.join(str(row['text']).split())[:100]}")
        output.say(f"      {' · '.join(row['reasons']['said'])}")
