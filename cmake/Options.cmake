# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
# How everything is compiled. Warnings are errors; ccache and mold are used where they are.

option(BALCONY_TESTS "Build the tests, gates and benchmarks" ON)
option(BALCONY_UNIT_TESTS "Build the unit tests where BALCONY_TESTS is on" ON)
option(BALCONY_FUZZ "Build the fuzz targets (needs clang)" OFF)
set(BALCONY_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them: address,undefined")
set(BALCONY_QCA_SOURCE "" CACHE PATH "A folder with the source of QCA 2.3.7 or newer, for offline builds")

# The program's name for desktops, the same in the window's class, the desktop entry, the icon and the catalogue.
set(BALCONY_APP_ID im.balcony.Balcony)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_AUTOMOC ON)
# Layers compile side by side; only linking waits for those below.
set(CMAKE_OPTIMIZE_DEPENDENCIES ON)
set(CMAKE_AUTOGEN_ORIGIN_DEPENDS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set_property(GLOBAL PROPERTY AUTOGEN_SOURCE_GROUP "generated")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # The precompiled header's own time stamps would make every look-up miss.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${CCACHE}")
endif()

add_library(balcony_flags INTERFACE)
target_compile_definitions(balcony_flags INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
    QT_DISABLE_DEPRECATED_BEFORE=0x060400 QT_STRICT_ITERATORS)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(balcony_flags INTERFACE -Wall -Wextra -Werror -Wpedantic -Wnon-virtual-dtor -Wextra-semi
        -Woverloaded-virtual -Wno-missing-field-initializers
        -fstack-protector-strong -Werror=format-security)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # GCC 12 PR 105562, 105329: false alarms inside the standard library under optimisation and sanitizers.
        target_compile_options(balcony_flags INTERFACE -Wshadow=local -Wno-maybe-uninitialized -Wno-restrict -Winvalid-pch)
        # Its memory is tidied from half a gigabyte on: before, a tenth of the time to compile goes into that.
        target_compile_options(balcony_flags INTERFACE --param=ggc-min-expand=100 --param=ggc-min-heapsize=524288)
        if(CMAKE_UNITY_BUILD)
            # Several sources in one: none of them is a header, whose types would have to be known elsewhere.
            target_compile_options(balcony_flags INTERFACE -Wno-subobject-linkage)
        endif()
        if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
            # GCC 13 and 14 take a vector that is copied into a coroutine's frame for one that is too long.
            target_compile_options(balcony_flags INTERFACE -Wno-array-bounds -Wno-stringop-overflow)
        endif()
    else()
        target_compile_options(balcony_flags INTERFACE -Wno-shadow -Wno-gnu-zero-variadic-macro-arguments)
    endif()
    if(NOT BALCONY_SANITIZE AND CMAKE_BUILD_TYPE MATCHES "Rel")
        target_compile_options(balcony_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-clash-protection)
        target_compile_definitions(balcony_flags INTERFACE _GLIBCXX_ASSERTIONS)
    endif()
    if(UNIX AND NOT APPLE)
        target_link_options(balcony_flags INTERFACE -Wl,-z,relro,-z,now)
    endif()
endif()
if(BALCONY_SANITIZE)
    target_compile_options(balcony_flags INTERFACE -fsanitize=${BALCONY_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all
        # Tests are not what is tested: without the checks that make them take half as long again to compile.
        $<$<BOOL:$<TARGET_PROPERTY:BALCONY_IS_TEST>>:-fno-sanitize=undefined>)
    if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        # Clang 14 cannot put the marks of `function` into coroutines.
        target_compile_options(balcony_flags INTERFACE -fno-sanitize=function)
    endif()
    target_link_options(balcony_flags INTERFACE -fsanitize=${BALCONY_SANITIZE})
endif()
find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_link_options(balcony_flags INTERFACE -fuse-ld=mold)
endif()
