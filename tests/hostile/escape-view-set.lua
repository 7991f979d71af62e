-- as: profile
-- status: 3
-- error: cannot be changed
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
run.left:document('d.json').a = 1
end }
