"""Posts and comments from whatever table people have: every row becomes a value or is listed with the reason why not."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.brands.kinds import kind_of
from assistant.comments import Comment
from assistant.documents import networks
from assistant.documents.dates import Order
from assistant.documents.rows import Row, Table, open_table
from assistant.errors import InputError
from assistant.messages import Message
from assistant.posts import METRICS, Metrics, Post
from assistant.text import fold

UNPAID = {"", "no", "non", "false", "faux", "0", "none", "not funded", "organic", "organique", "-", "n/a", "nan"}


@dataclass(frozen=True)
class Rejected:
    """A row that was not taken, as a spreadsheet numbers it, and why."""

    row: int
    reason: Message


@dataclass(frozen=True)
class PostFile:
    """What a file of past posts held."""

    posts: tuple[Post, ...]
    rejected: tuple[Rejected, ...]
    columns: Mapping[str, str | None]
    """Each header and the field it was read as, or None."""
    accounts: Mapping[str, int]
    """Every account in the file, with its number of rows."""
    network_guess: str | None = None
    order: Order = "day_first"
    """How dates such as 03/04/2026 were understood."""


@dataclass(frozen=True)
class CommentFile:
    """What a file of comments held, in its order."""

    comments: tuple[Comment, ...]
    rejected: tuple[Rejected, ...]
    columns: Mapping[str, str | None] = field(default_factory=dict)


def read_posts(
    data: bytes, name: str, *, account: str | None, network: str | None, time_zone: str, several_accounts: bool = False
) -> PostFile:
    """The posts of a CSV or XLSX file.

    `account` picks the rows of one account, `network` holds where the file names none. Raises InputError for a file that
    cannot be read, has no column of text, or holds several accounts while none was named (unless `several_accounts`).
    """
    table = open_table(data, name, "posts", date_field="published_at", time_zone=time_zone)
    accounts = Counter(row.get("account").lstrip("@") for row in table.rows if row.get("account"))
    wanted = _wanted(accounts, account, name, several=several_accounts)
    signed = networks.signed(table.columns.headers)
    guess = signed or networks.common(row.get("url") for row in table.rows)
    taken: dict[str, tuple[int, Post]] = {}
    rejected: list[Rejected] = []
    for row in table.rows:
        if wanted is not None and fold(row.get("account").lstrip("@")) != wanted:
            continue
        try:
            post = _post(row, table, account or "", network or signed, guess)
            if post.id in taken:
                raise InputError("row.copy", of=taken[post.id][0])
            taken[post.id] = (row.number, post)
        except InputError as error:
            rejected.append(Rejected(row.number, error.message))
    posts = tuple(post for _, post in taken.values())
    return PostFile(posts, tuple(rejected), table.columns.mapping(), dict(accounts), guess, table.order)


def read_comments(data: bytes, name: str, *, time_zone: str) -> CommentFile:
    """The comments of a CSV or XLSX file, one per row and in order, ids as given. Raises InputError as `read_posts` does."""
    table = open_table(data, name, "comments", date_field="created_at", time_zone=time_zone)
    taken: list[Comment] = []
    rejected: list[Rejected] = []
    made: Counter[str] = Counter()
    for row in table.rows:
        try:
            comment = _comment(row, table)
        except InputError as error:
            rejected.append(Rejected(row.number, error.message))
            continue
        if not row.id():
            made[comment.id] += 1
            comment = comment if made[comment.id] == 1 else replace(comment, id=f"{comment.id}-{made[comment.id]}")
        taken.append(comment)
    return CommentFile(tuple(taken), tuple(rejected), table.columns.mapping())


def _wanted(accounts: Mapping[str, int], account: str | None, name: str, *, several: bool) -> str | None:
    """The folded account whose rows are taken; None for all rows."""
    distinct = {fold(one) for one in accounts}
    listed = [f"{one} ({count})" for one, count in sorted(accounts.items(), key=lambda item: (-item[1], item[0]))]
    if account is not None and distinct:
        wanted = fold(account.strip().lstrip("@"))
        if wanted not in distinct:
            raise InputError("posts.no_such_account", account=account, name=name, accounts=listed)
        return wanted
    if len(distinct) > 1 and not several:
        raise InputError("posts.several_accounts", name=name, count=len(distinct), accounts=listed)
    return None


def _post(row: Row, table: Table, account: str, network: str | None, guess: str | None) -> Post:
    text = row.text()
    published_at = table.moment(row)
    own_network = _network(row) or network or networks.by_address(row.get("url")) or guess or ""
    own_account = row.get("account") or account
    moment = published_at.isoformat() if published_at else ""
    return Post(
        id=row.id() or _made_id(own_account, own_network, moment, text),
        text=text,
        network=own_network,
        account=own_account,
        published_at=published_at,
        url=row.get("url"),
        format=row.get("format").lower(),
        metrics=Metrics(**{field: row.figure(field) for field in METRICS}),
        kind=kind_of(text, paid=row.get("boosted").casefold() not in UNPAID),
    )


def _comment(row: Row, table: Table) -> Comment:
    text = row.text()
    created_at = table.moment(row)
    moment = created_at.isoformat() if created_at else ""
    return Comment(
        id=row.id() or _made_id(row.get("author"), moment, text),
        text=text,
        network=networks.network_of(row.get("network")) or networks.by_address(row.get("post_url")) or "",
        author=row.get("author"),
        created_at=created_at,
        post=row.get("post"),
        post_url=row.get("post_url"),
    )


def _network(row: Row) -> str:
    given = row.get("network")
    key = networks.network_of(given) if given else ""
    if key is None:
        raise InputError("row.network", given=given[:40], known=list(networks.NAMES))
    return key


def _made_id(*parts: str) -> str:
    """The same row gives the same id whenever it is imported."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
