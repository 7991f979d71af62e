-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
string.gsub('xxx', 'x', function() while true do end end)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
