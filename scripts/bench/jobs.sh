# shellcheck shell=bash
# Jobs: how many a worker does, and how soon one that comes alone starts. Read by scripts/bench.sh.

measure_jobs() {
    local socket round rate p50 p99 answer
    echo
    echo "Jobs, the worker on processor $measured_cpu beside the database, $job_rounds rounds, each on a new database:"
    for ((round = 1; round <= job_rounds; round++)); do
        make_database "jobs$round"
        answer=$(on_cpu "$measured_cpu" .build/release/Benchmarks jobs \
            --database "host=$socket user=plinth dbname=jobs$round")
        read -r rate p50 p99 <<<"$answer"
        [ -n "$p99" ] || die "A measurement gave no number."
        printf '  round %d   %8d jobs/s   start p50 %s ms, p99 %s ms\n' "$round" "$rate" "$p50" "$p99"
        echo "$rate" >>"$work/jobs.rates"
        echo "$p50" >>"$work/jobs.p50"
    done
    rate=$(median <"$work/jobs.rates")
    p50=$(median <"$work/jobs.p50")
    printf '  median    %8d jobs/s (goal %s: %s)   start p50 %s ms (goal %s: %s)\n' \
        "$rate" "$jobs_goal" "$(verdict "$rate" "$jobs_goal")" \
        "$p50" "$job_start_goal" "$(verdict "$job_start_goal" "$p50")"
}
