# shellcheck shell=bash
# Prepared selects through PostgresClient beside pgbench. Read by scripts/bench.sh.

measure_selects() {
    local pgbench socket round one other
    pgbench=$(postgres_program pgbench)
    [ -n "$pgbench" ] || die "pgbench is missing: it comes with PostgreSQL."
    make_database bench
    "$pgbench" --host="$socket" --username=plinth --initialize --scale=1 --quiet bench >"$work/pgbench.log" 2>&1 ||
        die "pgbench could not make its table: $(tail -n 3 "$work/pgbench.log")"

    echo
    echo "Prepared selects a second, the client on processor $measured_cpu, $rounds rounds of $seconds s:"
    for ((round = 1; round <= rounds; round++)); do
        one=$(on_cpu "$measured_cpu" "$pgbench" --host="$socket" --username=plinth --select-only --protocol=prepared \
            --client="$pgbench_clients" --jobs=1 --time="$seconds" --no-vacuum bench 2>&1 | sed -n 's/^tps = \([0-9]*\).*/\1/p')
        other=$(on_cpu "$measured_cpu" .build/release/Benchmarks selects --seconds "$seconds" \
            --database "host=$socket user=plinth dbname=bench")
        if [ -z "$one" ] || [ -z "$other" ]; then die "A measurement gave no number."; fi
        printf '  round %d   pgbench %8d   PostgresClient %8d\n' "$round" "$one" "$other"
        echo "$one" >>"$work/pgbench.rates"
        echo "$other" >>"$work/client.rates"
        ratio "$other" "$one" >>"$work/selects.ratios"
    done
    one=$(median <"$work/pgbench.rates")
    other=$(median <"$work/client.rates")
    printf '  median    pgbench %8d   PostgresClient %8d   ratio %s (goal %s: %s)\n' "$one" "$other" \
        "$(median <"$work/selects.ratios")" "$selects_goal" "$(verdict "$(median <"$work/selects.ratios")" "$selects_goal")"
}
