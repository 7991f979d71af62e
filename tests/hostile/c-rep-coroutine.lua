-- as: profile
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
coroutine.wrap(function() string.rep('', 1 << 62) end)()
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
