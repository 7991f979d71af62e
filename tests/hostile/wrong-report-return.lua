-- as: report
-- status: 1
-- error: 
return { api = 1, extension = 'txt', limit = 1,
finish = function(out, run)
out:write('x') return {}, 1
end }
