-- One line for each file that differs or is missing: what became of it, its name, how many
-- divergences count in it. A file that is equal is not named; a gate that failed is.

local function gate(out, row)
  if not row.ok then
    out:write(row.stop and "stop" or "gate", "  "):terminal(row.name):write("\n")
  end
end

local function file(out, f)
  if f.count > 0 or f.status:find("^missing") then
    local word = f.status:find("^missing") and f.status or "differs"
    out:write(word, "  "):terminal(f.name):write("  ", f.count, "\n")
  end
end

return { api = 1, name = "brief", title = "A line for each file that differs", extension = "txt",
  gate = gate, file = file }
