-- as: report
-- status: 3
-- error: the error value is a nil value
return { api = 1, extension = 'txt', limit = 1,
divergence = function(out, d)
error(nil)
end }
