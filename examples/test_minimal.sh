#!/bin/sh
# The smallest host finds the divergences of the shipped pair, and none between a snapshot and
# itself.
set -u
minimal=${DIVERGE_BUILD:?}/examples/minimal
pair=${DIVERGE_SOURCE:?}/examples/phase-b

found=$("$minimal" phase-b "$pair/canary" "$pair/ours") || exit 1
case $found in
*': 0 divergences in '*) echo "no divergence was found in the pair"; exit 1 ;;
*' divergences in '*) ;;
*) echo "no verdict: $found"; exit 1 ;;
esac

same=$("$minimal" phase-b "$pair/canary" "$pair/canary") || exit 1
case $same in
*'the same: 0 divergences in '*) ;;
*) echo "a snapshot differs from itself: $same"; exit 1 ;;
esac

if "$minimal" phase-b "$pair/canary" "$pair/absent" 2>/dev/null; then
    echo "a snapshot that is not there gave a verdict"
    exit 1
fi
echo "minimal: pair, identity and absence"
