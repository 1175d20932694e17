# shellcheck shell=bash
# Teams: what their lists cost as data grows, and what row-level security costs. Read by scripts/bench.sh.

# in_database DATA-DIRECTORY SQL…: as the superuser who owns that server's PostgreSQL.
in_database() {
    local data=$1 socket psql
    shift
    psql=$(postgres_program psql)
    [ -n "$psql" ] || die "psql is missing: it comes with PostgreSQL."
    socket=$(sed -n 5p "$data/postgres/postmaster.pid")
    PGOPTIONS="-c statement_timeout=0 -c idle_in_transaction_session_timeout=0" \
        "$psql" --host="$socket" --username=plinth --dbname=plinth --no-psqlrc --quiet --tuples-only --no-align \
        --set ON_ERROR_STOP=1 "$@" || die "The database could not be prepared."
}

# make_team PORT TOKEN: prints the id of a new team.
make_team() {
    local answer id
    answer=$(curl --silent --show-error --max-time 10 --header 'Content-Type: application/json' \
        --header "Authorization: Bearer $2" --data '{"name":"Bench"}' "http://127.0.0.1:$1/api/v1/teams")
    id=$(sed -n 's/.*"id" *: *"\([^"]*\)".*/\1/p' <<<"$answer")
    [ -n "$id" ] || die "Making a team gave none: $answer"
    echo "$id"
}

# fill DATA-DIRECTORY TEAM ROWS: so many people, all in that team; so many teams, its owner in all of them; and so many
# entries in its log. Triggers are off: nothing is to be sealed, and what is written is whole.
fill() {
    in_database "$1" --set team="$2" --set rows="$3" <<'SQL'
set session_replication_role = replica;
set synchronous_commit = off;
-- Ids that grow, as those of the application do.
create function pg_temp.nth(kind text, n bigint) returns uuid language sql immutable
    as $$ select ('00000000-0000-7000-' || kind || '-' || lpad(to_hex(n), 12, '0'))::uuid $$;
select owner_id as owner from teams where id = :'team' \gset
insert into users (id, email, email_key, first_name, last_name, locale, time_zone, is_superuser, mfa_enabled, created_at,
    updated_at, version)
select pg_temp.nth('8001', n), 'member-' || n || '@example.com', 'member-' || n || '@example.com', 'Member', 'Number ' || n,
    'en', 'UTC', false, false, now() - (:rows - n) * interval '1 second', now(), 1
from generate_series(1, :rows) as n;
insert into team_members (team_id, user_id, role, joined_at, updated_at, version)
select :'team', pg_temp.nth('8001', n), 'member', now() - (:rows - n) * interval '1 second', now(), 1
from generate_series(1, :rows) as n;
insert into teams (id, name, slug, owner_id, created_at, updated_at, version)
select pg_temp.nth('8002', n), 'Team ' || n, 'team-' || n, :'owner', now() - (:rows - n) * interval '1 second', now(), 1
from generate_series(1, :rows) as n;
insert into team_members (team_id, user_id, role, joined_at, updated_at, version)
select pg_temp.nth('8002', n), :'owner', 'owner', now() - (:rows - n) * interval '1 second', now(), 1
from generate_series(1, :rows) as n;
insert into audit_events (id, action, actor_id, team_id, target_type, target_id, changes, created_at)
select pg_temp.nth('8003', n), 'team.updated', :'owner', :'team', 'team', :'team', '{}',
    now() - (:rows - n) * interval '1 second'
from generate_series(1, :rows) as n;
analyze;
SQL
    in_database "$1" --command 'vacuum'
}

# As many rows in each list itself as in its tables, which is the hardest case: nobody is in a million teams.
measure_teams() {
    local few many few_team many_team
    stop_all
    rm -rf "$work/data"
    start_server
    start_server_at "$large_port" "$work/large"
    few=$(register bench@example.com)
    many=$(base="http://127.0.0.1:$large_port/api/v1" register bench@example.com)
    few_team=$(make_team "$server_port" "$few")
    many_team=$(make_team "$large_port" "$many")
    echo
    echo "Filling one server's tables with $few_rows rows, another's with $many_rows."
    fill "$work/data" "$few_team" "$few_rows"
    fill "$work/large" "$many_team" "$many_rows"
    echo "Medians in milliseconds, one caller, the server on processor $measured_cpu, $list_rounds rounds of $seconds s:"
    measure_list "GET /teams" teams teams
    measure_list "…/members" "teams/$few_team/members" "teams/$many_team/members"
    measure_list "…/audit-log" "teams/$few_team/audit-log" "teams/$many_team/audit-log"
    measure_row_security
}

