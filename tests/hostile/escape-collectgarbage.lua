-- as: profile
-- status: 3
-- error: no global named 'collectgarbage'
collectgarbage('stop')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
