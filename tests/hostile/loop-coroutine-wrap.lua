-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
local c = coroutine.wrap(function() while true do end end)
while true do pcall(c) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
