-- as: report
-- status: 3
-- error: call it as out:name
return { api = 1, extension = 'txt', limit = 1,
finish = function(out, run)
out.write({}, 'x')
end }
