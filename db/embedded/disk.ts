import fs from 'node:fs'

/** Below this much free space nothing more is written: an engine whose disk is full cannot even be reopened. */
export const minimumFreeBytes = 200 * 1024 * 1024

/** Bytes an unprivileged process can still write on the file system of `dir`. */
export function freeBytes(dir: string): number {
  const { bavail, bsize } = fs.statfsSync(dir)
  return bavail * bsize
}
