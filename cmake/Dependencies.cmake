# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Every library that Balcony uses; docs/dependencies.md says why.

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Xml Gui Widgets Svg LinguistTools)
if(Qt6_VERSION VERSION_GREATER_EQUAL 6.5)
    # What Qt 6.4 needs stays, though a newer Qt would rather see its own newer form of it.
    target_compile_definitions(balcony_flags INTERFACE QT_WARN_DEPRECATED_UP_TO=0x060400)
endif()
if(UNIX AND NOT APPLE)
    find_package(Qt6 6.4 REQUIRED COMPONENTS DBus)
endif()
find_package(OpenSSL 3.0 REQUIRED)
find_package(EXPAT 2.5 REQUIRED)
find_package(SQLite3 3.37 REQUIRED)
find_package(Qt6Keychain 0.13 REQUIRED)
find_package(tl-expected REQUIRED)
# Optional: without it an X server does not tell how long nobody was there.
find_path(XCB_SCREENSAVER_INCLUDE xcb/screensaver.h)
find_library(XCB_SCREENSAVER_LIBRARY xcb-screensaver)
find_library(XCB_LIBRARY xcb)
if(NOT BALCONY_FUZZ)
    include(Qca)
endif()
if(BALCONY_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
    find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
endif()
