"""Plume: the drafting desk of community managers. It drafts, a person decides; it publishes nothing."""

__version__ = "0.1.0"
