-- as: profile
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
table.move({}, 1, (1 << 62), 2)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
