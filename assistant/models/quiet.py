"""The libraries under the adapter log nothing below a warning: at DEBUG some print what is sent, and users' logs are not for prompts."""

import logging

FAMILIES = ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "langchain", "langchain_core", "langchain_openai", "langsmith")


class _OnlyWarnings(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING


ONLY_WARNINGS = _OnlyWarnings()


def hush() -> None:
    """Puts the filter on every logger of these libraries that exists, once they are imported; no level undoes it."""
    for name in (*FAMILIES, *logging.Logger.manager.loggerDict):
        if name.split(".")[0] in FAMILIES:
            logger = logging.getLogger(name)
            if ONLY_WARNINGS not in logger.filters:
                logger.addFilter(ONLY_WARNINGS)
