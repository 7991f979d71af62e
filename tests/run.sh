#!/bin/sh
# Sets up, builds and runs every test. Arguments go to ctest, for example: sh tests/run.sh -L unit
set -eu
exec </dev/null
cd "$(dirname "$0")/.."

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

sh cmake/setup.sh --with-tests
cmake --preset dev
cmake --build build/dev --parallel "$jobs"
exec ctest --test-dir build/dev --output-on-failure -j2 "$@"
