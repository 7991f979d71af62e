-- as: classifier
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
return { api = 1, classify = function(d)
string.rep('', 1 << 62)
end }
