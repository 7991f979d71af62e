-- One investigation: heaps are given other names and places by each host, which says nothing about
-- the guest. The profile phase-b means to class them so, and looks for a path that never comes.
return {
  api = 1,
  classify = function(d)
    if d.file == "memory.json" and (d.path:find "^heaps%[base=.*%]%.name$" or d.path:find "^heaps%[base=.*%]$") then
      return "epsilon-host-allocator"
    end
  end,
}
