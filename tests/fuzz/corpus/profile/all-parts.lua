return { api = 1, name = "p", documents = { "a.json" }, classes = { { name = "one" }, { name = "two" } },
  classify = function(d)
    local path, left = d.path, d.left
    assert(diverge.repr(left) and diverge.json(d.right) and d:text("left") ~= path)
    return d.index and "two" or "one", "info", d:copy().pointer
  end,
  options = { ["o-p"] = { type = "number", help = "x" } },
  reading = { duplicates = "last", numbers = "double", depth = 7 },
  skip = { ["*"] = { "x" } }, keyed = { ["a.json"] = { k = "n" } },
  limit = 1, order = "class",
  begin = function(out, run) out:json(run, { indent = 1, sort = true }) end,
  section = function(out, class) out:write(class.name, class.count) end,
  divergence = function(out, d) out:repr(d.left):json(d.right, diverge.style { ascii = true }) end,
  omitted = function(out, class, n) out:write(n) end }
