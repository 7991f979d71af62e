"""Every name that a script can use, as the tables in src/ say, is in the types for editors and in the
manual, and neither of these names anything else.

The names come from the sources: fields that are read (`{"NAME", DVG_TAKES_...`), methods
(`{"NAME", function}` of luaL_Reg tables) and fields that are set (set_text and the like)."""

import re
import sys
from pathlib import Path

root = Path(sys.argv[1])
script = root / "src" / "script"
failed = False


def complain(text):
    global failed
    failed = True
    print(text)


def source(name):
    return (script / name).read_text()


def table(name, start, pattern):
    """Names in the table of a source file that begins with `start`."""
    text = source(name)
    begin = text.find(start)
    if begin < 0:
        complain(f"src/script/{name}: nothing begins with {start!r}: this test looks for it")
        return set()
    return set(re.findall(pattern, text[begin:text.index("};", begin)]))


methods = r'\{"([a-z][a-z0-9_]*)",\s*[a-z0-9_]+\}'
words = r'"([a-z0-9_]+)"'

# ---- what the program knows, by the class that meta.lua gives it

escapes = table("brief.c", "dvg_escape_names[DVG_ESCAPE_COUNT] = {", words)
opening = source("library.c")[source("library.c").index("void dvg_library_open"):]
known = {
    "diverge": table("library.c", "luaL_Reg functions[]", methods)
    | set(re.findall(r'lua_setfield\(lua, -2, "([a-z_0-9]+)"\)', opening)),
    "diverge.Escapes": escapes,
    "diverge.Out": table("sink.c", "luaL_Reg methods[]", methods) | escapes,
    "diverge.Divergence": table("divergence.c", "field_names[] = {", words)
    | table("divergence.c", "luaL_Reg methods[] = {{\"copy\"", methods),
    "diverge.Gates": table("gates.c", "luaL_Reg methods[]", methods) | {"left", "right"},
    "diverge.Side": table("gates.c", "luaL_Reg side_methods[]", methods) | {"path", "name"},
    "diverge.Image": table("image.c", "luaL_Reg methods[]", methods),
    "diverge.Bigint": table("bigint.c", "luaL_Reg methods[]", methods),
    "diverge.StyleFields": table("spell.c", "names[] = {\"indent\"", words),
    "diverge.Test": table("tester.c", "luaL_Reg methods[]", methods),
    "diverge.Question": table("tester.c", "fields[] = {", words),
}

# Fields of scripts' tables, whatever table they stand in.
read = set()
for path in sorted(script.glob("*.[ch]")):
    read |= set(re.findall(r'\{"([a-z_]+)",\s*DVG_TAKES_', path.read_text()))

# What reports are given.
told = set()
for name in ("report.c", "sections.c", "outlook.c", "rulings.c"):
    text = source(name) if (script / name).exists() else ""
    told |= set(re.findall(r'set_(?:text|number|flag)\(lua, "([a-z_]+)"', text))
    told |= set(re.findall(r'lua_setfield\(lua, -2, "([a-z_]+)"\)', text))
told |= table("report.c", "lists[] = {", words) | {"left", "right"}

kinds = set(re.findall(words.replace("a-z0-9_", "a-z-"), (root / "src/rules/kind.c").read_text()))

# ---- what the types for editors say

meta = (root / "lua/diverge/meta.lua").read_text()
types = {}
current = None
owners = {}
for line in meta.splitlines():
    if match := re.match(r"---@class (\S+)", line):
        current = types.setdefault(match[1], set())
        last = match[1]
    elif (match := re.match(r"---@field ([a-z0-9_]+)\??[ :]", line)) and current is not None:
        current.add(match[1])
    elif match := re.match(r"local (\w+) = \{\}", line):
        owners[match[1]] = last
    elif match := re.match(r"function (\w+)[.:](\w+)\(", line):
        types[owners.get(match[1], match[1])].add(match[2])
meta_kinds = set(re.findall(r'^---\| "([a-z-]+)"', meta, re.M))


def compare(where, wanted, found):
    for name in sorted(wanted - found):
        complain(f"{where} lacks {name}, which the program knows")
    for name in sorted(found - wanted):
        complain(f"{where} has {name}, which the program does not know")


def union(*names):
    return set().union(*(types.get(name, set()) for name in names))


for name, wanted in known.items():
    compare(f"meta.lua: {name}", wanted, types.get(name, set()))
tables = ["diverge.Script", "diverge.Sides", "diverge.Manifest", "diverge.Reading", "diverge.Output",
          "diverge.Class", "diverge.Option", "diverge.Rule", "diverge.Tolerance"]
compare("meta.lua: tables of scripts", read, union(*tables))
reports = ["diverge.Run", "diverge.RunSide", "diverge.File", "diverge.Row", "diverge.ClassCount", "diverge.Ledger",
           "diverge.LedgerSide", "diverge.Shape", "diverge.RuleCount", "diverge.Inferred"]
compare("meta.lua: what reports are given", told, union(*reports))
compare("meta.lua: kinds", kinds, meta_kinds)

# ---- what the manual says: each name in backticks, and the first cell of each row of its tables

manual = (root / "docs/scripting.md").read_text()
prose = re.sub(r"^```.*?^```", "", manual, flags=re.M | re.S)
quoted = set()
for span in re.findall(r"`([^`\n]+)`", prose):
    quoted |= set(re.findall(r"[a-z][a-z0-9_-]*", span))
everything = set().union(read, told, kinds, *known.values())
for name in sorted(everything - quoted):
    complain(f"docs/scripting.md does not tell of {name}")
result = union("diverge.Outcome", "diverge.Found")
result |= {path.stem for path in (root / "lua/diverge").rglob("*.lua")}
for cell in re.findall(r"^\| `([^`]+)`[^|]*\|", prose, re.M):
    name = re.sub(r"^(?:d|out|run|f|row|class|t|diverge|image|side|b|run\.left)[.:]", "", cell)
    name = re.match(r"[A-Za-z0-9_-]*", name)[0]
    if name and not name.startswith("-") and name not in everything | result | {"profile", "set", "true", "false", "nil"}:
        complain(f"docs/scripting.md: a table has {cell}, which the program does not know")

builtin = root / "lua/diverge"
for path in builtin.rglob("*.lua"):
    if "---@meta" in path.read_text() and path != builtin / "meta.lua":
        complain(f"{path}: types for editors stand in meta.lua alone")
sys.exit(failed)
