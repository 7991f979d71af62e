-- as: classifier
-- status: 3
-- error: control characters
return { api = 1, classes = { { name = 'a\n\27[31m' } }, classify = function() end }
