-- as: classifier
-- status: 3
-- error: at most 100 bytes
return { api = 1, classes = { { name = ('x'):rep(1 << 20) } }, classify = function() end }
