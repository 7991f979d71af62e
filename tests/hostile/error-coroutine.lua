-- as: profile
-- status: 3
-- error: the error value is a thread value
error(coroutine.create(error))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
