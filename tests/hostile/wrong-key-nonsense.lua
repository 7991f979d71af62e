-- as: profile
-- status: 3
-- error: :6: qwertzuiop: there is no field .qwertzuiop.$
return {
 api = 1, name = 'x', documents = { 'd.json' },
 qwertzuiop = 1 }
