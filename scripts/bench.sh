#!/usr/bin/env bash
# Measures on this machine, side by side and in turns, and prints medians and ratios:
#
#   selects    prepared selects through PostgresClient beside pgbench, on the same table of the same server
#   requests   GET /api/v1/users/me beside the "hello" of a bare Hummingbird
#   jobs       trivial jobs from enqueueing to being settled, by one worker, and the time until one that comes alone starts
#
#   scripts/bench.sh [selects|requests|jobs]   all by default
#
# What is measured has the first processor for itself; wrk, which asks, has the last; PostgreSQL runs where it likes.
# Brings its own PostgreSQL in a temporary directory and leaves nothing behind. About two minutes once built.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly rounds=9 seconds=2
readonly hello_port=8090 server_port=8091
readonly wrk_connections=64 pgbench_clients=10
readonly longest_command=60 longest_start=60 longest_stop=30 # seconds
readonly job_rounds=5
# Ratios; jobs a second and milliseconds.
readonly selects_goal=1.0 requests_goal=0.45 jobs_goal=5000 job_start_goal=10

case "${1:-all}" in
    all | selects | requests | jobs) readonly part=${1:-all} ;;
    *)
        echo "usage: $0 [selects|requests|jobs]" >&2
        exit 2
        ;;
esac

die() {
    echo "$*" >&2
    exit 1
}

# --- What is started here is stopped here, by its process id ---

started=()
work=$(mktemp -d)
# PostgreSQL does not run as root, and its user has to get in.
chmod 711 "$work"

stop() {
    local pid=$1 waited=0
    kill -TERM "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null && ((waited < longest_stop * 10)); do
        sleep 0.1
        waited=$((waited + 1))
    done
    kill -KILL "$pid" 2>/dev/null || true
}

cleanup() {
    local pid
    for pid in ${started[@]+"${started[@]}"}; do stop "$pid"; done
    # A server that had to be killed leaves its PostgreSQL running.
    if [ -f "$work/data/postgres/postmaster.pid" ]; then
        kill -QUIT "$(head -n 1 "$work/data/postgres/postmaster.pid")" 2>/dev/null || true
        sleep 1
    fi
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- Processors ---

readonly measured_cpu=0
asking_cpu=$(($(getconf _NPROCESSORS_ONLN) - 1))
readonly asking_cpu

# on_cpu NUMBER COMMAND…: on that processor only, where the system can do it, and not for ever.
on_cpu() {
    local cpu=$1
    shift
    if command -v timeout >/dev/null; then set -- timeout --foreground "$longest_command" "$@"; fi
    if command -v taskset >/dev/null; then set -- taskset -c "$cpu" "$@"; fi
    "$@"
}

# A running process with all its threads. The processes it has started stay where they are.
move_to_cpu() {
    if command -v taskset >/dev/null; then taskset -a -c -p "$1" "$2" >/dev/null; fi
}

# --- Numbers, one a line ---

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }
# The ratio printed at the end is the median of the rounds' ratios: what the machine does meanwhile slows both of a round.
ratio() { awk -v one="$1" -v other="$2" 'BEGIN { printf "%.2f\n", one / other }'; }
verdict() { awk -v ratio="$1" -v goal="$2" 'BEGIN { print (ratio >= goal ? "reached" : "missed") }'; }

# --- Servers ---

# wait_for URL PID NAME: until it answers 200.
wait_for() {
    local deadline=$((SECONDS + longest_start))
    until curl --silent --fail --max-time 2 --output /dev/null "$1"; do
        kill -0 "$2" 2>/dev/null || die "$3 ended before it answered: $(tail -n 5 "$work/$3.log")"
        ((SECONDS < deadline)) || die "$3 did not answer within $longest_start s: $(tail -n 5 "$work/$3.log")"
        sleep 0.2
    done
}

require_free() {
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
        die "Something listens on port $1 of 127.0.0.1, which the measurement needs: stop it first."
    fi
}

start_server() {
    require_free "$server_port"
    .build/release/Server serve --port "$server_port" --data-dir "$work/data" \
        --rate-limit-per-minute 100000000 --log-level error >"$work/Server.log" 2>&1 </dev/null &
    server=$!
    started+=("$server")
    wait_for "http://127.0.0.1:$server_port/health/ready" "$server" Server
    move_to_cpu "$measured_cpu" "$server"
}

start_hello() {
    require_free "$hello_port"
    .build/release/Benchmarks hello --port "$hello_port" >"$work/hello.log" 2>&1 </dev/null &
    started+=("$!")
    wait_for "http://127.0.0.1:$hello_port/hello" "$!" hello
    move_to_cpu "$measured_cpu" "$!"
}

