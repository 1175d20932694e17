#!/usr/bin/env bash
# Measures on this machine, side by side and in turns, and prints medians and ratios:
#
#   selects    prepared selects through PostgresClient beside pgbench, on the same table of the same server
#   requests   GET /api/v1/users/me beside the "hello" of a bare Hummingbird
#   jobs       trivial jobs from enqueueing to being settled, by one worker, and the time until one that comes alone starts
#   teams      lists of teams, members and the audit log over a thousand rows and over a million; what row-level security costs
#   logins     POST /api/v1/auth/login beside libargon2 in a loop; GET /users/me while logins use 80 % of the hashing; three
#              times more logins than can be hashed
#
#   scripts/bench.sh [selects|requests|jobs|teams|logins]   all by default
#
# What is measured has the first processor for itself; wrk, which asks, has the last; PostgreSQL runs where it likes. The
# part `logins` places them otherwise, and says how.
# Brings its own PostgreSQL in a temporary directory and leaves nothing behind. About eight minutes once built.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly rounds=9 seconds=2
readonly hello_port=8090 server_port=8091
readonly api="http://127.0.0.1:$server_port/api/v1"
readonly wrk_connections=64 pgbench_clients=10
readonly longest_command=60 longest_start=60 longest_stop=30 # seconds
readonly job_rounds=5
readonly list_rounds=5 few_rows=1000 many_rows=1000000 large_port=8092
readonly login_rounds=5 login_seconds=5 login_accounts=32 logins_at_once=4
# Parts of what can be hashed.
readonly usual_logins=0.8 flood=3 flood_seconds=10
readonly password="quartz lantern ferry"
# Ratios; jobs a second and milliseconds.
readonly selects_goal=1.0 requests_goal=0.45 jobs_goal=5000 job_start_goal=10
# Times that many rows take, and row-level security, of what the others take.
readonly lists_goal=1.3 row_security_goal=1.15
readonly logins_goal=0.95 beside_logins_goal=0.90 flood_goal=0.90 longest_login_goal=2000

case "${1:-all}" in
    all | selects | requests | jobs | teams | logins) readonly part=${1:-all} ;;
    *)
        echo "usage: $0 [selects|requests|jobs|teams|logins]" >&2
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
    for pid in "$work"/*/postgres/postmaster.pid; do
        [ -f "$pid" ] || continue
        kill -QUIT "$(head -n 1 "$pid")" 2>/dev/null || true
        sleep 1
    done
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
within() { awk -v value="$1" -v goal="$2" 'BEGIN { print (value <= goal ? "reached" : "missed") }'; }
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

# start_server_at PORT DATA-DIRECTORY [COMMAND…]: by way of that command.
start_server_at() {
    local port=$1 data=$2
    shift 2
    require_free "$port"
    "$@" .build/release/Server serve --port "$port" --data-dir "$data" \
        --rate-limit-per-minute 100000000 --log-level error >"$work/Server.log" 2>&1 </dev/null &
    server=$!
    started+=("$server")
    wait_for "http://127.0.0.1:$port/health/ready" "$server" Server
    move_to_cpu "$measured_cpu" "$server"
}

start_server() { start_server_at "$server_port" "$work/data" "$@"; }

start_hello() {
    require_free "$hello_port"
    .build/release/Benchmarks hello --port "$hello_port" >"$work/hello.log" 2>&1 </dev/null &
    started+=("$!")
    wait_for "http://127.0.0.1:$hello_port/hello" "$!" hello
    move_to_cpu "$measured_cpu" "$!"
}

# register EMAIL [CLIENT-ADDRESS]: opens an account at $base ($api unless told) and prints an access token, good for five
# minutes.
register() {
    local answer token
    # Without Sec-Fetch-Site the tokens come in the body.
    answer=$(curl --silent --show-error --max-time 10 --header 'Content-Type: application/json' \
        ${2:+--header "X-Forwarded-For: $2"} --data \
        '{"email":"'"$1"'","password":"'"$password"'","first_name":"Ada","last_name":"Lovelace"}' \
        "${base:-$api}/auth/register")
    token=$(sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p' <<<"$answer")
    [ -n "$token" ] || die "Registering gave no access token: $answer"
    echo "$token"
}

# load CPU SECONDS URL [HEADER]: wrk there; prints requests a second, and in milliseconds the median and the 99th percentile;
# ends the script when an answer is no 2xx or is missing. $connections at once, $wrk_connections unless told.
load() {
    local cpu=$1 duration=$2 url=$3 output="$work/wrk.out"
    shift 3
    on_cpu "$cpu" wrk -t1 -c"${connections:-$wrk_connections}" -d"${duration}s" --latency ${1:+-H "$1"} "$url" >"$output"
    if grep -E 'Non-2xx|Socket errors' "$output" >&2; then die "Not every answer of $url was good."; fi
    awk '
        function milliseconds(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
        $1 == "50%" { p50 = milliseconds($2) }
        $1 == "99%" { p99 = milliseconds($2) }
        $1 == "Requests/sec:" { rate = $2 }
        END { if (!rate) exit 1; printf "%d %.3f %.2f\n", rate, p50, p99 }
    ' "$output" || die "wrk gave no number for $url."
}

# --- Databases of the server's PostgreSQL ---

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

# --- The parts, a file each ---

for file in scripts/bench/*.sh; do
    # shellcheck source=/dev/null
    source "$file"
done

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
case "$part" in all | teams) measure_teams ;; esac
case "$part" in all | logins) measure_logins ;; esac
