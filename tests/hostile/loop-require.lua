-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
while true do pcall(require, 'util.absent') end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
