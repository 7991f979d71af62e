rockspec_format = "3.0"
package = "diverge"
version = "scm-1"
source = {
   -- For `luarocks make` in a checkout, which takes the sources that are there.
   url = "git+file://.",
}
description = {
   summary = "Compare two tables, JSON texts, files or directories, and find every divergence",
   detailed = [[
      Exact at any size of number, in a fixed order, with profiles, classifiers and reports that are
      Lua scripts, and a closure as a classifier. docs/lua-module.md says how it is used.
   ]],
   license = "MIT",
}
supported_platforms = { "unix" }
dependencies = {
   "lua >= 5.4, < 5.5",
}
external_dependencies = {
   CRYPTO = { header = "openssl/evp.h" },
}
build = {
   type = "cmake",
   variables = {
      CMAKE_BUILD_TYPE = "Release",
      CMAKE_INSTALL_PREFIX = "$(PREFIX)",
      DIVERGE_LUA_INCLUDE_DIR = "$(LUA_INCDIR)",
      DIVERGE_LUA_MODULE_DIR = "$(LIBDIR)",
      DIVERGE_ROCK = "ON",
      DIVERGE_CJSON = "OFF",
      DIVERGE_SHARED = "OFF",
      DIVERGE_TESTS = "OFF",
   },
}
