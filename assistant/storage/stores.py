"""All stores of one database, each made when it is first asked for, so that importing this costs nothing."""

from functools import cached_property
from typing import TYPE_CHECKING

from assistant.storage.database import Database

if TYPE_CHECKING:
    from assistant.storage.audit import Audit
    from assistant.storage.brands import Brands, Kits
    from assistant.storage.briefs import Briefs
    from assistant.storage.comments import Comments
    from assistant.storage.drafts import Drafts
    from assistant.storage.exports import Exports
    from assistant.storage.model_calls import ModelCalls
    from assistant.storage.notes import Notes
    from assistant.storage.people import People, Silences
    from assistant.storage.posts import Posts


class Stores:
    """One store per noun. Several of their writes inside one `database.writing()` are one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @cached_property
    def brands(self) -> "Brands":
        """Brands by slug and opaque id."""
        from assistant.storage.brands import Brands

        return Brands(self.database)

    @cached_property
    def kits(self) -> "Kits":
        """Saved versions of the kits."""
        from assistant.storage.brands import Kits

        return Kits(self.database)

    @cached_property
    def posts(self) -> "Posts":
        """Published posts and their figures."""
        from assistant.storage.posts import Posts

        return Posts(self.database)

    @cached_property
    def comments(self) -> "Comments":
        """Comments under the posts."""
        from assistant.storage.comments import Comments

        return Comments(self.database)

    @cached_property
    def briefs(self) -> "Briefs":
        """Briefs, finished or not."""
        from assistant.storage.briefs import Briefs

        return Briefs(self.database)

    @cached_property
    def drafts(self) -> "Drafts":
        """The queue."""
        from assistant.storage.drafts import Drafts

        return Drafts(self.database)

    @cached_property
    def people(self) -> "People":
        """Who works here."""
        from assistant.storage.people import People

        return People(self.database)

    @cached_property
    def silences(self) -> "Silences":
        """Findings that brands have silenced."""
        from assistant.storage.people import Silences

        return Silences(self.database)

    @cached_property
    def exports(self) -> "Exports":
        """What left."""
        from assistant.storage.exports import Exports

        return Exports(self.database)

    @cached_property
    def audit(self) -> "Audit":
        """What was done by whom."""
        from assistant.storage.audit import Audit

        return Audit(self.database)

    @cached_property
    def notes(self) -> "Notes":
        """What the program keeps for itself."""
        from assistant.storage.notes import Notes

        return Notes(self.database)

    @cached_property
    def model_calls(self) -> "ModelCalls":
        """What was asked of models."""
        from assistant.storage.model_calls import ModelCalls

        return ModelCalls(self.database)
