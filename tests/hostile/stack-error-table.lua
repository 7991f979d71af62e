-- as: profile
-- status: 3
-- error: the error value is a table value
-- options: --script-memory 128M --script-time 5s
local function f() return 1 + f() end
pcall(f)
local function g(n) if n == 0 then error({}) end return 1 + g(n - 1) end
g(60000)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
