-- Every divergence as one line of CSV (RFC 4180), for a spreadsheet. A text that a spreadsheet would
-- take for a formula gets an apostrophe in front, unless it is a number: snapshots come from
-- elsewhere, and "=cmd|..." in one of them must not run on the desk of who opens the table.

local columns = { "file", "path", "kind", "class", "severity", "left_type", "left", "right_type", "right", "note" }
local raw

local function cell(text)
  if not raw and text:find "^[=+%-@\t\r\n]" and not tonumber(text) then
    text = "'" .. text
  end
  if text:find '[",\r\n]' then
    text = '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

local function value(d, name)
  if name == "left" or name == "right" then
    return diverge.utf8(d:text(name) or "")
  end
  return diverge.utf8(d[name] or "")
end

return {
  api = 1, extension = "csv", order = "walk",
  options = { ["csv-raw"] = { type = "flag", help = "write cells as they are, formulas included" } },

  begin = function(out)
    raw = diverge.option "csv-raw"
    out:write(table.concat(columns, ","), "\r\n")
  end,

  divergence = function(out, d)
    local cells = {}
    for i, name in ipairs(columns) do
      cells[i] = cell(value(d, name))
    end
    out:write(table.concat(cells, ","), "\r\n")
  end,
}
