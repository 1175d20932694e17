#!/usr/bin/env bash
# Runs the tests of every module, one module after the other: each runs its tests in parallel, and those that measure
# time or start servers have the machine to themselves. What failed is told again at the end, where it is looked for.
#
#   scripts/test-modules.sh [OPTION…]     options of `swift test`, such as how many tests run at once
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

logs=.build/test-logs
rm -rf "$logs"
mkdir -p "$logs"

failed=()
for module in Tests/*Tests; do
    module=$(basename "$module")
    printf '== %s\n' "$module"
    swift test --skip-build --disable-xctest "$@" --filter "^$module\\." 2>&1 | tee "$logs/$module.log" ||
        failed+=("$module")
done

[ "${#failed[@]}" -eq 0 ] && exit 0
for module in "${failed[@]}"; do
    printf '\n== %s: what failed (all of it in %s)\n' "$module" "$logs/$module.log"
    # An issue is a line that starts with a cross and the lines that explain it; a crash is the end of the log.
    grep -A 3 -E '^✘|Fatal error|^error:' "$logs/$module.log" | grep -v -E '^(◇|✔)' | cut -c 1-600 | head -60 ||
        tail -20 "$logs/$module.log"
done
printf '\nFailed: %s\n' "${failed[*]}"
exit 1
