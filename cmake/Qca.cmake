# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
# The target `qca`: QCA 2.3.7 or newer for Qt 6, with OpenSSL and GnuPG behind it.
#
# Where the system has it (Debian 13, Ubuntu 24.04, MSYS2, Homebrew) that one is used, and its plug-ins are found at run
# time. Else (Debian 12) build-qca.sh makes a static one, once, in a cache outside the work tree; then
# BALCONY_STATIC_QCA is defined, and exactly one source file (in app/crypto) has to say
#
#     #ifdef BALCONY_STATIC_QCA
#     #include <QtPlugin>
#     Q_IMPORT_PLUGIN(opensslPlugin)
#     Q_IMPORT_PLUGIN(gnupgPlugin)
#     #endif
#
# Sources write #include <QtCrypto> in both cases. -DBALCONY_QCA_SOURCE=DIR builds the source in DIR, also where the
# system has a QCA; -DBALCONY_QCA_STATIC=ON asks for the static one, as self-contained bundles need it.

option(BALCONY_QCA_STATIC "Build QCA statically even where the system has it" OFF)

add_library(qca INTERFACE)

if(NOT BALCONY_QCA_STATIC AND NOT BALCONY_QCA_SOURCE)
    find_package(Qca-qt6 2.3.7 QUIET)
    if(Qca-qt6_FOUND)
        message(STATUS "QCA: ${Qca-qt6_VERSION} of this system")
        target_link_libraries(qca INTERFACE qca-qt6)
        return()
    endif()
endif()

find_package(Qt6 6.4 REQUIRED COMPONENTS Core5Compat)

# One cache entry for each QCA, compiler, Qt and processor: whatever changes the binary code.
set(qca_version 2.3.10)
if(BALCONY_QCA_SOURCE)
    get_filename_component(qca_source "${BALCONY_QCA_SOURCE}" REALPATH)
    string(SHA256 qca_version "${qca_source}")
    string(SUBSTRING "${qca_version}" 0 12 qca_version)
endif()
if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
    set(qca_cache "$ENV{XDG_CACHE_HOME}")
elseif(DEFINED ENV{HOME} AND NOT "$ENV{HOME}" STREQUAL "")
    set(qca_cache "$ENV{HOME}/.cache")
else()
    set(qca_cache "${PROJECT_BINARY_DIR}")
endif()
string(CONCAT qca_prefix "${qca_cache}/balcony/qca-${qca_version}"
    "-${CMAKE_CXX_COMPILER_ID}${CMAKE_CXX_COMPILER_VERSION}-qt${Qt6_VERSION}-${CMAKE_SYSTEM_PROCESSOR}")

if(NOT EXISTS "${qca_prefix}/complete")
    execute_process(COMMAND "${CMAKE_COMMAND}" -E env "CXX=${CMAKE_CXX_COMPILER}" "CMAKE=${CMAKE_COMMAND}"
            "${CMAKE_CURRENT_LIST_DIR}/build-qca.sh" "${qca_prefix}" "${BALCONY_QCA_SOURCE}"
        RESULT_VARIABLE qca_result)
    if(NOT qca_result EQUAL 0)
        message(FATAL_ERROR "QCA is missing and could not be built; the lines above say why. Either install it "
            "(libqca-qt6-dev) or give its source: -DBALCONY_QCA_SOURCE=DIR")
    endif()
endif()
message(STATUS "QCA: static, ${qca_prefix}")

# The plug-ins come before the library, whose symbols they need.
target_include_directories(qca SYSTEM INTERFACE "${qca_prefix}/include/Qca-qt6/QtCrypto")
target_compile_definitions(qca INTERFACE BALCONY_STATIC_QCA QCA_STATIC_DEFINE)
target_link_libraries(qca INTERFACE
    "${qca_prefix}/lib/qca-qt6/crypto/libqca-ossl.a"
    "${qca_prefix}/lib/qca-qt6/crypto/libqca-gnupg.a"
    "${qca_prefix}/lib/libqca-qt6.a"
    OpenSSL::SSL OpenSSL::Crypto Qt6::Core Qt6::Core5Compat)
