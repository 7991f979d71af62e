-- as: report
-- status: 3
-- error: out:write takes strings and numbers
return { api = 1, extension = 'txt', limit = 1,
finish = function(out, run)
out:write({})
end }
