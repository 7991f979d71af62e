return {
  profile = "phase-b",

  nothing = function(t)
    t:report({}, {}, "*Phase B snapshot diff*: 0 divergences\n")
  end,

  one = function(t)
    t:report({ a = 1 }, { a = 2 }, [[
*Phase B snapshot diff*: 1 divergence
• 1 γ-kernel-content divergences (priority 2) (error), such as `a` in `vfs.json`
]], { file = "vfs.json" })
  end,

  -- Nothing in a snapshot ends its quotes, its line, or calls anybody.
  hostile = function(t)
    local text = t:report({ ["`@all\n<!here>" .. ("é"):rep(60)] = 1 }, {}, nil, { file = "vfs.json" })
    local _, backticks = text:gsub("`", "")
    local _, lines = text:gsub("\n", "")
    t:equal(backticks, 4)
    t:equal(lines, 2)
    t:check(not text:find "@" and not text:find "<")
    t:check(utf8.len(text), "whole characters")
  end,

  whole_message = function(t)
    t:report(t:file "left.json", t:file "right.json", t:file "expected.chat", { file = "kernel.json" })
  end,
}
