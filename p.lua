return { api = 1, name = "ruled", documents = { "d.json" }, reports = { "./report/rules.lua" },
  kinds = { ["member-missing"] = "gone" },
  classes = { { name = "one" }, { name = "two", severity = "warning" }, { name = "asked" } },
  keyed = { ["d.json"] = { objects = "id" } },
  rules = {
    
  },
  classify = function(d) return "asked" end }
