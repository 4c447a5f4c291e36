import { join } from 'node:path'

/** In the cache: the link that keeps the newest QEMU that Nix has built for machines, a garbage collector root (Nix manual, "nix-store --gc"). */
export const qemuRoot = (cacheDir: string): string => join(cacheDir, 'gcroots/qemu')
