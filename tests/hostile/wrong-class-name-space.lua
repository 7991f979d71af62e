-- as: classifier
-- status: 3
-- error: no spaces
return { api = 1, classes = { { name = 'a b' } }, classify = function() end }
