-- as: profile
-- status: 3
-- error: a script sets no global
_ENV.x = 1
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
