-- as: profile
-- status: 3
-- error: a\\\\|a.x1b|a\\\\u001b|a
error('a\27[31m\n\0b\r\8')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
