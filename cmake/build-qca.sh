#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds QCA for Qt 6 once, as static libraries with the plug-ins ossl and gnupg, into a folder outside the work tree.
# cmake/Qca.cmake calls it where the distribution has no QCA for Qt 6 (Debian 12).
#
#   build-qca.sh PREFIX [SOURCE]
#
# PREFIX  where it ends up: include/, lib/. Nothing is done where PREFIX/complete is there already.
# SOURCE  a folder with QCA's source, 2.3.7 or newer, for builders without a network. Without it the release's source
#         is fetched through the package sources that this machine is set up with, and its SHA-256 is checked.
# CXX, CC, CMAKE from the environment are honoured. Messages go to standard error; the exit status tells success.
set -euo pipefail

version=2.3.10
sha256=1c5b722da93d559365719226bb121c726ec3c0dc4c67dea34f1e50e4e0d14a02
tarball="qca2_$version.orig.tar.xz"

say() { printf 'qca: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

[ $# -ge 1 ] && [ -n "$1" ] || die "usage: build-qca.sh PREFIX [SOURCE]"
prefix=$(realpath -m -- "$1")
given=${2:-}
cmake=${CMAKE:-cmake}

mkdir -p -- "$(dirname -- "$prefix")"
# Two configurations may start at once; the second waits and finds the work done.
exec 9>"$prefix.lock"
flock 9
[ -e "$prefix/complete" ] && exit 0

work=$(mktemp -d "$prefix.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
# apt's own unprivileged user may have to read and write below it.
chmod 755 "$work"

# The addresses under which the release of this machine's distribution is configured, the likeliest first.
archives() {
    local codename
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        awk -v release="$codename" '$2 == "main" { print ($1 == release ? 0 : 1), $3 }' | sort -u | cut -d' ' -f2 |
        awk '!seen[$0]++'
}

# Puts the release's source to $1. Only this one file of the source package is wanted; not every mirror has the rest.
fetch() {
    command -v apt-get >/dev/null || die "no apt here: give a source folder with -DBALCONY_QCA_SOURCE=DIR"
    local helper=/usr/lib/apt/apt-helper options=() archive
    # Its own state folder, so that nothing of the system's is touched and no privilege is needed.
    mkdir -p "$work/apt/lists/partial"
    options=(-o "Dir::State=$work/apt" -o "Dir::Cache=$work/apt" -o "Dir::Log=$work/apt")
    [ "$(id -u)" = 0 ] && options+=(-o APT::Sandbox::User=root)
    while read -r archive; do
        if "$helper" "${options[@]}" -q download-file "${archive%/}/pool/main/q/qca2/$tarball" "$1" "SHA256:$sha256" \
                >"$work/fetch.log" 2>&1; then
            return 0
        fi
    done < <(archives)
    [ -e "$work/fetch.log" ] && cat "$work/fetch.log" >&2
    die "none of the configured package sources gave $tarball; give a source folder with -DBALCONY_QCA_SOURCE=DIR"
}

if [ -n "$given" ]; then
    [ -e "$given/CMakeLists.txt" ] || die "no CMakeLists.txt in $given: BALCONY_QCA_SOURCE names the source folder of QCA"
    source=$(realpath -- "$given")
else
    say "this system has no QCA for Qt 6: fetching the source of $version from the configured package sources"
    fetch "$work/$tarball"
    printf '%s  %s\n' "$sha256" "$work/$tarball" | sha256sum --check --quiet || die "$tarball is not what was released"
    mkdir "$work/source"
    tar -xJf "$work/$tarball" -C "$work/source" --strip-components=1
    source="$work/source"
fi

say "building it (static, with the plug-ins ossl and gnupg) into $prefix"
build() {
    local launcher=()
    command -v ccache >/dev/null && launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    "$cmake" -G Ninja -S "$source" -B "$work/build" "${launcher[@]}" \
        -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib \
        -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DQCA_INSTALL_IN_QT_PREFIX=OFF \
        -DBUILD_WITH_QT6=ON -DBUILD_SHARED_LIBS=OFF -DBUILD_PLUGINS="ossl;gnupg" -DLOAD_SHARED_PLUGINS=OFF \
        -DBUILD_TESTS=OFF -DBUILD_TOOLS=OFF
    "$cmake" --build "$work/build"
    DESTDIR="$work/stage" "$cmake" --install "$work/build"
}
if ! build >"$work/build.log" 2>&1; then
    tail -n 60 "$work/build.log" >&2
    die "the build failed; the lines above say why"
fi

printf '%s\n' "$version" >"$work/stage$prefix/complete"
rm -rf -- "$prefix"
# One rename, so that a half-made folder is never mistaken for a whole one.
mv -T -- "$work/stage$prefix" "$prefix"
say "done"
