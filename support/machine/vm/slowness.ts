/** A plain system with hardware acceleration is ready in about this time. */
const USUAL_SECONDS_TO_READY = 10
const LEAST_UNDER_EMULATION = 3
const MAX_SLOWNESS = 6

/**
 * The factor for budgets that were thought of on fast hardware. With KVM it is 1. Under emulation the boot that has just
 * been watched tells how slow this machine is here and now, load of the runner included.
 */
export function slownessOf(seen: { readonly accelerated: boolean; readonly secondsToReady: number }): number {
  if (seen.accelerated) return 1
  const factor = Math.round(seen.secondsToReady / USUAL_SECONDS_TO_READY)
  return Math.min(MAX_SLOWNESS, Math.max(LEAST_UNDER_EMULATION, factor))
}
