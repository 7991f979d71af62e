-- as: profile
-- status: 1
-- error: 
for k in pairs(diverge) do diverge[k] = nil end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
