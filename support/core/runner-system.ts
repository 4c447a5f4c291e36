/** This computer's system in Nix's words. */
export const RUNNER_SYSTEM = process.arch === 'arm64' ? 'aarch64-linux' : 'x86_64-linux'
