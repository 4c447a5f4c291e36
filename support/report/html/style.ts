import { Markup } from './markup.ts'

/**
 * Calm: one accent for the verdict, grey for the rest. Light and dark by the reader's own setting; prints with everything opened.
 * Every colour of text has a contrast of 4.5 to every ground that it stands on (WCAG 2, 1.4.3).
 */
export const STYLE = new Markup(`
:root { color-scheme: light dark;
  --paper: #fbfaf8; --card: #fff; --ink: #22262b; --quiet: #5c636b; --line: #e4e1db; --soft: #f3f1ec; --link: #1d56a5;
  --amber: #bd7e0a; --good: #17693e; --good-soft: #e7f3ec; --bad: #b3271e; --bad-soft: #fbeceb; --unsure: #7d5100; --unsure-soft: #fdf3dd; }
@media screen and (prefers-color-scheme: dark) { :root {
  --paper: #15181c; --card: #1b1f24; --ink: #dfe3e8; --quiet: #9aa3ae; --line: #2c3239; --soft: #20252b; --link: #8ab8f5;
  --amber: #e3b45b; --good: #5ac58c; --good-soft: #17291f; --bad: #ff8a80; --bad-soft: #331c1b; --unsure: #e3b45b; --unsure-soft: #2e2615; } }
* { box-sizing: border-box }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: break-word; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 1rem; }
h2 { font-size: 1.2rem; font-weight: 650; margin: 2.75rem 0 .35rem; text-wrap: balance; }
h3 { font-size: .95rem; font-weight: 600; color: var(--quiet); margin: 1.4rem 0 .4rem; }
small { font-weight: 400; font-size: .8rem; color: var(--quiet); }
a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: 1.25rem; top: -4rem; padding: .5rem .9rem; background: var(--card); border-radius: 8px; }
.skip:focus { top: .5rem; }
pre, td, dd, .reason { overflow-wrap: anywhere; }
pre, .message dd { font: .82rem/1.5 ui-monospace, "JetBrains Mono", "DejaVu Sans Mono", Menlo, monospace; white-space: pre-wrap; margin: 0; tab-size: 4; }
time { margin-left: auto; padding-left: 1rem; color: var(--quiet); font-size: .82rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.verdict { border-radius: 14px; padding: 1.6rem 1.8rem 1.5rem; background: var(--tint); }
.verdict.good { --tone: var(--good); --tint: var(--good-soft); }
.verdict.bad { --tone: var(--bad); --tint: var(--bad-soft); }
.verdict.unsure { --tone: var(--unsure); --tint: var(--unsure-soft); }
.verdict p { margin: 0; }
.word { margin: 0; font-size: 2.9rem; line-height: 1.1; font-weight: 750; letter-spacing: -.02em; color: var(--tone); }
.word span { font-size: 1.1rem; font-weight: 500; letter-spacing: 0; }
.summary { font-size: 1.15rem; margin-top: .45rem !important; }
.when { color: var(--quiet); font-size: .85rem; margin-top: .3rem !important; overflow-wrap: anywhere; }
.caution { margin-top: 1rem !important; padding-top: .9rem; border-top: 1px solid var(--line); font-size: .9rem; }
.bar { display: flex; gap: 2px; height: 8px; margin-top: 1.2rem; border-radius: 4px; overflow: hidden; print-color-adjust: exact; }
.bar i { flex: 1 1 0; min-width: 4px; background: var(--quiet); opacity: .45; }
.bar .held { background: var(--good); opacity: 1; } .bar .failed { background: var(--bad); opacity: 1; }
.bar .error, .bar .refused, .bar .unfinished { background: var(--amber); opacity: 1; }
nav ol, nav ul { list-style: none; margin: .5rem 0 0; padding: 0; }
nav li { padding: .5rem 0 .5rem 1.6rem; border-bottom: 1px solid var(--line); } nav .sign { margin-left: -1.6rem; }
nav a { font-weight: 550; text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav small { display: inline-block; }
.reason { display: block; color: var(--quiet); font-size: .9rem; }
.more { margin: .15rem 0 0; font-size: .9rem; } .more summary { cursor: pointer; color: var(--quiet); }
.more ul { margin: .2rem 0 0; } .more li { padding: .12rem 0 .12rem 1.6rem; border: 0; } .more a { font-weight: 400; }
.description { color: var(--quiet); margin: .1rem 0 .9rem; white-space: pre-line; font-size: .95rem; }
.sign { display: inline-block; flex: none; width: 1.2rem; font-weight: 700; text-align: center; color: var(--quiet); }
.sign.held { color: var(--good); } .sign.failed { color: var(--bad); }
.sign.error, .sign.refused, .sign.unfinished { color: var(--unsure); }
.scenario { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .45rem 0; }
.scenario:target { outline: 2px solid var(--link); }
.scenario > summary { display: flex; align-items: baseline; gap: .5rem; padding: .55rem .9rem; border-radius: 9px; cursor: pointer; list-style: none; }
.scenario > summary:hover { background: var(--soft); }
summary::-webkit-details-marker { display: none }
.scenario > summary .name { font-weight: 550; min-width: 0; }
summary .machine { font-weight: 550; }
summary .machine::before { content: '@ '; color: var(--quiet); font-weight: 400; }
.tag { color: var(--quiet); font-size: .75rem; background: var(--soft); border-radius: 5px; padding: .05rem .4rem; }
.tag.flaky { color: var(--unsure); font-weight: 600; }
.scenario > .description { margin: 0 .9rem .8rem 2.6rem; }
.steps { list-style: none; margin: 0; padding: .35rem .9rem .8rem; border-top: 1px solid var(--line); font-size: .94rem; }
.steps li { padding: .22rem 0; }
.step { display: flex; align-items: baseline; gap: .5rem; }
.step > span:nth-child(2) { min-width: 0; }
.step b { font-weight: 600; }
.seen { padding-left: .4rem; } .seen::before { content: "· "; }
.steps .skipped .step { color: var(--quiet); }
.argument { margin: .3rem 0 .3rem 1.7rem; }
pre.argument { padding: .5rem .7rem; background: var(--soft); border-radius: 6px; }
.message { margin: .5rem 0 .5rem 1.7rem; padding: .75rem 1rem; border-radius: 8px; border-left: 3px solid var(--unsure); background: var(--unsure-soft); overflow-wrap: anywhere; }
.message.failed { border-color: var(--bad); background: var(--bad-soft); }
.message p { margin: 0; font-weight: 600; }
.message a { color: var(--link); text-decoration-color: currentcolor; }
.message dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .55rem 0 0; }
.message dt { color: var(--quiet); font-size: .86rem; } .message dd { min-width: 0; }
.message pre { margin-top: .55rem; }
table { border-collapse: collapse; font-size: .86rem; }
td, th { text-align: left; vertical-align: top; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); }
.argument td { padding: .15rem .9rem .15rem 0; font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .8rem; }
.facts table { width: 100%; }
.facts th { width: 11rem; font-weight: 500; color: var(--quiet); }
.facts ul { margin: .3rem 0; padding-left: 1.1rem; font-size: .9rem; }
.files { margin: .6rem 0 0; padding: 0; list-style: none; font-size: .88rem; overflow-wrap: anywhere; }
.console { margin: .4rem 0; }
.steps .console { margin-left: 1.7rem; }
.console summary { cursor: pointer; list-style: none; font-size: .88rem; color: var(--quiet); overflow-wrap: anywhere; }
.console summary::before { content: "▸ "; } .console[open] > summary::before { content: "▾ "; }
.console p { margin: .3rem 0; font-size: .85rem; color: var(--quiet); }
.console pre { margin-top: .4rem; padding: .9rem 1rem; max-height: 34rem; overflow: auto; border-radius: 8px; background: #16191d; color: #d5dbe1; }
figure { margin: .6rem 0 .6rem 1.7rem; } img { max-width: 100%; border: 1px solid var(--line); border-radius: 6px; }
figcaption { font-size: .8rem; color: var(--quiet); }
footer { max-width: 60rem; margin: 2.5rem auto; padding: 0 1.25rem; color: var(--quiet); font-size: .8rem; }
@media (max-width: 40rem) { main { padding: 1.2rem .8rem } .verdict { padding: 1.2rem 1.1rem } .word { font-size: 2.2rem } .scenario > summary { flex-wrap: wrap } .scenario > summary .name { flex: 1 }
  .argument, .message, .steps .console, figure { margin-left: 0 } .message dl { display: block } .message dt { margin-top: .35rem } .facts th { width: auto } }
@page { margin: 15mm }
@media print { :root { --paper: #fff; color-scheme: light } body { font-size: 11pt } main, footer { max-width: none } .skip { display: none } li, .message p, tr { break-inside: avoid } h2, h3, summary { break-after: avoid }
  details::details-content { content-visibility: visible; height: auto } .console pre { max-height: none; color: #000; background: none; border: 1px solid var(--line) } }
`)
