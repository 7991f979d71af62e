-- as: profile
-- status: 3
-- error: bad argument #1
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
rawset(run.left:document('d.json'), 'a', 1)
end }