# --- Prepared selects ---

# A program of PostgreSQL's: Debian keeps them out of the PATH.
postgres_program() {
    command -v "$1" || find /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
        -name "$1" 2>/dev/null | sort -V | tail -n 1
}

# make_database NAME
make_database() {
    local createdb
    createdb=$(postgres_program createdb)
    [ -n "$createdb" ] || die "createdb is missing: it comes with PostgreSQL."
    # The fifth line of this file is the directory of the socket.
    socket=$(sed -n 5p "$work/data/postgres/postmaster.pid")
    "$createdb" --host="$socket" --username=plinth "$1"
}

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

# --- Requests ---

# load SECONDS URL [HEADER]: prints requests a second and the 99th percentile in milliseconds; ends the script when an
# answer is no 2xx or is missing.
load() {
    local duration=$1 url=$2 output="$work/wrk.out"
    shift 2
    on_cpu "$asking_cpu" wrk -t1 -c"$wrk_connections" -d"${duration}s" --latency ${1:+-H "$1"} "$url" >"$output"
    if grep -E 'Non-2xx|Socket errors' "$output" >&2; then die "Not every answer of $url was good."; fi
    awk '
        $1 == "99%" { ms = $2 + 0; if ($2 ~ /us$/) ms /= 1000; else if ($2 ~ /[0-9]s$/) ms *= 1000 }
        $1 == "Requests/sec:" { rate = $2 }
        END { if (!rate) exit 1; printf "%d %.2f\n", rate, ms }
    ' "$output" || die "wrk gave no number for $url."
}

measure_requests() {
    local api="http://127.0.0.1:$server_port/api/v1" hello="http://127.0.0.1:$hello_port/hello"
    local answer token round one one_p99 other other_p99
    # Without Sec-Fetch-Site the tokens come in the body. The access token is good for five minutes, longer than this.
    answer=$(curl --silent --show-error --max-time 10 --header 'Content-Type: application/json' --data \
        '{"email":"bench@example.com","password":"quartz lantern ferry","first_name":"Ada","last_name":"Lovelace"}' \
        "$api/auth/register")
    token=$(sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p' <<<"$answer")
    [ -n "$token" ] || die "Registering gave no access token: $answer"

    echo
    echo "Requests a second, the server on processor $measured_cpu, wrk with $wrk_connections connections on" \
        "processor $asking_cpu, $rounds rounds of $seconds s:"
    # The first second warms up: it is not counted.
    load 1 "$hello" >/dev/null
    load 1 "$api/users/me" "Authorization: Bearer $token" >/dev/null
    for ((round = 1; round <= rounds; round++)); do
        answer=$(load "$seconds" "$hello")
        read -r one one_p99 <<<"$answer"
        answer=$(load "$seconds" "$api/users/me" "Authorization: Bearer $token")
        read -r other other_p99 <<<"$answer"
        printf '  round %d   hello %8d (p99 %s ms)   /users/me %8d (p99 %s ms)\n' \
            "$round" "$one" "$one_p99" "$other" "$other_p99"
        echo "$one" >>"$work/hello.rates"
        echo "$one_p99" >>"$work/hello.p99"
        echo "$other" >>"$work/me.rates"
        ratio "$other" "$one" >>"$work/requests.ratios"
        echo "$other_p99" >>"$work/me.p99"
    done
    one=$(median <"$work/hello.rates")
    other=$(median <"$work/me.rates")
    printf '  median    hello %8d (p99 %s ms)   /users/me %8d (p99 %s ms)   ratio %s (goal %s: %s)\n' \
        "$one" "$(median <"$work/hello.p99")" "$other" "$(median <"$work/me.p99")" \
        "$(median <"$work/requests.ratios")" "$requests_goal" \
        "$(verdict "$(median <"$work/requests.ratios")" "$requests_goal")"
}

# --- Jobs ---

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

scripts/install-dependencies.sh --bench
echo "Building for release. The first such build takes some minutes."
swift build -c release --product Benchmarks
swift build -c release --product Server

if [ -r /proc/loadavg ]; then
    read -r load_average _ </proc/loadavg
    echo "$(getconf _NPROCESSORS_ONLN) processors; load before: $load_average, where more than a little spoils the figures."
fi
start_server
case "$part" in all | selects) measure_selects ;; esac
case "$part" in all | requests)
    start_hello
    measure_requests
    ;;
esac
case "$part" in all | jobs) measure_jobs ;; esac
