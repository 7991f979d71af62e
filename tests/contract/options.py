"""The program's table of options, written by the build as options.tsv, is what `--help` shows, what
docs/diverge.1 and README.md list, and what the program accepts. With "bless", the heads and first
sentences of the options in docs/diverge.1 are written anew; what stands below them is kept."""

import re
import subprocess
import sys
from pathlib import Path

root, program, table = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
bless = sys.argv[4:] == ["bless"]
page = root / "docs/diverge.1"
failed = False


def complain(text):
    global failed
    failed = True
    print(text)


def run(*arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)


rows = {}
for line in table.read_text().splitlines():
    name, argument, values, text = line.split("\t")
    rows[name] = (argument, values, text)
if len(rows) < 20:
    complain(f"{table} holds {len(rows)} options only")


def spelled(name):
    return f"--{name} {rows[name][0]}".rstrip()


# ---- --help

shown = [match[1].rstrip() for match in re.finditer(r"^  (--\S+(?: \S+)*?)(?:  +| (?=[a-z])|$)", run("--help").stdout, re.M)]
if shown != [spelled(name) for name in rows]:
    complain(f"--help lists other options than the table: {set(shown) ^ {spelled(name) for name in rows}}")
for name, (argument, values, text) in rows.items():
    if text not in run("--help").stdout:
        complain(f"--help does not say of --{name}: {text}")


# ---- words that an option takes: these and no others

for name, (argument, values, text) in rows.items():
    if not values or values.startswith("<"):
        continue
    for word in values.split("|"):
        if run(f"--{name}", word, "--version").returncode != 0:
            complain(f"the program refuses --{name} {word}, which its table offers")
    refused = run(f"--{name}", "absent", "--version")
    if refused.returncode == 0:
        complain(f"the program takes any word for --{name}")
    for word in values.split("|"):
        if word not in refused.stderr:
            complain(f"--{name} absent: the message does not name {word}")


# ---- the manual page


def roff(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")


def entry(name):
    argument, values, text = rows[name]
    head = f'.BI {roff("--" + name)} " {roff(argument)}"' if argument else f'.B {roff("--" + name)}'
    return [head, roff(text[0].upper() + text[1:]) + "."]


lines = page.read_text().splitlines()
begin = lines.index(".SH OPTIONS") + 1
end = next(i for i in range(begin, len(lines)) if lines[i].startswith(".SH"))
found = {}
made = lines[:begin]
i = begin
while i < end:
    match = re.match(r"\.BI? \\-\\-([a-z\\-]+)", lines[i])
    if lines[i - 1] != ".TP" or not match:
        made.append(lines[i])
        i += 1
        continue
    name = match[1].replace("\\-", "-")
    if name not in rows or name in found:
        complain(f"docs/diverge.1 lists --{name}, which is no option or was listed before")
        i += 1
        continue
    wanted = entry(name)
    found[name] = i
    if lines[i : i + 2] != wanted and not bless:
        complain(f"docs/diverge.1:{i + 1}: --{name} begins otherwise than the table says: {' '.join(wanted)}")
    made += wanted
    i += 2
for name in rows:
    if name not in found:
        complain(f"docs/diverge.1 does not list --{name}")
        if bless:
            made += [".TP", *entry(name)]
if bless:
    page.write_text("\n".join(made + lines[end:]) + "\n")
    print("blessed: docs/diverge.1")


def section(title):
    match = re.search(rf"^\.SH {title}\n(.*?)(?=^\.SH )", page.read_text(), re.M | re.S)
    return match[1].replace("\\-", "-").replace("\\(aq", "'") if match else ""


for name, (argument, values, text) in rows.items():
    own = section("OPTIONS").split(f"--{name}", 1)[-1].split("\n.TP")[0]
    for word in values.split("|") if values and not values.startswith("<") else []:
        if not re.search(rf"\b{word}\b", own):
            complain(f"docs/diverge.1: --{name} does not tell of {word}")

reports = {line.split()[1] for line in run("--list-scripts").stdout.splitlines() if line.startswith("report ")}
listed = set()
for line in re.findall(r"^\.TP\n\.BR? (.*)", section("REPORTS"), re.M):
    listed |= set(re.findall(r"[a-z][a-z-]*", line))
if reports != listed:
    complain(f"docs/diverge.1: other reports than --list-scripts shows: {reports ^ listed}")

sources = "".join(path.read_text() for path in (root / "src/cli").glob("*.c"))
read = set(re.findall(r'(?:getenv|environment|is_set)\("([A-Z_]+)"\)', sources))
told = set(re.findall(r"^\.TP\n\.B ([A-Z_]+)", section("ENVIRONMENT"), re.M))
if read != told:
    complain(f"docs/diverge.1: other variables than the program reads: {read ^ told}")

numbers = re.findall(r"^#define DVG_VERSION_[A-Z]+ (\d+)", (root / "include/diverge/diverge.h").read_text(), re.M)
if f'"diverge {".".join(numbers)}"' not in page.read_text():
    complain(f"docs/diverge.1 is not for version {'.'.join(numbers)}")

# ---- README.md

readme = (root / "README.md").read_text()
cells = re.search(r"^\| Option \| Meaning \|\n\|[-|]*\n((?:\|.*\n)*)", readme, re.M)[1]
named = set()
for first in re.findall(r"^\| (.*?) \|", cells, re.M):
    for option in re.findall(r"`(--[^`]*)`", first):
        if option.endswith("..."):
            named |= {name for name in rows if f"--{name}".startswith(option[:-3])}
            continue
        name = option[2:].split(" ")[0]
        if name not in rows or option != spelled(name):
            complain(f"README.md lists {option}; the program has {spelled(name) if name in rows else 'no such option'}")
        named.add(name)
for name in rows:
    if name not in named and f"`--{name}`" not in cells:
        complain(f"README.md does not list {spelled(name)}")

if not failed:
    print(f"{len(rows)} options: --help, the manual page and README.md list them alike")
sys.exit(failed)
