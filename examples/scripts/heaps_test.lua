return {
  profile = "phase-b",

  a_name_is_the_hosts = function(t)
    local class, severity = t:class { file = "memory.json", path = "heaps[base=0x1000].name", left = "a", right = "b" }
    t:equal(class, "epsilon-host-allocator")
    t:equal(severity, "info") -- as the profile declares the class
  end,

  so_is_a_heap_of_one_side = function(t)
    t:equal(t:class { file = "memory.json", path = "heaps[base=0x1000]", left = {} }, "epsilon-host-allocator")
  end,

  nothing_else_is = function(t)
    t:equal(t:class { file = "memory.json", path = "heaps[base=0x1000].size", left = 1, right = 2 },
      "gamma-kernel-content")
    t:equal(t:class { file = "kernel.json", path = "heaps[base=0x1000].name", left = 1, right = 2 },
      "gamma-kernel-content")
  end,

  -- The path is the one that a comparison gives.
  in_a_comparison = function(t)
    local left = { heaps = { { base = "0x1000", name = "v1000", size = 1 } } }
    local right = { heaps = { { base = "0x1000", name = "low", size = 2 } } }
    local classes = {}
    for _, d in ipairs(t:run(left, right, { file = "memory.json" }).divergences) do
      classes[d.path] = d.class
    end
    t:equal(classes, {
      ["heaps[base=0x1000].name"] = "epsilon-host-allocator",
      ["heaps[base=0x1000].size"] = "gamma-kernel-content",
    })
  end,
}
