-- as: profile
-- status: 3
-- error: no name of a field
return {
 api = 1, name = 'x', documents = { 'd.json' },
 [{}] = 1 }
