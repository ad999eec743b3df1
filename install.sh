#!/bin/sh
# Installs the pinned list "$1" and Plume itself into .venv: by uv where it can be had, else by pip without resolving anything.
set -eu
bin=.venv/bin
if command -v uv >/dev/null 2>&1 || "$bin/python" -m pip install -q --disable-pip-version-check uv==0.13.9; then
    uv=$(command -v uv || echo "$bin/uv")
    "$uv" pip install -q --python "$bin/python" --require-hashes --no-deps -r "$1"
    "$uv" pip install -q --python "$bin/python" --no-deps -e .
else
    echo "uv could not be installed; pip takes a few minutes." >&2
    "$bin/python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r "$1"
    "$bin/python" -m pip install -q --disable-pip-version-check --no-deps -e .
fi
