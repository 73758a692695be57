# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts where: the programs, and what desktops and software catalogues read.
include(GNUInstallDirs)

foreach(program IN ITEMS balcony balcony-headless balconyctl balcony-decoder)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
    endif()
endforeach()
if(UNIX AND NOT APPLE)
    set(desktop "${PROJECT_BINARY_DIR}/desktop")
    install(FILES "${desktop}/${BALCONY_APP_ID}.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
    install(FILES "${desktop}/${BALCONY_APP_ID}.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
    install(DIRECTORY "${desktop}/icons/" DESTINATION "${CMAKE_INSTALL_DATADIR}/icons")
endif()
install(FILES "${PROJECT_SOURCE_DIR}/LICENSES/GPL-3.0-or-later.txt" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
