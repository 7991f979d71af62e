-- as: profile
-- status: 3
-- error: no NUL
require 'util.a\0b'
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
