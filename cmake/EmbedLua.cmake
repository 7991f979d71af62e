# Turns the built-in scripts into one C file. Run by the build:
#   cmake -DROOT=lua/diverge -DOUTPUT=builtin.c -P cmake/EmbedLua.cmake
# Scripts become arrays of bytes, so that any byte is allowed and no limit on the length of a
# string literal matters. meta.lua is for editors and is not embedded.
cmake_minimum_required(VERSION 3.22)

file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/*.lua")
set(names "")
foreach(file IN LISTS files)
    if(file STREQUAL "meta.lua")
        continue()
    endif()
    if(NOT file MATCHES "^[A-Za-z0-9_/-]+\\.lua$")
        message(FATAL_ERROR "lua/diverge/${file}: the name of a built-in script is made of "
                            "letters, digits, '-' and '_'")
    endif()
    string(REGEX REPLACE "\\.lua$" "" name "${file}")
    list(APPEND names "${name}")
endforeach()
list(SORT names COMPARE STRING CASE SENSITIVE)

set(arrays "")
set(rows "")
set(count 0)
foreach(name IN LISTS names)
    file(SIZE "${ROOT}/${name}.lua" size)
    file(READ "${ROOT}/${name}.lua" bytes HEX)
    string(REGEX REPLACE "(................................)" "\\1\n    " bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    # One byte more than the script has: an empty script needs an array, too.
    string(APPEND arrays
           "static const unsigned char source_${count}[] = { /* ${name} */\n    ${bytes}0x00};\n\n")
    string(APPEND rows "    {\"${name}\", (const char *)source_${count}, ${size}},\n")
    math(EXPR count "${count} + 1")
endforeach()

file(WRITE "${OUTPUT}.new" "/* Generated from lua/diverge by cmake/EmbedLua.cmake. */
#include \"script/builtin.h\"

${arrays}const struct dvg_builtin dvg_builtins[] = {
${rows}    {0, 0, 0},
};
const size_t dvg_builtin_count = ${count};
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
