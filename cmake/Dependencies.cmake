# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Every library that Balcony uses; docs/dependencies.md says why.

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Xml Gui Widgets Svg LinguistTools)
if(UNIX AND NOT APPLE)
    find_package(Qt6 6.4 REQUIRED COMPONENTS DBus)
endif()
find_package(OpenSSL 3.0 REQUIRED)
find_package(EXPAT 2.5 REQUIRED)
find_package(SQLite3 3.37 REQUIRED)
find_package(Qt6Keychain 0.13 REQUIRED)
find_package(tl-expected REQUIRED)
include(Qca)
if(BALCONY_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
    find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
endif()
