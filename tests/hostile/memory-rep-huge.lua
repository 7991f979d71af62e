-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes|resulting string too large
-- options: --script-time 5s
local s = string.rep('x', 1 << 62)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
