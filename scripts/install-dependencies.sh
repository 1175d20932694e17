#!/usr/bin/env bash
# Installs what Plinth needs from the system, and only what is missing.
#
#   scripts/install-dependencies.sh            to build and run the server
#   scripts/install-dependencies.sh --tests    also what the tests use
#   scripts/install-dependencies.sh --bench    also what the benchmarks use
#
# Prints nothing when there is nothing to do. On Debian and Ubuntu it installs through apt (with sudo when not root);
# elsewhere it names what is missing and ends with status 1.
set -euo pipefail

readonly swift_major=6 swift_minor=2

with_tests=no
with_bench=no
for option in "$@"; do
    case "$option" in
        --tests) with_tests=yes ;;
        --bench) with_bench=yes ;;
        *)
            echo "usage: $0 [--tests] [--bench]" >&2
            exit 2
            ;;
    esac
done

has_command() { command -v "$1" >/dev/null 2>&1; }
has_library() { has_command pkg-config && pkg-config --exists "$1"; }

check_swift() {
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' || true)
    if [ -z "$version" ]; then
        echo "Plinth needs Swift $swift_major.$swift_minor or later, and there is no working 'swift' in the PATH;" \
            "install it with swiftly, Swift's own installer." >&2
        exit 1
    fi
    local major=${version%%.*} minor=${version##*.}
    if ((major < swift_major || (major == swift_major && minor < swift_minor))); then
        echo "Plinth needs Swift $swift_major.$swift_minor or later, and 'swift' in the PATH is $version;" \
            "'swiftly install latest' brings a newer one." >&2
        exit 1
    fi
}

# Debian keeps the server programs out of the PATH.
has_postgresql() {
    local place
    for place in "$(command -v initdb || true)" /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$place" ] && return 0
    done
    return 1
}

missing_linux() {
    has_command pkg-config || echo pkg-config
    has_library libpq || echo libpq-dev
    has_library libargon2 || echo libargon2-dev
    has_library openssl || echo libssl-dev
    has_library libcurl || echo libcurl4-openssl-dev
    has_library libqrencode || echo libqrencode-dev
    has_postgresql || echo postgresql
    if [ "$with_tests" = yes ]; then
        has_command pgbouncer || [ -x /usr/sbin/pgbouncer ] || echo pgbouncer
        python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
        has_command openssl || echo openssl
        has_command zbarimg || echo zbar-tools
    fi
    if [ "$with_bench" = yes ]; then
        has_command wrk || echo wrk
        has_command curl || echo curl
    fi
}

missing_macos() {
    local formulas=(libpq argon2 openssl curl qrencode postgresql@17) formula
    [ "$with_tests" = yes ] && formulas+=(pgbouncer zbar)
    [ "$with_bench" = yes ] && formulas+=(wrk)
    for formula in "${formulas[@]}"; do
        [ -d "/opt/homebrew/opt/$formula" ] || [ -d "/usr/local/opt/$formula" ] || echo "$formula"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# Package lists may be absent or too old: refresh them once, then try again.
apt_install() {
    local log
    log=$(mktemp)
    if ! apt install --yes --no-install-recommends "$@" >"$log" 2>&1; then
        if ! { apt update && apt install --yes --no-install-recommends "$@"; } >"$log" 2>&1; then
            cat "$log" >&2
            rm -f "$log"
            echo "apt could not install: $*" >&2
            exit 1
        fi
    fi
    rm -f "$log"
}

# Plinth starts a private cluster of its own. Debian's package would create and start one for the whole machine, so it
# is told not to for as long as this installation lasts; the machine's own configuration stays as it is.
readonly no_cluster=/etc/postgresql-common/createcluster.d/plinth.conf

without_default_cluster() {
    as_root mkdir -p "${no_cluster%/*}"
    echo 'create_main_cluster = false' | as_root tee "$no_cluster" >/dev/null
    trap 'as_root rm -f "$no_cluster"' EXIT
}

# Debian's package starts a PgBouncer for the whole machine; the tests start their own.
stop_pgbouncer_service() {
    if [ -d /run/systemd/system ]; then
        as_root systemctl --quiet disable --now pgbouncer.service
    elif [ -x /etc/init.d/pgbouncer ]; then
        as_root /etc/init.d/pgbouncer stop >/dev/null 2>&1 || true
    fi
}

# A real mail server to send to, real providers to sign in with, a receiver of webhooks that trusts nobody and Stripe's own
# SDK, in a virtual environment of the clone. Authlib is what oidc-provider-mock stands on, which would take any.
readonly python_packages=(
    aiosmtpd==1.4.6 nanoidp==3.4.0 oidc-provider-mock==0.3.4 authlib==1.9.10 standardwebhooks==1.1.0
    stripe==16.1.0
)
has_python_packages() {
    "$1/bin/python" -c '
import importlib.metadata, sys
pins = (pin.split("==") for pin in sys.argv[1:])
sys.exit(any(importlib.metadata.version(name) != version for name, version in pins))
' "${python_packages[@]}" 2>/dev/null
}
install_python_packages() {
    local environment
    environment="$(dirname "${BASH_SOURCE[0]}")/../.venv-tests"
    has_python_packages "$environment" && return
    echo "Installing through pip what the tests need: ${python_packages[*]}"
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check "${python_packages[@]}"
}

check_swift

if [ "$(uname -s)" = Darwin ]; then
    read -r -a packages <<<"$(missing_macos | tr '\n' ' ')"
    if [ "${#packages[@]}" -gt 0 ]; then
        echo "Plinth needs these Homebrew packages, which are missing: brew install ${packages[*]}" >&2
        exit 1
    fi
    if [ "$with_tests" = yes ]; then install_python_packages; fi
    exit 0
fi

read -r -a packages <<<"$(missing_linux | tr '\n' ' ')"
if [ "${#packages[@]}" -gt 0 ]; then
    if ! has_command apt-get; then
        echo "Plinth needs what Debian calls: ${packages[*]}. Install them with this system's package manager." >&2
        exit 1
    fi
    if [ "$(id -u)" -ne 0 ] && ! has_command sudo; then
        echo "Plinth needs packages that only root can install here: apt-get install ${packages[*]}" >&2
        exit 1
    fi
    echo "Installing through apt what Plinth needs and this machine lacks: ${packages[*]}"
    case " ${packages[*]} " in *" postgresql "*) without_default_cluster ;; esac
    apt_install "${packages[@]}"
    case " ${packages[*]} " in *" pgbouncer "*) stop_pgbouncer_service ;; esac
fi
if [ "$with_tests" = yes ]; then install_python_packages; fi
