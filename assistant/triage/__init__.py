"""The rules that read a comment: language, tone, kind, severity. No model, no chance: the same words give the same answer."""

from assistant.triage.triage import triage

__all__ = ["triage"]
