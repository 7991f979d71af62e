-- as: profile
-- status: 3
-- error: ^diverge: \./c-rep-empty\.lua: stopped: one step of the script .*ran for 600 ms
string.rep('', 1 << 62)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
