import { OUTCOME_SYMBOLS } from '../outcome-symbols.ts'
import type { Outcome } from '../results/outcome.ts'
import { html, type Markup } from './markup.ts'

/** How something ended, as a sign for the eye; where signs are not seen, the word is said instead. */
export const sign = ({ outcome }: { readonly outcome: Outcome }): Markup =>
  html`<span class="sign ${outcome}" role="img" aria-label="${OUTCOME_SYMBOLS[outcome].word}">${OUTCOME_SYMBOLS[outcome].sign}</span>`
