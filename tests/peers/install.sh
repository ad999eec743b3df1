#!/bin/sh
# The public peer of the model tests, beside the environment and not in the tree. Where there is no Node.js 20 the tests that need it say so.
set -eu
folder="$1"
version="$(node --version 2>/dev/null || echo v0)"
major="${version#v}"
if [ "${major%%.*}" -lt 20 ] || ! command -v npm >/dev/null 2>&1; then
    echo "No Node.js 20 here: the tests against aimock will be skipped." >&2
    exit 0
fi
mkdir -p "$folder"
cp "$(dirname "$0")/package.json" "$folder/"
npm install --prefix "$folder" --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error
