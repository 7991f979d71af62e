-- as: report
-- status: 3
-- error: :[567]: the script ran longer than 300 ms
return { api = 1, extension = 'txt', limit = 1,
section = function(out, class)
while true do end
end }
