-- as: classifier
-- status: 3
-- error: NUL byte
return { api = 1, classes = { { name = 'a', title = 'x\0' } }, classify = function() end }
