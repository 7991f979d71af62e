-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
local t = {}
for i = 1, 100 do t[i] = i end
table.sort(t, function() return pcall(function() while true do end end) end)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
