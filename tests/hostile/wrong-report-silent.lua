-- as: report
-- status: 3
-- error: the report wrote nothing, and there
return { api = 1, extension = 'txt', limit = 1,
finish = function(out, run)

end }
