-- as: report
-- status: 3
-- error: :[567]: the script ran longer than 300 ms
-- options: GATES
return { api = 1, extension = 'txt', limit = 1,
gate = function(out, row)
while true do end
end }
