"""Why the system will not read or write a file, in the reader's language."""

import errno

from assistant.errors import AssistantError
from assistant.messages import Message

CAUSES = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EISDIR: "folder",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EEXIST: "taken",
    errno.ENAMETOOLONG: "name",
    errno.EINVAL: "name",
}
"""What the system complains of, as `cause.*` says it in the reader's language."""


def cause(error: OSError | ValueError) -> Message | str:
    """Why a file cannot be read or written, in words; as the system says it where we have none."""
    if isinstance(error, OSError):
        known = CAUSES.get(error.errno or 0)
        return Message(f"cause.{known}") if known else error.strerror or type(error).__name__
    return Message("cause.name")  # a NUL in a path


def in_words(error: AssistantError) -> Message:
    """The message of `error`; where a system's complaint is behind it, its reason is said as ours are."""
    behind = error.__cause__
    if isinstance(behind, OSError) and "reason" in error.values:
        return Message(error.id, {**error.values, "reason": cause(behind)})
    return error.message
