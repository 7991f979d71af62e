-- One page that needs nothing else: the verdict and what was counted, the gates, then the
-- divergences by class and file, to be filtered and searched. It can be read without its script;
-- whatever comes from the snapshots is text, and the page itself forbids any other script or style.

local words = require "diverge.util.wording"
local page = require "diverge.util.page"
local digest = require "diverge.util.digest"

local escape = diverge.escape
local html = escape.html
local count, plural = words.count, words.plural
local value_most, place_most = 4000, 2000

-- The run, and what is open on the page: a group of a file, a section.
local run
local closing = { group = "", section = "" }

local function close_group(out)
  out:write(closing.group)
  closing.group = ""
end

local function close_section(out)
  close_group(out)
  out:write(closing.section)
  closing.section = ""
end

local function short(text)
  return html(diverge.shorten(escape.terminal(text), place_most))
end

local function code(text)
  return "<code>" .. text .. "</code>"
end

local function size(total, type, from)
  return total and "<small>" .. html(words.size(total, type, from)) .. "</small>" or ""
end

-- ---------------------------------------------------------------- the head

local function write_verdict(out)
  local word, text = words.verdict(run)
  out:write('<div class="verdict ', run.verdict, '"><b>', word, "</b> "):html(text)
  for _, lines in ipairs({ words.aside(run), words.inferred(run) }) do
    out:write(#lines > 0 and "\n<ul>" or "")
    for _, line in ipairs(lines) do
      out:write("\n<li>"):html(line):write "</li>"
    end
    out:write(#lines > 0 and "\n</ul>" or "")
  end
  out:write "</div>\n"
end

local function cell(v)
  local text, total = diverge.brief(v, 200)
  return "<td>" .. code(html(text)) .. size(total, diverge.type(v)) .. "</td>"
end

local function write_gates(out)
  if #run.gates == 0 then
    return
  end
  out:write('<section class="card wide"><h2>Gates</h2>\n<table><tr><th>gate</th><th>'):html(run.sides.left.name)
  out:write("</th><th>"):html(run.sides.right.name):write "</th><th>result</th></tr>\n"
  for _, row in ipairs(run.gates) do
    out:write("<tr><td>", short(row.name), "</td>", cell(row.left), cell(row.right), '<td class="',
      row.ok and 'pass">pass' or row.stop and 'fail">FAIL, stops' or 'fail">FAIL', "</td></tr>\n")
  end
  out:write "</table></section>\n"
end

local function write_classes(out)
  if run.count == 0 then
    return
  end
  out:write('<section class="card"><h2>Classes</h2>\n<table><tr><th>class</th><th>severity</th>',
    '<th class="n">divergences</th></tr>\n')
  for i, class in ipairs(run.classes) do
    if class.count > 0 then
      out:write('<tr><td><a href="#class-', i, '">'):html(class.title):write('</a></td><td class="', class.severity,
        '">', class.severity, '</td><td class="n">', count(class.count), "</td></tr>\n")
    end
  end
  out:write "</table></section>\n"
end

local function write_files(out)
  if #run.files == 0 then
    return
  end
  out:write('<section class="card"><h2>Files</h2>\n<div class="scroll" tabindex="0"><table><tr><th>file</th>',
    '<th class="n">divergences</th><th>what became of it</th></tr>\n')
  for _, f in ipairs(run.files) do
    out:write("<tr><td>", code(short(f.name)), '</td><td class="n">', count(f.count), '</td><td class="soft">')
    out:html(words.status(f, run)):write "</td></tr>\n"
  end
  out:write "</table></div></section>\n"
end

local form = [[
<form id="filter" hidden role="search" aria-label="Divergences">
<input name="search" type="search" placeholder="Search paths, values, notes" aria-label="Search" autocomplete="off">
<select name="class" aria-label="Class"><option value="">every class</option></select>
<select name="file" aria-label="File"><option value="">every file</option></select>
<select name="severity" aria-label="Severity"><option value="">every severity</option></select>
<button type="button" name="fold">Fold</button><button type="reset">Clear</button>
<span class="soft"><kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> move <kbd>Esc</kbd> clear</span>
<output aria-live="polite"></output>
</form>
]]

local function begin(out, the_run)
  run = the_run
  local title = html(run.title)
  out:write('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src ', digest(page.style),
    "; script-src ", digest(page.script), "; base-uri 'none'; form-action 'none'\">\n",
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="referrer" content="no-referrer">\n<title>', run.verdict:upper(), ": ", title, "</title>\n<style>",
    page.style, "</style>\n</head>\n<body>\n<header>\n<h1>", title, '</h1>\n<dl class="sides">\n')
  for _, side in ipairs({ run.sides.left, run.sides.right }) do
    if side.path then
      out:write("<dt>"):html(side.name):write("</dt><dd>", code(short(side.path)), "</dd>\n")
    end
  end
  out:write "</dl>\n"
  write_verdict(out)
  out:write '<div class="cards">\n'
  write_gates(out)
  write_classes(out)
  write_files(out)
  out:write("</div>\n</header>\n<main>\n", run.count > 0 and form or "")
end

-- ---------------------------------------------------------------- divergences

local function section_number(class)
  for i, known in ipairs(run.classes) do
    if known.name == class.name then
      return i
    end
  end
end

local function section(out, class)
  close_section(out)
  local id = "class-" .. section_number(class)
  out:write('<section class="class" id="', id, '"><h2>'):html(class.title):write(' <span class="soft">',
    class.severity, ", ", count(class.count), "</span></h2>\n")
  closing.section = "</section>\n"
end

local function group(out, _, f, n)
  close_group(out)
  local name = short(f.name)
  out:write('<details open data-file="', name, '"><summary>', code(name), ' <span class="soft">', count(n),
    "</span></summary>\n")
  closing.group = "</details>\n"
end

local function write_value(out, d, side)
  local type = d[side .. "_type"]
  if type ~= "absent" and type ~= "file" then
    local text, total, from = d:brief(side, value_most)
    local reach = #text > 1000 and ' tabindex="0"' or "" -- what scrolls can be reached by key
    out:write("<dt>"):html(run.sides[side].name):write('</dt><dd class="', side, '"', reach, ">",
      code(html(text)), size(total, type, from), "</dd>")
  end
end

local function divergence(out, d)
  local severity = words.other_severity(d, run)
  out:write('<article tabindex="-1" data-severity="', d.severity or "", '"><div class="at">',
    code(short(words.place(d))), "<span>"):html(words.kind(d, run.sides))
  out:write(severity and '</span><span class="' .. severity .. '">' .. severity or "",
    '</span></div><dl class="values">')
  write_value(out, d, "left")
  write_value(out, d, "right")
  out:write "</dl>"
  if d.note then
    out:write('<p class="note">'):html(d.note):write "</p>"
  end
  if d.suppressed_by then
    out:write('<p class="note">in ', code(short(d.file)), ", suppressed by ", code(short(d.suppressed_by)), "</p>")
  end
  out:write "</article>\n"
end

local function omitted(out, _, n)
  close_group(out)
  out:write('<p class="more">… ', plural(n, "more divergence"),
    " of this class; the report <code>jsonl</code> lists every one.</p>\n")
end

local listing = false

local function suppressed(out, d)
  if not listing then
    close_section(out)
    out:write('<section class="class" id="suppressed"><h2>Suppressed <span class="soft">', count(run.suppressed),
      '</span></h2>\n<details open data-file=""><summary>By classifiers</summary>\n')
    closing.group, closing.section = "</details>\n", "</section>\n"
    listing = true
  end
  divergence(out, d)
end

local function finish(out)
  close_section(out)
  out:write("</main>\n<footer>diverge ", run.version, ", profile ")
  out:html(run.profile):write("</footer>\n<script>", page.script, "</script>\n</body>\n</html>\n")
end

return { api = 1, name = "html", title = "A page", extension = "html", order = "class", limit = 10000, begin = begin,
  section = section, group = group, divergence = divergence, omitted = omitted, suppressed = suppressed,
  finish = finish }
