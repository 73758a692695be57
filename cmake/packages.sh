# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
# For ./run and ./check to source: installs the packages of packages.txt that are missing, by name.

# packages_wanted SCOPE...: lines "package|why" of those scopes for this distribution.
packages_wanted() {
    local codename
    codename=$(. /etc/os-release 2>/dev/null && printf '%s' "${VERSION_CODENAME:-}")
    awk -F'|' -v wanted="$*" -v codename="$codename" '
        function trim(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }
        /^[ \t]*(#|$)/ { next }
        {
            fits = 0
            count = split(wanted, scopes, " ")
            for (i = 1; i <= count; i++)
                if (index("," trim($1) ",", "," scopes[i] ","))
                    fits = 1
            where = trim($2)
            if (substr(where, 1, 1) == "!")
                here = !index("," substr(where, 2) ",", "," codename ",")
            else
                here = where == "*" || index("," where ",", "," codename ",")
            package = trim($3)
            if (fits && here && !seen[package]++)
                print package "|" trim($4)
        }' "$root/cmake/packages.txt"
}

# packages_missing SCOPE...: the lines of packages_wanted that are not installed.
packages_missing() {
    local package why
    while IFS='|' read -r package why; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s|%s\n' "$package" "$why"
    done < <(packages_wanted "$@")
}

# packages_install SCOPE...: says what is missing and why, and installs it. Fails with the exact command where it may not.
packages_install() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "This system has no apt; cmake/packages.txt lists what is needed, under Debian's names." >&2
        return 0
    fi
    local missing names=() package why as_root=()
    missing=$(packages_missing "$@")
    [ -n "$missing" ] || return 0
    echo "Balcony needs these packages of your distribution, which are not installed yet:" >&2
    while IFS='|' read -r package why; do
        printf '    %-24s %s\n' "$package" "$why" >&2
        names+=("$package")
    done <<<"$missing"
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Only the administrator may install them. Run this as root, then start again:" >&2
            echo "    apt-get update && apt-get install --no-install-recommends ${names[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "Installing them ..." >&2
    local log
    log=$(mktemp)
    # A server that comes as a package must not start as a service of this machine: only private ones are used.
    if ! "${as_root[@]}" bash -c "$packages_script" packages "${names[@]}" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        rm -f "$log"
        echo "The installation failed; the lines above say why." >&2
        return 1
    fi
    rm -f "$log"
}

# Runs as root; its arguments are the packages.
packages_script='
set -e
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap "rm -f $policy" EXIT
    printf "#!/bin/sh\nexit 101\n" >"$policy"
    chmod 755 "$policy"
fi
apt-get update || echo "apt-get update failed; trying with the lists that are there"
apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@" </dev/null
for package in "$@"; do
    case $package in
    prosody | ejabberd) [ -d /run/systemd/system ] && systemctl disable --now "$package" || true ;;
    esac
done
'
