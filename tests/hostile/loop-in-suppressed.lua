-- as: report
-- status: 3
-- error: :[567]: the script ran longer than 300 ms
-- options: SUPPRESS
return { api = 1, extension = 'txt', limit = 1,
suppressed = function(out, d)
while true do end
end }
