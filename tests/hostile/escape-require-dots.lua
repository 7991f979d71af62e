-- as: profile
-- status: 3
-- error: is no module
require 'util...etc'
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
