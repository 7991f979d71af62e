-- as: profile
-- status: 3
-- error: :4: the error value is a nil value
error()
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
