-- as: profile
-- status: 3
-- error: :4: mine
error(setmetatable({}, { __tostring = function() return 'mine' end }))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
