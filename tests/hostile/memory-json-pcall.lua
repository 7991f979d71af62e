-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes
-- options: --script-time 5s
local t = ('x'):rep(1 << 20)
t = { t, t, t, t, t, t, t, t, t, t, t, t }
pcall(diverge.json, t)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
