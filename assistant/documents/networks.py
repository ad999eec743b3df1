"""Which network a row or a file is from: by the column that says so, by the address of the post, by the export's own headers."""

from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from assistant.documents.columns import folded

NAMES = {
    "x": ("x", "twitter", "x twitter", "twitter x", "tweet"),
    "x-premium": ("x premium",),
    "facebook": ("facebook", "fb", "facebook page", "meta facebook"),
    "instagram": ("instagram", "ig", "insta"),
    "linkedin": ("linkedin", "linked in", "linkedin page"),
    "tiktok": ("tiktok", "tik tok"),
    "threads": ("threads",),
    "bluesky": ("bluesky", "bsky"),
    "mastodon": ("mastodon",),
    "youtube-description": ("youtube", "yt", "youtube description"),
    "youtube-title": ("youtube title",),
    "youtube-community": ("youtube community",),
    "pinterest": ("pinterest",),
    "pinterest-title": ("pinterest title",),
    "google-business": ("google business", "google", "gbp", "google my business", "google business profile"),
    "reddit-title": ("reddit", "reddit title"),
    "newsletter-subject": ("newsletter", "newsletter subject"),
    "blog-teaser": ("blog", "blog teaser"),
}
"""Network key to the names that people and exports give it, folded as headers are."""
KEYS = {name: key for key, names in NAMES.items() for name in names}

HOSTS = (
    ("x", r"(?:x|twitter)\.com"),
    ("facebook", r"(?:facebook\.com|fb\.com|fb\.watch)"),
    ("instagram", r"instagram\.com"),
    ("linkedin", r"(?:linkedin\.com|lnkd\.in)"),
    ("tiktok", r"tiktok\.com"),
    ("threads", r"threads\.(?:net|com)"),
    ("bluesky", r"bsky\.app"),
    ("youtube-description", r"(?:youtube\.com|youtu\.be)"),
    ("pinterest", r"pinterest\.\p{L}+"),
    ("reddit-title", r"reddit\.com"),
)
HOST = tuple((key, regex.compile(rf"^(?:https?://)?(?:[\p{{L}}\p{{N}}-]+\.)*{host}(?:/|$)", regex.IGNORECASE)) for key, host in HOSTS)

SIGNATURES = (
    ("x", {"post text", "detail expands"}),
    ("x", {"id tweet"}),
    ("x", {"retweet count"}),
    ("x", {"tweet text"}),
    ("linkedin", {"post title", "click through rate ctr"}),
    ("linkedin", {"update title", "click through rate ctr"}),
    ("linkedin", {"titre du post", "taux de clics"}),
    ("facebook", {"page name", "post id", "description"}),
    ("facebook", {"num reactions", "status message"}),
    ("instagram", {"account username", "post id", "follows"}),
    ("instagram", {"account username", "post id", "saves"}),
)
"""Headers that only one network's export holds together."""
MOST = 0.9


def network_of(name: str) -> str | None:
    """The key of the network that people call `name`."""
    return KEYS.get(folded(name))


def by_address(address: str) -> str | None:
    """The network whose post has this address."""
    return next((key for key, host in HOST if host.match(address.strip())), None)


def signed(headers: Sequence[str]) -> str | None:
    """The network whose export has these headers."""
    names = {folded(header) for header in headers}
    return next((key for key, signature in SIGNATURES if signature <= names), None)


def common(addresses: Iterable[str]) -> str | None:
    """The network of nearly all of `addresses`."""
    seen = [by_address(address) for address in addresses if address.strip()]
    most = Counter(key for key in seen if key).most_common(1)
    return most[0][0] if most and most[0][1] >= MOST * len(seen) else None
