# shellcheck shell=bash
# Logins, and what they leave of everything else. Read by scripts/bench.sh.

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
        read -r one _ one_p99 <<<"$answer"
        # From a second before to a second after. Not through a function: cleaning up has to find the process itself.
        taskset -c "$asking_cpu" timeout "$longest_command" "${login_command[@]}" --rate "$rate" \
            --seconds $((login_seconds + 2)) >"$work/logins.out" &
        offering=$!
        started+=("$offering")
        sleep 1
        answer=$(load "$measured_cpu" "$login_seconds" "$api/users/me" "Authorization: Bearer $token")
        read -r other _ other_p99 <<<"$answer"
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
