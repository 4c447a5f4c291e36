/** Two secrets that are not there, for tests: one that a service reads, and the password of a user. */
import type { MissingSecret } from '../../../flake/plan/host-secret.ts'

export const PAGE: MissingSecret = {
  option: ['sops', 'secrets', 'page'],
  path: '/run/secrets/page',
  keys: ['/var/lib/sops-nix/key.txt'],
  units: ['app.service'],
  users: [],
}

export const HASH: MissingSecret = {
  option: ['users', 'users', 'simon', 'hashedPasswordFile'],
  path: '/persist/simon',
  keys: ['/persist/simon'],
  units: [],
  users: ['simon'],
}
