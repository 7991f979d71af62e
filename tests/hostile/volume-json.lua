-- as: profile
-- status: 3
-- error: allocated more than 67108864 bytes in one entry
-- options: --script-volume 64M --script-time 5s
local t = ('x'):rep(1 << 18)
while true do pcall(diverge.json, { t, t }) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
