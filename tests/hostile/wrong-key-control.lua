-- as: profile
-- status: 3
-- error: there is no field
return {
 api = 1, name = 'x', documents = { 'd.json' },
 ['a\n\27'] = 1 }
