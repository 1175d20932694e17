#!/usr/bin/env bash
# Measures on this machine, side by side and in turns, and prints medians and ratios:
#
#   selects    prepared selects through PostgresClient beside pgbench, on the same table of the same server
#   requests   GET /api/v1/users/me beside the "hello" of a bare Hummingbird
#   jobs       trivial jobs from enqueueing to being settled, by one worker, and the time until one that comes alone starts
#   logins     POST /api/v1/auth/login beside libargon2 in a loop; GET /users/me while logins use 80 % of the hashing; three
#              times more logins than can be hashed
#
#   scripts/bench.sh [selects|requests|jobs|logins]   all by default
#
# What is measured has the first processor for itself; wrk, which asks, has the last; PostgreSQL runs where it likes. The
# part `logins` places them otherwise, and says how.
# Brings its own PostgreSQL in a temporary directory and leaves nothing behind. About four minutes once built.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly rounds=9 seconds=2
readonly hello_port=8090 server_port=8091
readonly api="http://127.0.0.1:$server_port/api/v1"
readonly wrk_connections=64 pgbench_clients=10
readonly longest_command=60 longest_start=60 longest_stop=30 # seconds
readonly job_rounds=5
readonly login_rounds=5 login_seconds=5 login_accounts=32 logins_at_once=4
# Parts of what can be hashed.
readonly usual_logins=0.8 flood=3 flood_seconds=10
readonly password="quartz lantern ferry"
# Ratios; jobs a second and milliseconds.
readonly selects_goal=1.0 requests_goal=0.45 jobs_goal=5000 job_start_goal=10
readonly logins_goal=0.95 beside_logins_goal=0.90 flood_goal=0.90 longest_login_goal=2000

case "${1:-all}" in
    all | selects | requests | jobs | logins) readonly part=${1:-all} ;;
    *)
        echo "usage: $0 [selects|requests|jobs|logins]" >&2
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

stop_all() {
    local pid
    for pid in ${started[@]+"${started[@]}"}; do stop "$pid"; done
    started=()
    # A server that had to be killed leaves its PostgreSQL running.
    if [ -f "$work/data/postgres/postmaster.pid" ]; then
        kill -QUIT "$(head -n 1 "$work/data/postgres/postmaster.pid")" 2>/dev/null || true
        sleep 1
    fi
}

cleanup() {
    stop_all
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

# The threads of the server that hash passwords; its others stay where they are.
move_hashing_to_cpu() {
    local thread moved=no
    for thread in "/proc/$server/task"/*; do
        if [ "$(cat "$thread/comm" 2>/dev/null)" = hashing ]; then
            taskset -c -p "$1" "${thread##*/}" >/dev/null
            moved=yes
        fi
    done
    [ "$moved" = yes ] || die "The server has no thread of the name hashing."
}

# PostgreSQL with all its processes. Those that it starts later stay there too.
move_database_to_cpu() {
    local postmaster pid children
    postmaster=$(head -n 1 "$work/data/postgres/postmaster.pid")
    move_to_cpu "$1" "$postmaster"
    children=$(cat "/proc/$postmaster/task/$postmaster/children")
    # One may have ended meanwhile.
    for pid in $children; do move_to_cpu "$1" "$pid" 2>/dev/null || true; done
}

# --- Numbers, one a line ---

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }
# The ratio printed at the end is the median of the rounds' ratios: what the machine does meanwhile slows both of a round.
ratio() { awk -v one="$1" -v other="$2" 'BEGIN { printf "%.2f\n", one / other }'; }
product() { awk -v one="$1" -v other="$2" 'BEGIN { printf "%.2f\n", one * other }'; }
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

