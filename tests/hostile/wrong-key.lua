-- as: profile
-- status: 3
-- error: :6: clasify: there is no field .clasify.; the nearest is .classify.
return {
 api = 1, name = 'x', documents = { 'd.json' },
 clasify = 1 }
