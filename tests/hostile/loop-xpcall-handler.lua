-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
xpcall(error, function() while true do end end)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
