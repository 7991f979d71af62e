-- as: report
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
return { api = 1, extension = 'txt', limit = 1,
finish = function(out, run)
out:write(('x'):rep(100000))
string.rep('', 1 << 62)
end }
