-- as: report
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
return { api = 1, extension = 'txt', limit = 1,
divergence = function(out, d)
string.rep('', 1 << 62)
end }