# start_server [COMMAND…]: by way of that command.
start_server() {
    require_free "$server_port"
    "$@" .build/release/Server serve --port "$server_port" --data-dir "$work/data" \
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

# register EMAIL [CLIENT-ADDRESS]: opens an account and prints an access token, which is good for five minutes.
register() {
    local answer token
    # Without Sec-Fetch-Site the tokens come in the body.
    answer=$(curl --silent --show-error --max-time 10 --header 'Content-Type: application/json' \
        ${2:+--header "X-Forwarded-For: $2"} --data \
        '{"email":"'"$1"'","password":"'"$password"'","first_name":"Ada","last_name":"Lovelace"}' \
        "$api/auth/register")
    token=$(sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p' <<<"$answer")
    [ -n "$token" ] || die "Registering gave no access token: $answer"
    echo "$token"
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

# load CPU SECONDS URL [HEADER]: wrk there; prints requests a second and the 99th percentile in milliseconds; ends the
# script when an answer is no 2xx or is missing.
load() {
    local cpu=$1 duration=$2 url=$3 output="$work/wrk.out"
    shift 3
    on_cpu "$cpu" wrk -t1 -c"$wrk_connections" -d"${duration}s" --latency ${1:+-H "$1"} "$url" >"$output"
    if grep -E 'Non-2xx|Socket errors' "$output" >&2; then die "Not every answer of $url was good."; fi
    awk '
        $1 == "99%" { ms = $2 + 0; if ($2 ~ /us$/) ms /= 1000; else if ($2 ~ /[0-9]s$/) ms *= 1000 }
        $1 == "Requests/sec:" { rate = $2 }
        END { if (!rate) exit 1; printf "%d %.2f\n", rate, ms }
    ' "$output" || die "wrk gave no number for $url."
}

measure_requests() {
    local hello="http://127.0.0.1:$hello_port/hello"
    local answer token round one one_p99 other other_p99
    token=$(register bench@example.com)

    echo
    echo "Requests a second, the server on processor $measured_cpu, wrk with $wrk_connections connections on" \
        "processor $asking_cpu, $rounds rounds of $seconds s:"
    # The first second warms up: it is not counted.
    load "$asking_cpu" 1 "$hello" >/dev/null
    load "$asking_cpu" 1 "$api/users/me" "Authorization: Bearer $token" >/dev/null
    for ((round = 1; round <= rounds; round++)); do
        answer=$(load "$asking_cpu" "$seconds" "$hello")
        read -r one one_p99 <<<"$answer"
        answer=$(load "$asking_cpu" "$seconds" "$api/users/me" "Authorization: Bearer $token")
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

# --- Logins ---

# logins OPTION…: signs in from the last processor and prints: successes a second, successes, refusals (503 with
# Retry-After), other answers, and in milliseconds the median of the successes and the longest of all.
logins() { on_cpu "$asking_cpu" "${login_command[@]}" "$@" || die "Logins could not be offered."; }

# One thread hashes: the server is started as on a machine that has only these two processors. It counts 198.18.0.N as
# the client's address, so that no limit of tries from one address is met.
measure_logins() {
    local account capacity
    local login_command=(.build/release/Benchmarks logins --url "$api/auth/login" --accounts "$login_accounts"
        --password "$password")
    echo
    if ! command -v taskset >/dev/null; then
        echo "Logins are not measured: without taskset nothing says where passwords are hashed."
        return
    fi
    stop_all
    rm -rf "$work/data"
    start_server env PLINTH_TRUSTED_PROXIES=127.0.0.1 taskset -c "$measured_cpu,$asking_cpu"
    for ((account = 1; account <= login_accounts; account++)); do
        register "login-$account@example.com" "198.18.0.$account" >/dev/null
    done
    measure_login_rate
    if [ "$measured_cpu" = "$asking_cpu" ]; then
        echo "Requests beside logins are not measured: that takes a second processor."
    else
        measure_requests_beside_logins
    fi
    measure_flood
}

# Sets `capacity`. The server with its hashing has the first processor, libargon2 in its turn the same; PostgreSQL and
# what asks have the last.
measure_login_rate() {
    local round answer one other good refused odd median
    move_database_to_cpu "$asking_cpu"
    echo "Logins a second, the server and its one thread that hashes on processor $measured_cpu, $logins_at_once callers and" \
        "PostgreSQL on processor $asking_cpu, $login_rounds rounds of $login_seconds s:"
    logins --at-once "$logins_at_once" --seconds 1 >/dev/null
    for ((round = 1; round <= login_rounds; round++)); do
        one=$(on_cpu "$measured_cpu" .build/release/Benchmarks argon2 --seconds "$login_seconds")
        answer=$(logins --at-once "$logins_at_once" --seconds "$login_seconds")
        read -r other good refused odd median _ <<<"$answer"
        if [ "$refused" != 0 ] || [ "$odd" != 0 ]; then
            die "Of logins $good were good, $refused refused and $odd answered otherwise."
        fi
        printf '  round %d   libargon2 %8.2f   logins %8.2f (median %s ms)\n' "$round" "$one" "$other" "$median"
        echo "$one" >>"$work/argon2.rates"
        echo "$other" >>"$work/logins.rates"
        ratio "$other" "$one" >>"$work/logins.ratios"
    done
    capacity=$(median <"$work/logins.rates")
    printf '  median    libargon2 %8.2f   logins %8.2f   ratio %s (goal %s: %s)\n' \
        "$(median <"$work/argon2.rates")" "$capacity" \
        "$(median <"$work/logins.ratios")" "$logins_goal" "$(verdict "$(median <"$work/logins.ratios")" "$logins_goal")"
}

# All that GET /users/me passes through (the server, PostgreSQL, and wrk, which leaves none of it idle) is on the first
# processor in both halves of a round. The thread that hashes and what offers the logins have the last for themselves. So
# what logins cost requests is what they take besides hashing, and what hashing takes of caches and memory. With wrk or
# PostgreSQL beside the hashing it would be measured how they get on without that processor.
measure_requests_beside_logins() {
    local token rate round answer one one_p99 other other_p99 offering logged_in refused odd
    move_database_to_cpu "$measured_cpu"
    move_hashing_to_cpu "$asking_cpu"
    token=$(register bench@example.com)
    rate=$(product "$capacity" "$usual_logins")
    echo
    echo "Requests a second alone and beside $rate logins a second, the server, PostgreSQL and wrk with $wrk_connections" \
        "connections on processor $measured_cpu, hashing and what logs in on processor $asking_cpu, $login_rounds rounds of" \
        "$login_seconds s:"
    load "$measured_cpu" 1 "$api/users/me" "Authorization: Bearer $token" >/dev/null
    for ((round = 1; round <= login_rounds; round++)); do
        answer=$(load "$measured_cpu" "$login_seconds" "$api/users/me" "Authorization: Bearer $token")
        read -r one one_p99 <<<"$answer"
        # From a second before to a second after. Not through a function: cleaning up has to find the process itself.
        taskset -c "$asking_cpu" timeout "$longest_command" "${login_command[@]}" --rate "$rate" \
            --seconds $((login_seconds + 2)) >"$work/logins.out" &
        offering=$!
        started+=("$offering")
        sleep 1
        answer=$(load "$measured_cpu" "$login_seconds" "$api/users/me" "Authorization: Bearer $token")
        read -r other other_p99 <<<"$answer"
        wait "$offering" || die "Logins could not be offered."
        unset 'started[-1]'
        read -r logged_in _ refused odd _ <"$work/logins.out"
        [ "$odd" = 0 ] || die "$odd logins were neither good nor refused."
        printf '  round %d   alone %8d (p99 %s ms)   beside logins %8d (p99 %s ms; %s logged in a second, %s refused)\n' \
            "$round" "$one" "$one_p99" "$other" "$other_p99" "$logged_in" "$refused"
        echo "$one" >>"$work/alone.rates"
        echo "$one_p99" >>"$work/alone.p99"
        echo "$other" >>"$work/beside.rates"
        echo "$other_p99" >>"$work/beside.p99"
        ratio "$other" "$one" >>"$work/beside.ratios"
    done
    printf '  median    alone %8d (p99 %s ms)   beside logins %8d (p99 %s ms)   ratio %s (goal %s: %s)\n' \
        "$(median <"$work/alone.rates")" "$(median <"$work/alone.p99")" \
        "$(median <"$work/beside.rates")" "$(median <"$work/beside.p99")" \
        "$(median <"$work/beside.ratios")" "$beside_logins_goal" \
        "$(verdict "$(median <"$work/beside.ratios")" "$beside_logins_goal")"
}

# Placed as for the capacity.
measure_flood() {
    local rate answer logged_in good refused odd longest part_of_capacity
    move_database_to_cpu "$asking_cpu"
    move_to_cpu "$measured_cpu" "$server"
    rate=$(product "$capacity" "$flood")
    echo
    echo "$rate logins a second, $flood times what can be hashed, the server on processor $measured_cpu, for $flood_seconds s:"
    answer=$(logins --rate "$rate" --seconds "$flood_seconds")
    read -r logged_in good refused odd _ longest <<<"$answer"
    part_of_capacity=$(ratio "$logged_in" "$capacity")
    printf '  logged in %s a second, ratio %s (goal %s: %s); %d of %d refused with 503 and Retry-After\n' \
        "$logged_in" "$part_of_capacity" "$flood_goal" "$(verdict "$part_of_capacity" "$flood_goal")" \
        "$refused" $((good + refused + odd))
    printf '  answered otherwise %d (goal 0: %s); longest answer %s ms (goal %s: %s)\n' "$odd" "$(verdict 0 "$odd")" \
        "$longest" "$longest_login_goal" "$(verdict "$longest_login_goal" "$longest")"
}

scripts/install-dependencies.sh --bench
echo "Building for release. The first such build takes some minutes."
swift build -c release --product Benchmarks
swift build -c release --product Server

if [ -r /proc/loadavg ]; then
    read -r load_average _ </proc/loadavg
    echo "$(getconf _NPROCESSORS_ONLN) processors; load before: $load_average, where more than a little spoils the figures."
fi
if [ "$part" != logins ]; then start_server; fi
case "$part" in all | selects) measure_selects ;; esac
case "$part" in all | requests)
    start_hello
    measure_requests
    ;;
esac
case "$part" in all | jobs) measure_jobs ;; esac
case "$part" in all | logins) measure_logins ;; esac
