"""Run the fenced blocks of docs/scripting.md, in their order, in one scratch folder that holds `canary`,
`ours` and `xex.json` of examples/phase-b:

    ```lua NAME.lua       a whole script, kept under that name; NAME_test.lua is run as a test at once
    ```lua in WHERE       a piece of one: what stands around it is in `frames` below; it is run at once
    ```console            commands behind `$ ` and what they print, on both streams; `[N]` is a status
    ```text               what the block before it printed

With --bless the output in `console` and `text` blocks is replaced by what came."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

root, program = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
bless = "--bless" in sys.argv
manual = root / "docs/scripting.md"
pair = ["--canary", "canary", "--ours", "ours", "--xex-json", "xex.json"]

# What a piece stands in, and how the whole is run. %s is the piece.
frames = {
    "a profile": ('return { api = 1, name = "house", documents = { "kernel.json" },\n%s\n}',
                  ["--profile", "./piece.lua", "--report", "./quiet.lua", "canary", "ours"]),
    "a profile that inherits": ('local p = require "diverge.profile.phase-b"\n%s\nreturn p',
                                ["--profile", "./piece.lua", "--report", "./quiet.lua", *pair]),
    "gates": ('local p = require "diverge.profile.phase-b"\np.gates = function(run)\n%s\nend\nreturn p',
              ["--profile", "./piece.lua", "--report", "./gates.lua", *pair]),
    "classify": ("return { api = 1, classify = function(d)\n%s\nend }",
                 ["--classifier", "./piece.lua", "--report", "./quiet.lua", *pair]),
    "a report": ("return { api = 1,\n%s\n}", ["--report", "./piece.lua", *pair]),
    "divergence": ("return { api = 1, limit = 1, order = \"walk\", divergence = function(out, d)\n%s\nend }",
                   ["--report", "./piece.lua", *pair]),
    "finish": ("return { api = 1, finish = function(out, run)\n%s\nend }", ["--report", "./piece.lua", *pair]),
    "a case": ('return { profile = "phase-b", piece = function(t)\n%s\nend }', ["--test-script", "./piece.lua"]),
}

scratch = Path(tempfile.mkdtemp(prefix="diverge-manual-"))
failed = []
count = 0


def run(arguments):
    """Status and standard output; what went wrong where there is no verdict."""
    done = subprocess.run([program, *arguments], cwd=scratch, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=environment, timeout=60)
    shown = done.stdout + done.stderr if done.returncode == 3 else done.stdout
    return done.returncode, shown.decode("utf-8", "replace")


def complain(line, text):
    failed.append(line)
    print(f"{manual}:{line}: {text}")


def run_piece(where, body, line):
    frame, arguments = frames[where]
    if where == "a case":
        (scratch / "piece_test.lua").write_text(frame % body)
        (scratch / "piece.lua").write_text("return { api = 1, classify = function(d) end }")
    else:
        (scratch / "piece.lua").write_text(frame % body)
    status, text = run(arguments)
    if status == 3 or where == "a case" and status != 0:
        complain(line, f"status {status}:\n{text}")
    return text


def run_console(body, line):
    """The block with what its commands print now."""
    out = []
    for command in re.findall(r"^\$ (.*(?:\\\n.*)*)", body, re.M):
        done = subprocess.run(["sh", "-c", command], cwd=scratch, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=environment, timeout=60)
        text = done.stdout.decode("utf-8", "replace")
        out.append(f"$ {command}\n{text}" + ("\n" if text and not text.endswith("\n") else ""))
        if done.returncode != 0:
            out.append(f"[{done.returncode}]\n")
    return "".join(out)


environment = dict(os.environ, PATH=f"{scratch}/bin:{os.environ['PATH']}", LC_ALL="C.UTF-8")
for name in ("DIVERGE_PATH", "XDG_CONFIG_HOME"):
    environment.pop(name, None)
try:
    (scratch / "bin").mkdir()
    (scratch / "bin/diverge").symlink_to(program)
    for name in ("canary", "ours"):
        shutil.copytree(root / "examples/phase-b" / name, scratch / name)
    shutil.copy(root / "examples/phase-b/xex.json", scratch)
    (scratch / "quiet.lua").write_text('return { api = 1, finish = function(out) out:write "quiet\\n" end }')
    (scratch / "gates.lua").write_text(
        'return { api = 1, gate = function(out, row) out:write(row.name, ": ", row.ok and "pass" or "FAIL", "\\n") end }')
    text = manual.read_text()
    blocks = list(re.finditer(r"^```(\S*) ?(.*)\n((?:.*\n)*?)```\n", text, re.M))
    pieces, at, printed = [], 0, None
    for block in blocks:
        line = text.count("\n", 0, block.start()) + 1
        language, about, body = block.groups()
        wanted = None
        if language == "lua" and about.endswith(".lua"):
            (scratch / about).write_text(body)
            if about.endswith("_test.lua"):
                status, printed = run(["--test-script", "./" + about.replace("_test.lua", ".lua")])
                if status != 0:
                    complain(line, printed)
        elif language == "lua" and about.startswith("in ") and about[3:] in frames:
            printed = run_piece(about[3:], body, line)
        elif language == "console":
            wanted = run_console(body, line)
        elif language == "text":
            wanted = printed if printed is not None else ""
            wanted += "" if wanted.endswith("\n") else "\n"
        else:
            complain(line, f"a block of no known kind: {language} {about}")
        count += 1
        if wanted is None:
            continue
        if wanted != body and not bless:
            complain(line, f"differs; what came:\n{wanted}")
        pieces.append(text[at:block.start(3)] + wanted)
        at = block.end(3)
    if bless:
        manual.write_text("".join(pieces) + text[at:])
finally:
    shutil.rmtree(scratch)
print(f"{count} examples, {len(failed)} failed")
sys.exit(1 if failed else 0)
