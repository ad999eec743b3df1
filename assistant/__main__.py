"""`python -m assistant` is `plume`."""

import signal

try:
    from assistant.cli import main
except KeyboardInterrupt:  # while Python was still reading us: there is nothing to keep, and nobody to say it yet
    raise SystemExit(128 + signal.SIGINT) from None

main()
