-- Scripts set no global. The sandbox gives them one more than Lua does: diverge.
std = "lua54"
read_globals = { "diverge" }
max_line_length = 120
codes = true
-- A hook names all that it receives, used or not.
ignore = { "212" }
exclude_files = {
   "build",
   "**/meta.lua",
   -- Scripts that are wrong on purpose.
   "tests/**/bad/**",
   "tests/**/hostile/**",
}
-- Tables of test data may be wider.
files["tests"] = { max_line_length = false }
