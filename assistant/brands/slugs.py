"""A brand's identifier from its name."""

from slugify import slugify

LONGEST = 60


def slug_of(name: str) -> str:
    """ASCII letters, digits and single hyphens, 60 characters at most; « Marque Été & Cie » gives `marque-ete-cie`."""
    return slugify(name, max_length=LONGEST, word_boundary=True) or "brand"
