-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes|the script ran longer than 300 ms
local t = 'abcdefgh'
for i = 1, 60 do t = { t, t } end
diverge.json(t)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
