-- as: profile
-- status: 3
-- error: the script ran more than 1000000 instructions
-- options: --sandbox strict --script-instructions 1M --script-time 5s
local t = {}
for i = 1, 1000 do t[i] = i end
while true do next(t) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
