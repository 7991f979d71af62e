-- The profile of cjson.c: what its state is called, and which array is matched by key.
return {
  api = 1,
  name = "state",
  title = "Live state",
  sides = { left = "before", right = "after" },
  documents = { "state.json" },
  keyed = { ["state.json"] = { doors = "id" } },
  classes = { { name = "changed", title = "What changed" } },
  classify = function()
    return "changed"
  end,
}
