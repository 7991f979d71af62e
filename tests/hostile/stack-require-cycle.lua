-- as: profile
-- status: 3
-- error: requires itself
-- options: --script-time 5s
require 'util.cycle_a'
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
