-- as: profile
-- status: 3
-- error: ^diverge: \./loop-chunk\.lua:[45]: the script ran longer than 300 ms
while true do end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
