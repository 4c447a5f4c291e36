/** nixcumber's own features, those about nixcumber included. */
const settings = { steps: ['features/framework/steps'] }

export { settings as default }
