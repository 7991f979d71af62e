-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes
-- options: --script-time 5s
coroutine.resume(coroutine.create(function() local s = string.rep('x', 1 << 30) end))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
