-- as: classifier
-- status: 3
-- error: expected a string
return { api = 1, classes = { { name = {} } }, classify = function() end }
