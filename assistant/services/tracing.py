"""Nothing of a prompt goes to a tracing service, whatever the environment of this machine says."""

import os

VARIABLES = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
"""What LangChain's libraries look at (langsmith.utils.tracing_is_enabled); a set variable sends whole prompts to LangSmith."""


def keep_prompts_here() -> None:
    """Turn tracing off for this process, before one of these libraries is imported."""
    for name in VARIABLES:
        os.environ[name] = "false"
