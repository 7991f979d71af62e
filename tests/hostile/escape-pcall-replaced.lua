-- as: profile
-- status: 1
-- error: 
pcall, error, type, tostring, next, pairs = nil
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
