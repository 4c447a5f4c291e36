import { Markup } from './markup.ts'

/** Calm: one accent for the verdict, grey for the rest. Light and dark by the reader's own setting; prints with everything opened. */
export const STYLE = new Markup(`
:root { color-scheme: light dark;
  --paper: #fbfaf8; --card: #fff; --ink: #22262b; --quiet: #6a7078; --line: #e4e1db; --soft: #f3f1ec;
  --good: #1b7a48; --good-soft: #e7f3ec; --bad: #b3271e; --bad-soft: #fbeceb; --unsure: #8f5d00; --unsure-soft: #fdf3dd; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #15181c; --card: #1b1f24; --ink: #dfe3e8; --quiet: #8d96a1; --line: #2c3239; --soft: #20252b;
  --good: #5ac58c; --good-soft: #17291f; --bad: #ff8a80; --bad-soft: #331c1b; --unsure: #e3b45b; --unsure-soft: #2e2615; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 1rem; }
h2 { font-size: 1.2rem; font-weight: 650; margin: 2.75rem 0 .35rem; text-wrap: balance; }
h3 { font-size: .95rem; font-weight: 600; color: var(--quiet); margin: 1.4rem 0 .4rem; }
small { font-weight: 400; font-size: .8rem; color: var(--quiet); }
a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: .2em; }
pre, td, .reason { overflow-wrap: anywhere; }
pre { font: .82rem/1.5 ui-monospace, "JetBrains Mono", "DejaVu Sans Mono", Menlo, monospace; white-space: pre-wrap; margin: 0; tab-size: 4; }
time { margin-left: auto; padding-left: 1rem; color: var(--quiet); font-size: .82rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.verdict { border-radius: 14px; padding: 1.6rem 1.8rem 1.5rem; background: var(--tint); }
.verdict.good { --tone: var(--good); --tint: var(--good-soft); }
.verdict.bad { --tone: var(--bad); --tint: var(--bad-soft); }
.verdict.unsure { --tone: var(--unsure); --tint: var(--unsure-soft); }
.verdict p { margin: 0; }
.word { font-size: 2.9rem; line-height: 1.1; font-weight: 750; letter-spacing: -.02em; color: var(--tone); }
.word span { font-size: 1.1rem; font-weight: 500; letter-spacing: 0; }
.summary { font-size: 1.15rem; margin-top: .45rem !important; }
.when { color: var(--quiet); font-size: .85rem; margin-top: .3rem !important; }
.caution { margin-top: 1rem !important; padding-top: .9rem; border-top: 1px solid var(--line); font-size: .9rem; }
.bar { display: flex; gap: 2px; height: 8px; margin-top: 1.2rem; border-radius: 4px; overflow: hidden; }
.bar a { flex: 1; min-width: 1px; background: var(--line); }
.bar .held { background: var(--good); } .bar .failed { background: var(--bad); }
.bar .error, .bar .refused, .bar .unfinished { background: var(--unsure); }
nav ol { list-style: none; margin: .5rem 0 0; padding: 0; }
nav li { padding: .45rem 0; border-bottom: 1px solid var(--line); }
nav a { font-weight: 550; text-decoration: none; }
nav a:hover { text-decoration: underline; }
.reason { display: block; margin-left: 1.6rem; color: var(--quiet); font-size: .9rem; }
.description { color: var(--quiet); margin: .1rem 0 .9rem; white-space: pre-line; font-size: .95rem; }
.sign { display: inline-block; flex: none; width: 1.2rem; font-weight: 700; text-align: center; color: var(--quiet); }
.sign.held { color: var(--good); } .sign.failed { color: var(--bad); }
.sign.error, .sign.refused, .sign.unfinished { color: var(--unsure); }
.scenario { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .45rem 0; scroll-margin-top: 1rem; }
.scenario:target { outline: 2px solid var(--quiet); }
.scenario > summary { display: flex; align-items: baseline; gap: .5rem; padding: .55rem .9rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none }
.scenario > summary .name { font-weight: 550; }
summary .machine { font-weight: 550; }
summary .machine::before { content: '@ '; color: var(--quiet); font-weight: 400; }
.tag { color: var(--quiet); font-size: .75rem; background: var(--soft); border-radius: 5px; padding: .05rem .4rem; }
.scenario > .description { margin: 0 .9rem .8rem 2.6rem; }
.steps { list-style: none; margin: 0; padding: .35rem .9rem .8rem; border-top: 1px solid var(--line); font-size: .94rem; }
.steps li { padding: .22rem 0; }
.step { display: flex; align-items: baseline; gap: .5rem; }
.step b { font-weight: 600; }
.seen { padding-left: .4rem; } .seen::before { content: "· "; }
.steps .skipped .step { color: var(--quiet); }
.argument { margin: .3rem 0 .3rem 1.7rem; }
pre.argument { padding: .5rem .7rem; background: var(--soft); border-radius: 6px; }
.message { margin: .5rem 0 .5rem 1.7rem; padding: .8rem 1rem; border-radius: 8px; border-left: 3px solid var(--unsure); background: var(--unsure-soft); }
.message.failed { border-color: var(--bad); background: var(--bad-soft); }
table { border-collapse: collapse; font-size: .86rem; }
td, th { text-align: left; vertical-align: top; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); }
.argument td { padding: .15rem .9rem .15rem 0; font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .8rem; }
.facts table { width: 100%; }
.facts th { width: 11rem; font-weight: 500; color: var(--quiet); }
.facts ul { margin: .3rem 0; padding-left: 1.1rem; font-size: .9rem; }
.console { margin: .4rem 0; }
.steps .console { margin-left: 1.7rem; }
.console summary { cursor: pointer; list-style: none; font-size: .88rem; color: var(--quiet); }
.console summary::before { content: "▸ "; } .console[open] > summary::before { content: "▾ "; }
.console p { margin: .3rem 0; font-size: .85rem; color: var(--quiet); }
.console pre { margin-top: .4rem; padding: .9rem 1rem; max-height: 34rem; overflow: auto; border-radius: 8px; background: #16191d; color: #d5dbe1; }
figure { margin: .6rem 0 .6rem 1.7rem; } img { max-width: 100%; border: 1px solid var(--line); border-radius: 6px; }
figcaption { font-size: .8rem; color: var(--quiet); }
footer { max-width: 60rem; margin: 2.5rem auto; padding: 0 1.25rem; color: var(--quiet); font-size: .8rem; }
@media (max-width: 40rem) { main { padding-top: 1.2rem } .word { font-size: 2.2rem } .scenario > summary { flex-wrap: wrap } .argument, .message { margin-left: 0 } .facts th { width: auto } }
@media print { :root { --paper: #fff } body { font-size: 11pt } main, footer { max-width: none } .scenario { break-inside: avoid }
  .scenario::details-content { content-visibility: visible; height: auto } .console pre { max-height: none; color: #000; background: none; border: 1px solid var(--line) } }
`)
