"""HOW GOOD the texts are: a suite of briefs, figures over what was made of them, a list for readers, their sheets read back in."""
