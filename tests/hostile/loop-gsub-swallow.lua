-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
string.gsub(('x'):rep(1000), 'x', function() pcall(function() while true do end end) return '' end)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
