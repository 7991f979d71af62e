-- The style and the script of the HTML report. The page is complete without the script, which only
-- filters, searches and moves; it reads the page and writes nothing of it but text.

local M = {}

M.style = [[
:root{color-scheme:light dark;--back:#f6f7f9;--card:#fff;--ink:#1c2330;--soft:#5d6778;--line:#dde2ea;
--left:#a3242f;--left-back:#fdf1f1;--right:#17683a;--right-back:#eff8f1;--accent:#2f5fb3;--error:#b3261e;
--warning:#8a5a00;--info:#4a6285;--same:#17683a;--different:#8a5a00}
@media (prefers-color-scheme:dark){:root{--back:#12161d;--card:#1a2029;--ink:#e2e7ef;--soft:#98a3b5;
--line:#2d3644;--left:#ff9c9c;--left-back:#2c1d20;--right:#8fdcab;--right-back:#182a20;--accent:#8db4ff;
--error:#ff8a80;--warning:#f0b849;--info:#a5bddf;--same:#8fdcab;--different:#f0b849}}
*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1.5rem}
h1{font-size:1.6rem;line-height:1.25;margin:2rem 0 .75rem;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:0 0 .6rem;overflow-wrap:anywhere}
code{font:13px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre-wrap;
overflow-wrap:anywhere}
.sides{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0 0 1.25rem}
.sides dt,.soft,small{color:var(--soft)}.sides dd{margin:0}
.verdict{border-left:5px solid var(--different);background:var(--card);padding:.8rem 1rem;
margin:0 0 1.25rem;border-radius:4px}
.verdict b{display:inline-block;margin-right:.5rem;color:var(--different);letter-spacing:.04em}
.verdict.same{border-color:var(--same)}.verdict.same b{color:var(--same)}
.verdict.stop{border-color:var(--error)}.verdict.stop b{color:#fff;background:#b3261e;padding:0 .5rem;border-radius:3px}
.verdict ul{margin:.5rem 0 0;padding-left:1.2rem;color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:1.25rem;align-items:start}
.card{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:1rem;min-width:0}
.card.wide{grid-column:1/-1}.scroll{max-height:22rem;overflow:auto}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:500;color:var(--soft);font-size:.85rem}
th,td{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}
td.n,th.n{text-align:right;padding-right:1rem;font-variant-numeric:tabular-nums}
a{color:var(--accent)}
.error{color:var(--error)}.warning{color:var(--warning)}.info{color:var(--info)}
.fail{color:var(--error);font-weight:600}.pass{color:var(--same)}.fail,.pass{white-space:nowrap}
#filter{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;margin:1.5rem 0 0;
padding:.7rem 0;background:var(--back);border-bottom:1px solid var(--line)}
#filter input,#filter select,#filter button{font:inherit;color:inherit;background:var(--card);
border:1px solid var(--line);border-radius:5px;padding:.3rem .6rem;min-width:0;max-width:16rem}
#filter input{flex:1 1 14rem;max-width:none}
#filter output{color:var(--soft);margin-left:auto;font-variant-numeric:tabular-nums}
kbd{font:12px ui-monospace,monospace;
border:1px solid var(--line);border-radius:3px;padding:0 .3rem;background:var(--card)}
.class{margin:1.75rem 0}.class>h2{font-size:1.2rem;scroll-margin-top:5rem}
.class>h2 .soft{font-weight:400;font-size:.95rem}
details{background:var(--card);border:1px solid var(--line);border-radius:6px;margin:.6rem 0;min-width:0}
summary{cursor:pointer;padding:.55rem 1rem;font-weight:600}summary .soft{font-weight:400}
article{padding:.6rem 1rem .7rem;border-top:1px solid var(--line);scroll-margin:5rem 0 2rem;
content-visibility:auto;contain-intrinsic-size:auto 6rem}
article:focus{outline:2px solid var(--accent);outline-offset:-2px}
.at{display:flex;flex-wrap:wrap;gap:0 .9rem;align-items:baseline}
.at code{font-weight:600}.at span{color:var(--soft);font-size:.9rem}
.at .error{color:var(--error)}.at .warning{color:var(--warning)}.at .info{color:var(--info)}
.values{display:grid;grid-template-columns:minmax(3.5rem,max-content) minmax(0,1fr);
gap:.15rem .9rem;
margin:.3rem 0 0}
.values dt{color:var(--soft);font-size:.9rem}.values dd{margin:0;padding:0 .5rem;border-radius:3px;
max-height:15rem;overflow:auto}
.left{background:var(--left-back);color:var(--left)}.right{background:var(--right-back);color:var(--right)}
.note{margin:.35rem 0 0;color:var(--soft);overflow-wrap:anywhere}
.more{color:var(--soft)}footer{color:var(--soft);padding-top:1rem;padding-bottom:3rem}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
@media print{#filter{display:none}article{content-visibility:visible}.values dd,.scroll{max-height:none}}
]]

M.script = [[
'use strict';
(() => {
  const form = document.getElementById('filter');
  if (!form) return;
  const [search, ofClass, ofFile, ofSeverity] = ['search', 'class', 'file', 'severity'].map(n => form.elements[n]);
  const output = form.querySelector('output');
  const sections = [...document.querySelectorAll('section.class')];
  const groups = [], rows = [];
  for (const section of sections)
    for (const details of section.querySelectorAll('details')) {
      const group = { details, section, file: details.dataset.file, shown: 0, open: true };
      groups.push(group);
      for (const element of details.querySelectorAll('article'))
        rows.push({ element, group, text: null, hidden: false });
    }
  const fill = (select, names) => {
    for (const [value, label] of names) {
      const option = document.createElement('option');
      option.value = value;
      option.textContent = label;
      select.append(option);
    }
  };
  fill(ofClass, sections.map(s => [s.id, s.querySelector('h2').firstChild.textContent.trim()]));
  fill(ofFile, [...new Set(groups.map(g => g.file))].filter(Boolean).map(f => [f, f]));
  const severities = ['error', 'warning', 'info'];
  fill(ofSeverity, severities.filter(s => rows.some(r => r.element.dataset.severity === s)).map(s => [s, s]));
  const number = new Intl.NumberFormat('en');
  const holds = (row, words) => {
    if (words.length === 0) return true;
    if (row.text === null) row.text = (row.group.file + ' ' + row.element.textContent).toLowerCase();
    return words.every(word => row.text.includes(word));
  };
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of groups) group.shown = 0;
    for (const row of rows) {
      const group = row.group;
      const keep = (!ofClass.value || group.section.id === ofClass.value) &&
        (!ofFile.value || group.file === ofFile.value) &&
        (!ofSeverity.value || row.element.dataset.severity === ofSeverity.value) && holds(row, words);
      if (keep === row.hidden) row.element.hidden = row.hidden = !keep;
      if (keep) { group.shown++; shown++; }
    }
    const alive = new Set();
    for (const group of groups) {
      group.details.hidden = group.shown === 0;
      if (group.shown > 0) alive.add(group.section);
    }
    for (const section of sections) section.hidden = !alive.has(section);
    output.textContent = number.format(shown) + ' of ' + number.format(rows.length) + ' shown';
  };
  let timer = 0;
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  const visible = row => !row.hidden && row.group.details.open;
  const move = step => {
    const at = rows.findIndex(row => row.element === document.activeElement);
    let next = at < 0 && step < 0 ? rows.length - 1 : at < 0 ? 0 : at + step;
    while (rows[next] && !visible(rows[next])) next += step;
    if (!rows[next]) return;
    rows[next].element.focus({ preventScroll: true });
    rows[next].element.scrollIntoView({ block: 'nearest' });
  };
  form.elements.fold.addEventListener('click', () => {
    const open = !groups.some(group => group.details.open);
    for (const group of groups) group.details.open = open;
  });
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === 'Escape') {
      if (typing) event.target.blur();
      form.reset();
    } else if (typing) {
      return;
    } else if (event.key === '/') {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'j' || event.key === 'k') {
      event.preventDefault();
      move(event.key === 'j' ? 1 : -1);
    }
  });
  form.hidden = false;
  apply();
})();
]]

return M
