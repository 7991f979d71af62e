-- as: profile
-- status: 3
-- error: no global named 'package'
package.loadlib('libc.so.6', 'system')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
