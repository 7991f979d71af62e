-- as: profile
-- status: 3
-- error: bad argument #1
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
run:image('d.json', {}).sha256(run.left)
end }
