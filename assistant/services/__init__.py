"""build(settings) -> Services: the only place where the parts meet, and where the clock and chance come in."""

from assistant.services.build import build
from assistant.services.desk import Services, Verdict

__all__ = ["Services", "Verdict", "build"]
