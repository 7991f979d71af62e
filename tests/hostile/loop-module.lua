-- as: profile
-- status: 3
-- error: ^diverge: \.\./scripts/util/endless\.lua:1: the script ran longer than 300 ms, running \./loop-module\.lua
require 'util.endless'
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
