-- as: profile
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
-- options: --sandbox strict
string.rep('', 1 << 62)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
