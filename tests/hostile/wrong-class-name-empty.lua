-- as: classifier
-- status: 3
-- error: empty text
return { api = 1, classes = { { name = '' } }, classify = function() end }
