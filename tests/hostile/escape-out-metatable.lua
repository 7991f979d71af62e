-- as: report
-- status: 3
-- error: a boolean value
return { api = 1, extension = 'txt', limit = 1,
finish = function(out, run)
getmetatable(out).__index.write = nil
end }
