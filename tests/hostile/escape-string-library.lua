-- as: profile
-- status: 1
-- error: 
string.rep, string.format, string.gsub, table.concat, math.floor = nil
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
