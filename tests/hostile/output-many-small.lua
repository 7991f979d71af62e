-- as: report
-- status: 3
-- error: the report has more than 1048576 bytes
-- options: MANY --script-time 5s
return { api = 1, extension = 'txt',
divergence = function(out, d)
out:write(('x'):rep(1 << 14))
end }
