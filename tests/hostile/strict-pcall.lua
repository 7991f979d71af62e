-- as: profile
-- status: 3
-- error: the script ran more than 1000000 instructions
-- options: --sandbox strict --script-instructions 1M --script-time 5s
while true do pcall(function() while true do end end) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
