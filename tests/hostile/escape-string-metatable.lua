-- as: profile
-- status: 3
-- error: a boolean value
getmetatable('').__index.rep = nil
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
