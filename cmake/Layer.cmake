# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
# layer(NAME USES ...): one static library from the folder NAME. A layer may include itself and the closure of USES;
# anything else stops the configuration with file and line. The test `layers` also looks for circles of files.

function(layer name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp"
        "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.h")
    # While the house is being built: a layer that stands on one not there yet waits for it.
    foreach(used IN LISTS arg_USES)
        if(NOT TARGET balcony_${used} AND IS_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/${used}")
            return()
        endif()
    endforeach()
    if(NOT sources)
        return()
    endif()
    add_library(balcony_${name} STATIC ${sources})
    target_include_directories(balcony_${name} PUBLIC "${PROJECT_SOURCE_DIR}/app")
    target_link_libraries(balcony_${name} PUBLIC balcony_flags)

    set(closure ${name})
    set(modules "")
    foreach(used IN LISTS arg_USES)
        if(TARGET balcony_${used})
            target_link_libraries(balcony_${name} PUBLIC balcony_${used})
            get_property(below GLOBAL PROPERTY balcony_closure_${used})
            list(APPEND closure ${below})
        else()
            target_link_libraries(balcony_${name} PUBLIC ${used})
        endif()
    endforeach()
    list(REMOVE_DUPLICATES closure)
    set_property(GLOBAL PROPERTY balcony_closure_${name} "${closure}")
    set_property(GLOBAL APPEND PROPERTY balcony_layers ${name})

    # One precompiled header for all layers: making one takes as long as a dozen sources.
    get_property(first GLOBAL PROPERTY balcony_first_layer)
    if(first)
        target_precompile_headers(balcony_${name} REUSE_FROM ${first})
    else()
        target_precompile_headers(balcony_${name} PRIVATE <QtCore> <coroutine> <functional> <memory> <optional> <variant>
            <vector> <tl/expected.hpp>)
        set_property(GLOBAL PROPERTY balcony_first_layer balcony_${name})
    endif()
    layer_check_includes(${name} "${closure}" ${sources})
endfunction()

# Fails on an #include of "folder/..." whose folder is not in `closure`, and on "../".
function(layer_check_includes name closure)
    foreach(source IN LISTS ARGN)
        file(STRINGS "${source}" lines REGEX "^[ \t]*#[ \t]*include[ \t]+\"")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE ".*\"([^\"]*)\".*" "\\1" path "${line}")
            string(REGEX REPLACE "/.*" "" folder "${path}")
            if(NOT path MATCHES "/" OR folder IN_LIST closure)
                continue()
            endif()
            file(STRINGS "${source}" all)
            list(FIND all "${line}" index)
            math(EXPR number "${index} + 1")
            message(FATAL_ERROR "${source}:${number}: the layer '${name}' may not include \"${path}\"; it may use: ${closure}")
        endforeach()
    endforeach()
endfunction()