# measure_list NAME PATH-WITH-FEW PATH-WITH-MANY
measure_list() {
    local round token answer few_ms many_ms middle connections=1
    rm -f "$work"/list.*
    for ((round = 1; round <= list_rounds; round++)); do
        token=$(token_at "$server_port")
        answer=$(load "$asking_cpu" "$seconds" "$api/$2" "Authorization: Bearer $token")
        read -r _ few_ms _ <<<"$answer"
        token=$(token_at "$large_port")
        answer=$(load "$asking_cpu" "$seconds" "http://127.0.0.1:$large_port/api/v1/$3" "Authorization: Bearer $token")
        read -r _ many_ms _ <<<"$answer"
        echo "$few_ms" >>"$work/list.few"
        echo "$many_ms" >>"$work/list.many"
        ratio "$many_ms" "$few_ms" >>"$work/list.ratios"
    done
    middle=$(median <"$work/list.ratios")
    printf '  %-14s %d rows %7.3f   %d rows %7.3f   ratio %s (goal %s: %s)\n' "$1" \
        "$few_rows" "$(median <"$work/list.few")" "$many_rows" "$(median <"$work/list.many")" \
        "$middle" "$lists_goal" "$(within "$middle" "$lists_goal")"
}

# token_at PORT: a token of the person who was registered there, good for five minutes.
token_at() {
    local answer token
    answer=$(curl --silent --show-error --max-time 10 --header 'Content-Type: application/json' \
        --data '{"email":"bench@example.com","password":"'"$password"'"}' "http://127.0.0.1:$1/api/v1/auth/login")
    token=$(sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p' <<<"$answer")
    [ -n "$token" ] || die "Signing in gave no access token: $answer"
    echo "$token"
}

# The same server answers the same request in turns with and without the tables' policies.
measure_row_security() {
    local round answer with with_p99 without without_p99 middle team token url
    team=$(in_database "$work/large" --command "select id from teams where name = 'Bench'")
    url="http://127.0.0.1:$large_port/api/v1/teams/$team"
    echo
    echo "GET /teams/{team} a second with row-level security and without, $wrk_connections connections, $rounds rounds of" \
        "$seconds s:"
    for ((round = 1; round <= rounds; round++)); do
        token=$(token_at "$large_port")
        switch_row_security enable
        answer=$(load "$asking_cpu" "$seconds" "$url" "Authorization: Bearer $token")
        read -r with _ with_p99 <<<"$answer"
        switch_row_security disable
        answer=$(load "$asking_cpu" "$seconds" "$url" "Authorization: Bearer $token")
        read -r without _ without_p99 <<<"$answer"
        printf '  round %d   with %8d (p99 %s ms)   without %8d (p99 %s ms)\n' \
            "$round" "$with" "$with_p99" "$without" "$without_p99"
        echo "$with" >>"$work/with.rates"
        echo "$without" >>"$work/without.rates"
        ratio "$without" "$with" >>"$work/row_security.ratios"
    done
    middle=$(median <"$work/row_security.ratios")
    printf '  median    with %8d   without %8d   cost %s (goal %s: %s)\n' "$(median <"$work/with.rates")" \
        "$(median <"$work/without.rates")" "$middle" "$row_security_goal" "$(within "$middle" "$row_security_goal")"
}

# switch_row_security enable|disable: for every table that has it, or had it.
switch_row_security() {
    in_database "$work/large" --command "
        do \$\$
        declare
            name regclass;
        begin
            for name in select distinct polrelid::regclass from pg_policy loop
                execute format('alter table %s $1 row level security', name);
            end loop;
        end
        \$\$"
}
