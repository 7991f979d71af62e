-- `d`: its fields, its methods, and that it cannot be used between calls.

local function note(t, fields)
  return (select(3, t:class(fields)))
end

return {
  profile = "phase-b",

  fields = function(t)
    t:equal(note(t, { file = "vfs.json", path = "fields", left = 1, right = 1.0 }),
      "file=vfs.json path=fields pointer=/fields kind=type-mismatch left_type=integer right_type=real key=nil "
        .. "index=nil depth=1 side=nil class=nil severity=nil note=nil suppressed_by=nil")
    t:equal(note(t, { file = "vfs.json", path = "a/b~c[5]", right = {} }),
      "file=vfs.json path=a/b~c[5] pointer=/a~1b~0c/5 kind=extra-in-ours left_type=absent right_type=array key=nil "
        .. "index=5 depth=2 side=right class=nil severity=nil note=nil suppressed_by=nil")
    t:equal(note(t, { file = "vfs.json", path = "a[k=None]", key = diverge.null, index = 2, left = "", right = "x" }),
      "file=vfs.json path=a[k=None] pointer=/a/2 kind=value left_type=string right_type=string key=null "
        .. "index=2 depth=2 side=nil class=nil severity=nil note=nil suppressed_by=nil")
  end,

  texts = function(t)
    t:equal(note(t, { file = "vfs.json", path = "texts", left = { 1.5 }, right = "a" }), "[1.5]|a|[1.5]|'a'")
    t:equal(t:run('{"texts": 1.10}', '{"texts": 1E5}').divergences[1].note, "1.10|1E5|1.1|100000.0")
    t:equal(note(t, { file = "vfs.json", path = "texts", left = diverge.null }), "null|nil|None|None")
    t:equal(note(t, { file = "vfs.json", path = "texts", left = true, right = t:json "12345678901234567890" }),
      "true|12345678901234567890|True|12345678901234567890")
  end,

  wrong = function(t)
    t:equal(note(t, { file = "vfs.json", path = "wrong", left = 1 }),
      "divergence.lua:22: a divergence has no field 'pth'; the nearest is 'path'; "
        .. "divergence.lua:23: bad argument #1 to 'text' (invalid option 'middle'); "
        .. "divergence.lua:24: a divergence cannot be changed")
  end,

  stale = function(t)
    t:report({ a = 1, b = 2, c = 3 }, { a = 2, b = 3, c = 4 }, [[
a a a
b a a
c a a
divergence.lua:44: a divergence was used between calls; d:copy() keeps one
a 1 divergence
]])
  end,

  -- What was kept of an earlier run points nowhere, which is said.
  earlier = function(t)
    t:class { file = "vfs.json", path = "keep", left = { 1 }, right = 2 }
    t:equal(note(t, { file = "vfs.json", path = "kept", left = 1 }),
      "divergence.lua:28: a divergence of an earlier run was kept; its documents are gone; "
        .. "divergence.lua:29: a value of an earlier run was kept; its document is gone")
  end,
}
