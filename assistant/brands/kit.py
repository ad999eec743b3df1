"""A brand kit: who is speaking, to whom, with which words, and what may be stated.

The format on disk is `kit.yaml`, `guide/*.md`, `playbook.yaml`, `facts.yaml` (see `folder.py`). Unknown keys are refused:
a typo is a problem, not a line that is silently ignored.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from assistant.brands.parts import Example, Fact, Part
from assistant.brands.playbook import COMMENT_KINDS, Escalation, Play, Playbook
from assistant.briefs import Objective, Purpose
from assistant.messages import Language
from assistant.networks.catalogue import family

__all__ = [
    "COMMENT_KINDS",
    "SLOTS",
    "Account",
    "Address",
    "Correction",
    "Disclosure",
    "EmojiPolicy",
    "Escalation",
    "Example",
    "Fact",
    "Goal",
    "GuidePage",
    "HashtagPolicy",
    "Kit",
    "Level",
    "Line",
    "Mould",
    "Need",
    "OpenQuestion",
    "Part",
    "Pillar",
    "Play",
    "Playbook",
    "Slug",
    "Speaker",
    "Term",
    "Terms",
    "Trait",
    "Variant",
    "VoiceGuide",
]

Address = Literal["tu", "vous", "you", "none"]
Speaker = Literal["je", "on", "nous", "brand", "I", "we"]
Variant = Literal["fr-FR", "fr-CA", "fr-CH", "fr-BE", "en-GB", "en-US"]
Need = Literal[
    "link", "date", "hour", "place", "price", "question", "quotation", "first", "rest", "practical", "subject_sentence", "no_sad_news"
]
Level = Literal["high", "medium", "low"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
SLOTS = ("first", "rest", "practical", "subject_label", "subject_sentence", "link")
"""What a mould may hold in braces."""


class Account(Part):
    """One account of the brand on one network, and how it speaks there."""

    network: str
    handle: str = ""
    role: str = ""
    """What this account is for, in a few words."""
    address: Address = "none"
    """How readers are addressed; `you` in English, `none` when they are not."""
    speaker: Speaker = "brand"
    """Who speaks: « on », « nous », "we", or the brand in the third person."""
    language: Language | None = None
    """None: the brand's first language."""
    link_in_bio: bool = False
    """Links are not clickable in captions here; the account keeps them in its profile."""


class Trait(Part):
    """One attribute of the voice, shown rather than named."""

    name: str
    sounds_like: str = ""
    not_like: str = ""


class Correction(Part):
    """Words that are not the brand's, and what the brand would say."""

    wrong: str
    right: str
    why: str = ""


class VoiceGuide(Part):
    """The voice as its people describe it; the measured one is in `voice.py`."""

    we_are: tuple[Trait, ...] = ()
    we_are_not: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    corrections: tuple[Correction, ...] = ()


class Term(Part):
    """A word or phrase with its rule; matched as whole words, in any case, with or without accents."""

    term: str
    instead_of: tuple[str, ...] = ()
    """For preferred terms: the wordings that it replaces."""
    reason: str = ""
    alternative: str = ""


class Terms(Part):
    """What is said and what is not."""

    must: tuple[Term, ...] = ()
    """Spelled exactly like this whenever it appears (product names, capitals)."""
    preferred: tuple[Term, ...] = ()
    avoid: tuple[Term, ...] = ()
    never: tuple[Term, ...] = ()


class EmojiPolicy(Part):
    """Which emoji, how many."""

    max: Annotated[int, Field(ge=0, le=30)] = 3
    """At most this many in a text; 0 means none."""
    allowed: tuple[str, ...] = ()
    """Empty: any."""
    banned: tuple[str, ...] = ()


class HashtagPolicy(Part):
    """Which hashtags, how many."""

    brand: tuple[str, ...] = ()
    """The brand's own, with `#`; offered where the network likes hashtags."""
    campaign: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    max: dict[str, Annotated[int, Field(ge=0, le=30)]] = Field(default_factory=dict)
    """By network; where none is given the network's recommendation holds."""


