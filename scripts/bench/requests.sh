# shellcheck shell=bash
# Requests: what an answer of the server costs beside that of a bare Hummingbird. Read by scripts/bench.sh.

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
        read -r one _ one_p99 <<<"$answer"
        answer=$(load "$asking_cpu" "$seconds" "$api/users/me" "Authorization: Bearer $token")
        read -r other _ other_p99 <<<"$answer"
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
