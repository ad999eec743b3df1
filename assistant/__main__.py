"""`python -m assistant` is `plume`."""

from assistant.cli import main

main()
