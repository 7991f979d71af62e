-- as: profile
-- status: 3
-- error: the error value is a userdata value|light userdata|null
error(diverge.null)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