class Line(Part):
    """A sentence the brand says again and again, typed or picked by its people, with the case it is for.

    It holds no perishable fact (no digit, date, « bientôt », promise): `folder.py` refuses one that does.
    """

    id: str
    text: str
    role: Literal["opening", "aside", "ask", "closing", "signature", "link_label"]
    language: Language | None = None
    purposes: tuple[Purpose, ...] = ()
    """Empty: any."""
    objectives: tuple[Objective, ...] = ()
    networks: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Words of which the brief must hold one ("crevaison", "pneu"); empty: any subject."""
    needs: tuple[Need, ...] = ()
    until: date | None = None
    rest: Annotated[int, Field(ge=0, le=100)] = 10
    """Drafts of the same account that must lie between two uses."""


class Mould(Part):
    """Two to five lines of the brand with slots, for one purpose and one kind of thing."""

    id: str
    name: str
    lines: Annotated[tuple[str, ...], Field(min_length=1, max_length=6)]
    """Slots: `{first} {rest} {practical} {subject_label} {subject_sentence} {link}`, each alone or at a line's end."""
    language: Language | None = None
    purposes: tuple[Purpose, ...] = ()
    networks: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    until: date | None = None
    rest: Annotated[int, Field(ge=0, le=100)] = 10


class Pillar(Part):
    """A theme the brand comes back to."""

    name: str
    idea: str = ""
    when: str = ""
    example: str = ""


class Goal(Part):
    """What is to be reached, and how one will know."""

    indicator: str
    target: str
    period: str = ""


class Disclosure(Part):
    """A mention that must be there in a given case."""

    when: str
    text: str


class OpenQuestion(Part):
    """What the kit does not know yet, with a recommendation to accept or change."""

    id: str
    about: str
    """The part of the kit: `voice`, `terms`, `accounts.instagram.address`, ..."""
    question: str
    recommendation: str = ""


class GuidePage(Part):
    """One page of the voice guide, as people wrote it (Markdown)."""

    name: str
    text: str


class Kit(Part):
    """Everything a brand has told us about itself."""

    slug: Slug
    name: Annotated[str, Field(min_length=1, max_length=120)]
    fictional: bool = False
    description: str = ""
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#5B5F97"
    time_zone: str = "Europe/Paris"
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    """The first one is the brand's main language."""
    variants: tuple[Variant, ...] = ()
    """House rules of typography and spelling, one per language at most."""
    audience: str = ""
    goals: tuple[Goal, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    accounts: tuple[Account, ...] = ()
    voice: VoiceGuide = VoiceGuide()
    terms: Terms = Terms()
    emoji: EmojiPolicy = EmojiPolicy()
    hashtags: HashtagPolicy = HashtagPolicy()
    inclusive: Literal["epicene", "doublets", "median-dot", "masculine", "none"] = "none"
    marks: tuple[str, ...] = ()
    """Names, products and handles that belong to this brand alone: in another brand's draft they are an error."""
    competitors: tuple[str, ...] = ()
    """Not to be named."""
    lines: tuple[Line, ...] = ()
    moulds: tuple[Mould, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    legal_notes: tuple[str, ...] = ()
    tolerated: tuple[str, ...] = ()
    """Ids of remarks and warnings that this brand does not want to hear; an error is heard all the same."""
    models: Literal["any", "local", "none"] = "any"
    """Which models may be asked for this brand: any that is connected, only one on this machine, or none."""
    confidence: dict[str, Level] = Field(default_factory=dict)
    open_questions: tuple[OpenQuestion, ...] = ()
    guide: tuple[GuidePage, ...] = ()
    playbook: Playbook = Playbook()
    facts: tuple[Fact, ...] = ()
    version: str = ""
    """The hash of the files it was read from."""

    @property
    def language(self) -> Language:
        """The brand's main language."""
        return self.languages[0]

    def account(self, network: str) -> Account | None:
        """The brand's account on `network`, or None. `x-premium` is the `x` account and the other way round."""
        return next((a for a in self.accounts if family(a.network) == family(network)), None)

    def variant(self, language: Language) -> Variant:
        """The house variant for `language`."""
        default: Variant = "fr-FR" if language == "fr" else "en-GB"
        return next((v for v in self.variants if v.startswith(language)), default)

    def facts_on(self, day: date) -> tuple[Fact, ...]:
        """What may be stated for `day`."""
        return tuple(f for f in self.facts if f.holds_on(day))

    def own_marks(self) -> tuple[str, ...]:
        """Everything that gives this brand away: its name, marks, brand hashtags and handles."""
        handles = (a.handle for a in self.accounts if a.handle)
        return tuple(dict.fromkeys((self.name, *self.marks, *self.hashtags.brand, *self.hashtags.campaign, *handles)))
