-- as: profile
-- status: 3
-- error: compiled chunk
require 'util.binary'
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
