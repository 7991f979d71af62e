-- as: profile
-- status: 3
-- error: stack overflow|overflow
-- options: --script-time 5s
require 'util.deep'
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
