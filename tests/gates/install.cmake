# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DBUILD=DIR -DAPP=ID -P install.cmake: installs into an empty folder and looks for what a desktop needs.
set(prefix "${BUILD}/check-install")
file(REMOVE_RECURSE "${prefix}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${prefix}" RESULT_VARIABLE result OUTPUT_QUIET
    ERROR_VARIABLE said)
if(result)
    message(FATAL_ERROR "cmake --install failed: ${said}")
endif()
set(wanted bin/balcony bin/balcony-headless bin/balconyctl bin/balcony-decoder
    share/applications/${APP}.desktop share/metainfo/${APP}.metainfo.xml
    share/icons/hicolor/scalable/apps/${APP}.svg share/doc/balcony/GPL-3.0-or-later.txt)
foreach(size IN ITEMS 16 22 24 32 48 64 128 256 512)
    list(APPEND wanted share/icons/hicolor/${size}x${size}/apps/${APP}.png)
endforeach()
foreach(path IN LISTS wanted)
    if(NOT EXISTS "${prefix}/${path}")
        message(SEND_ERROR "not installed: ${path}")
        continue()
    endif()
    file(SIZE "${prefix}/${path}" size)
    if(size LESS 100)
        message(SEND_ERROR "as good as empty: ${path}")
    endif()
endforeach()
# What is installed has to start where nothing of the build folder is in the way.
foreach(program IN ITEMS balcony balcony-headless balconyctl balcony-decoder)
    if(EXISTS "${prefix}/bin/${program}")
        execute_process(COMMAND "${CMAKE_COMMAND}" -E env QT_QPA_PLATFORM=offscreen "${prefix}/bin/${program}" --version
            RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
        if(result OR NOT said MATCHES "[0-9]+\\.[0-9]+\\.[0-9]+")
            message(SEND_ERROR "${program} --version: ${result}, ${said}")
        endif()
    endif()
endforeach()
file(REMOVE_RECURSE "${prefix}")
