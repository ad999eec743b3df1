"""Use cases in which a model reads instead of writing: a pasted message into a brief, a brand's posts into words for its voice."""

from zoneinfo import ZoneInfo

from assistant.brands import folder
from assistant.brands.anatomy import measurable
from assistant.brands.kit import GuidePage, Kit
from assistant.drafting.context import planned_day
from assistant.drafting.pasting import from_pasted
from assistant.drafting.understanding import Understood, understood
from assistant.errors import ModelError
from assistant.onboarding.voice_words import VoiceWords, page_name, page_of, propose_words
from assistant.posts import Post
from assistant.services.desk import Services

BEST = 12
"""Posts of each network that a model reads, those that worked best."""


def read_pasted(services: Services, kit: Kit, message: str) -> Understood:
    """The brief in a pasted message, read by the brand's model; by the built-in reading where it may not be asked or fails."""
    try:
        model = services.models.chat(kit, "read_brief")
    except ModelError as error:
        return Understood(from_pasted(message), why=error.message)
    return understood(
        message,
        model,
        services.models.prompts,
        kit.language,
        planned_day(None, services.now(), kit),
        brand=kit.name,
        month_first=kit.variant(kit.language) == "en-US",
    )


def words_for_voice(services: Services, kit: Kit) -> VoiceWords:
    """What the brand's model says of its voice, each trait on a sentence of its own posts. Raises ModelError; the portrait stays."""
    posts = best_posts(services, kit)
    model = services.models.chat(kit, "voice_words")
    return propose_words(kit, services.voice_of(kit.slug), posts, model, services.models.prompts, kit.language)


def best_posts(services: Services, kit: Kit) -> list[Post]:
    """The brand's posts that worked, a few of each network in turn; those on which its voice is measured."""
    services.index_changes(kit.slug)
    known = measurable(services.surroundings(kit.slug).posts)
    networks = dict.fromkeys(post.network for post in known if post.network)
    ranked = [[found.id for found in services.search.best(kit.slug, network, limit=BEST)] for network in networks]
    turns = [ids[place] for place in range(BEST) for ids in ranked if place < len(ids)]
    by_id = {post.id: post for post in known}
    return [by_id[id] for id in dict.fromkeys(turns) if id in by_id] or known[:BEST]


def take_words(services: Services, kit: Kit, words: VoiceWords, person: str) -> Kit:
    """Add the proposal to the brand's guide as a page of its own. Raises StaleVersion where the kit changed, KitError, StorageError."""
    name = page_name(kit.language, [page.name for page in kit.guide])
    day = f"{services.now().astimezone(ZoneInfo(kit.time_zone)):%d/%m/%Y}"
    page = GuidePage(name=name, text=page_of(words, kit.language, day=day, person=person))
    return folder.add_page(services.shelf.folder(kit.slug), page, replaces=kit.version)
