import { Markup } from '../../report/html/markup.ts'

/** On top of the style of the run's report. */
export const COMPARISON_STYLE = new Markup(`
.runs { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; margin: .9rem 0 0; font-size: .88rem; color: var(--quiet); }
.runs dd { margin: 0; overflow-wrap: anywhere; }
.problem { border: 1px solid var(--line); border-left: 4px solid var(--unsure); border-radius: 10px; background: var(--card); padding: .9rem 1.1rem 1rem; margin: .8rem 0; break-inside: avoid; }
.problem.failed { border-left-color: var(--bad); }
.problem h3 { margin: 0; color: var(--ink); font-size: 1.02rem; }
.problem p { margin: .25rem 0; overflow-wrap: anywhere; } .problem ul { margin: .2rem 0; padding-left: 1.2rem; font-size: .88rem; }
.quiet { color: var(--quiet); font-size: .84rem; }
.step { font-size: .92rem; } .headline { font-weight: 600; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .7rem; margin: .6rem 0; }
.sides > div { background: var(--soft); border-radius: 8px; padding: .55rem .75rem; min-width: 0; font-size: .84rem; }
.lines { list-style: none; margin: .3rem 0; padding: 0; }
.lines li { white-space: pre-wrap; padding: .4rem 0; border-bottom: 1px solid var(--line); font-size: .9rem; overflow-wrap: anywhere; }
.changes { width: 100%; border-collapse: collapse; font-size: .86rem; }
.changes th { text-align: left; font-weight: 600; color: var(--quiet); } .changes th, .changes td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
details { margin-top: 1.2rem; } details summary { cursor: pointer; } details summary h2 { display: inline; font-size: 1.05rem; }
@media (max-width: 40rem) { .changes thead { display: none } .changes tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line) } .changes td { display: inline; border: 0; padding: 0 .5rem 0 0 } .changes td:nth-child(3)::before { content: "→ " } .changes td:nth-child(4) { color: var(--quiet) } }
@media print { details::details-content { content-visibility: visible; height: auto } }
`)
