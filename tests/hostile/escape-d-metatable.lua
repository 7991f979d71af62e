-- as: classifier
-- status: 3
-- error: a boolean value
return { api = 1, classify = function(d)
getmetatable(d).__index = nil
end }
