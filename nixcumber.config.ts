/**
 * nixcumber's own features, those about nixcumber included. What a machine is is not gathered: under emulation that takes half as long as a
 * boot, and features/framework/isolation.feature asks for it.
 */
const settings = { steps: ['features/framework/steps'], facts: false }

export { settings as default }
