-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
while true do xpcall(function() while true do end end, function() return 1 end) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
