-- as: report
-- status: 3
-- error: the report has more than 1048576 bytes
-- options: --script-time 5s
return { api = 1, extension = 'txt', limit = 1,
finish = function(out, run)
out:write(('x'):rep((1 << 20) + 1))
end }
